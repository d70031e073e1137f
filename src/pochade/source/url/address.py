"""Check that an address and a port are of the public internet."""

import ipaddress

from pochade.errors import FetchError

# Globally allocated IPv6 unicast (RFC 4291, 2.5.4), and its parts that are not public: protocol assignments with
# Teredo, documentation, 6to4 (wraps any IPv4 address), documentation again (IANA, IPv6 Special-Purpose Address
# Registry). Nothing outside is public: link-local, unique local, multicast, the local NAT64 prefix.
_IPV6_PUBLIC = ipaddress.IPv6Network("2000::/3")
_IPV6_NOT_PUBLIC = tuple(map(ipaddress.IPv6Network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")))
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052
# Public in some lists, private in effect: protocol assignments (Oracle's metadata service and the nearest gateway
# answer there), the retired 6to4 relays, and Azure's platform service, which every machine there can reach.
_IPV4_NOT_PUBLIC = tuple(map(ipaddress.IPv4Network, ("192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32")))


class NotPublicError(FetchError):
    """The address or port is not allowed for strangers; no connection was made."""


def check_public(host: str, port: int, addresses: list[str]) -> None:
    """Raise NotPublicError unless every address is public. The message omits the addresses, because they would map a
    private network."""
    if port not in (80, 443) and port < 1024:
        raise NotPublicError(f"port {port} is not allowed here; allowed are 80, 443 and those above 1023.")
    if not all(is_public(ipaddress.ip_address(address)) for address in addresses):
        raise NotPublicError(f"{host} is not a public address; only public ones are allowed here.")


def is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether the address belongs to a host on the public internet.

    Stricter than `is_global`, which accepts multicast, site-local, and 6to4 and NAT64 around private addresses, and
    which differs between releases of Python.
    """
    if isinstance(address, ipaddress.IPv4Address):
        excluded = address.is_multicast or any(address in net for net in _IPV4_NOT_PUBLIC)
        return address.is_global and not excluded
    if address.ipv4_mapped is not None:
        return is_public(address.ipv4_mapped)
    if address in _NAT64:
        return is_public(ipaddress.IPv4Address(address.packed[-4:]))
    return address in _IPV6_PUBLIC and not any(address in net for net in _IPV6_NOT_PUBLIC)
