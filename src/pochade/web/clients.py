"""Clients, and what each of them holds at the moment of a thing that is limited: bytes, places, connections."""

import ipaddress
import math
from collections import Counter


def network(address: str | None) -> str:
    """The unit that is counted as one client: an IPv4 address, or an IPv6 /64 network, which one customer gets."""
    try:
        parsed = ipaddress.ip_address(address or "")
    except ValueError:
        return address or "unknown"
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    return str(parsed.ipv4_mapped or ipaddress.ip_network((int(parsed) >> 64 << 64, 64)))


class Full(Exception):
    """A limit is reached. own : by this client alone, so others may go on."""

    def __init__(self, own: bool) -> None:
        super().__init__(own)
        self.own = own


class Tally:
    """The amounts that clients hold, with a limit in all and a limit for one client.

    most, most_each : the limits. A client is a `network`; None has no limit of its own.
    """

    def __init__(self, most: int, most_each: int | None = None) -> None:
        self._most, self._most_each = most, most if most_each is None else most_each
        self._held: Counter[str] = Counter()
        self.held = 0

    def take(self, client: str | None, amount: int = 1) -> None:
        """Count an amount of a client; Full, and nothing is counted, if a limit is exceeded."""
        if self.refuses(client, amount):
            raise Full(self.held + amount <= self._most)
        self.held += amount
        if client is not None:
            self._held[client] += amount

    def give(self, client: str | None, amount: int = 1) -> None:
        """Count an amount as given back."""
        self.held -= amount
        if client is not None:
            self._held[client] -= amount
            if not self._held[client]:
                del self._held[client]

    def refuses(self, client: str | None, amount: int = 1) -> bool:
        """Whether `take` would raise Full."""
        own = 0 if client is None else self._held[client]
        return self.held + amount > self._most or (client is not None and own + amount > self._most_each)


def share_of(most: int, share: float) -> int:
    """The part of a limit that one client may use, at least 1."""
    return max(1, math.ceil(most * share))
