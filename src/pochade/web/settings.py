"""What a server allows, and how it is reached."""

import ipaddress
import socket
from dataclasses import dataclass

from pochade.batch.batch import processors

MIB = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a server allows.

    host : the address it listens on. names : the host names that it is called by, besides addresses and localhost.
    public : whether strangers may call it; then each client's requests are limited in number.
    workers : processes that open pictures. queue : requests that may wait for one; more are turned away.
    max_bytes, max_pixels : of one picture. seconds : of work on one request. memory : bytes that a worker may use.
    patience : seconds for a request's body to arrive. fetch_seconds : for a picture at a URL. fetches : URLs at a time.
    hold_bytes, hold_seconds : how many bytes of pictures are kept in memory, and how long after their last use.
    arriving_bytes : of all bodies that are under way.
    rate, upload_rate : requests of one client, and those of them that bring a new picture, as "600/minute"; None
        without a limit.
    private_urls : whether URLs may lead to private addresses, and go through the environment's proxies.
    origins : other sites whose pages may call the API (CORS).
    """

    host: str = "127.0.0.1"
    names: tuple[str, ...] = ()
    public: bool = False
    workers: int = 0
    queue: int = 32
    max_bytes: int = 256 * MIB
    max_pixels: int = 200_000_000
    seconds: float = 30.0
    memory: int = 2048 * MIB
    patience: float = 60.0
    fetch_seconds: float = 20.0
    fetches: int = 8
    hold_bytes: int = 256 * MIB
    hold_seconds: float = 15 * 60
    arriving_bytes: int = 512 * MIB
    rate: str | None = None
    upload_rate: str | None = None
    private_urls: bool = False
    origins: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.workers:
            object.__setattr__(self, "workers", processors())

    def knows_host(self, header: str) -> bool:
        """Whether a Host header names this server.

        A page of another site that has its own name point here (DNS rebinding) sends that name. Addresses cannot be
        made to point elsewhere; and a public server has nothing that its callers may not see.
        """
        host = header.rpartition(":")[0] if header.rpartition(":")[2].isdigit() else header
        host = host.strip("[]").rstrip(".").lower()
        if host in {name.lower() for name in self.names} or (self.public and not self.names):
            return True
        if host == "localhost" or host.endswith(".localhost"):
            return True
        try:
            address = ipaddress.ip_address(host)
        except ValueError:
            return not self.loopback and host in _own_names()
        return address.is_loopback or not self.loopback

    @property
    def loopback(self) -> bool:
        """Whether only this computer reaches it."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"


PUBLIC = {
    "max_bytes": 32 * MIB,
    "max_pixels": 50_000_000,
    "seconds": 10.0,
    "memory": 1024 * MIB,
    "patience": 30.0,
    "rate": "600/minute",
    "upload_rate": "60/minute",
}
"""What is stricter for strangers, where nothing else is said: any camera's JPEG, and 10 times a person's pace."""


def _own_names() -> set[str]:
    name = socket.gethostname().lower()
    return {name, f"{name}.local"}
