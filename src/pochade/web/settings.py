"""Limits and addresses of a server."""

import ipaddress
import os
import re
import socket
from dataclasses import dataclass, field

from pochade.batch.batch import processors
from pochade.errors import OptionError
from pochade.histograms.summed import is_collection
from pochade.source.url.allowed import allowed_source

MIB = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Limits and addresses of a server.

    host : the address to listen on. names : host names of the server, besides addresses and localhost.
    public : whether strangers may call it; without `names` it then accepts any Host header.
    workers : processes that open pictures. queue : requests that may wait for a worker; more are refused.
    worker_tasks : tasks after which a worker is replaced, in case a decoder leaks memory; 0 for never.
    max_bytes, max_pixels, max_frames : limits of one picture.
    seconds, memory : limits of the work on one request; memory in bytes.
    patience : seconds for a body to arrive. least_rate : bytes a second that must arrive of it, over 5 s.
    fetch_seconds : seconds to fetch a URL. fetches : concurrent fetches.
    hold_bytes, hold_seconds : bytes of pictures in memory, and seconds until an unused one expires.
    body_bytes : limit of the bodies of all requests under way: arriving, waiting for a worker, or in work; 0 for
        512 MiB, or twice `max_bytes` if that is more.
    connections : limit of open connections.
    share : the part of `queue`, `fetches`, `body_bytes` and `connections` that one client may use.
    rate, upload_rate : limits for one client of all requests and of those with a new picture, as "600/minute"; None for
        no limit.
    private_urls : whether to fetch from private addresses and through the proxies of the environment.
    allow_sources : the only sources of URLs, such as "example.org"; empty for all.
    url_keys : keys for signed requests; with one, only signed requests may make the server fetch.
    origins : other sites whose pages may call the API (CORS).
    grace : seconds that requests under way get when the server stops.
    collections : folders of collections that can be searched.
    films : whether films are counted. film_bytes, film_pixels : limits of a film and of one of its frames.
    film_seconds : limit of the length of a film, and of the time that its job may take.
    film_jobs : films that are counted at once. film_places : jobs that wait, work or are done; a new one takes the
        place of the oldest that is done. film_hold : seconds from the last use of a job until it expires.
    """

    host: str = "127.0.0.1"
    names: tuple[str, ...] = ()
    public: bool = False
    workers: int = 0
    queue: int = 32
    worker_tasks: int = 10_000
    max_bytes: int = 256 * MIB
    max_pixels: int = 200_000_000
    max_frames: int = 10_000
    seconds: float = 30.0
    memory: int = 2048 * MIB
    patience: float = 60.0
    least_rate: int = 4096
    fetch_seconds: float = 20.0
    fetches: int = 8
    hold_bytes: int = 256 * MIB
    hold_seconds: float = 15 * 60
    body_bytes: int = 0
    connections: int = 512
    share: float = 0.5
    rate: str | None = None
    upload_rate: str | None = None
    private_urls: bool = False
    allow_sources: tuple[str, ...] = ()
    url_keys: tuple[str, ...] = field(default=(), repr=False)
    origins: tuple[str, ...] = ()
    grace: float = 10.0
    collections: tuple[str, ...] = ()
    films: bool = False
    film_bytes: int = 4096 * MIB
    film_pixels: int = 36_000_000
    film_seconds: float = 240 * 60
    film_jobs: int = 1
    film_places: int = 16
    film_hold: float = 60 * 60

    def __post_init__(self) -> None:
        if not self.workers:
            object.__setattr__(self, "workers", processors())
        for site in self.origins:
            _check_site(site)
        for source in self.allow_sources:
            allowed_source(source)
        if "" in self.names:
            raise OptionError("name='' is not allowed: give a host name, such as paint.example.org.")
        if "" in self.url_keys:
            raise OptionError("url_key='' is not allowed: give a key, such as the output of openssl rand -hex 32.")
        for name, folder in self.folders.items():
            if not is_collection(folder):
                said = f"collection={folder!r} is no collection: give the folder that pochade collect made."
                raise OptionError(said if name else f"collection={folder!r} has no name.")
        if not self.body_bytes:
            object.__setattr__(self, "body_bytes", max(512 * MIB, 2 * self.max_bytes))
        if self.body_bytes < self.max_bytes:
            said = (
                f"body_mib={self.body_bytes / MIB:g} is not allowed: give at least max_mib, {self.max_bytes / MIB:g}."
            )
            raise OptionError(said)

    @property
    def folders(self) -> dict[str, str]:
        """The folder of each collection by its name: that of the folder, without .pochade.

        Raises
        ------
        OptionError : two have the same name.
        """
        folders: dict[str, str] = {}
        for folder in map(os.path.abspath, self.collections):
            name = os.path.basename(folder).removesuffix(".pochade")
            if name in folders and folders[name] != folder:
                raise OptionError(f"collection={folder!r} is called {name!r} like another: rename one of the folders.")
            folders[name] = folder
        return folders

    def knows_host(self, header: str) -> bool:
        """Whether a Host header names this server.

        A page that uses DNS rebinding sends the name of its own site. An IP address cannot be rebound, and a public
        server has no secrets from its callers.
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
        """Whether only this computer can reach the server."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"


PUBLIC = {
    "max_bytes": 32 * MIB,
    "max_pixels": 50_000_000,
    "max_frames": 1_000,
    "seconds": 10.0,
    "memory": 1024 * MIB,
    "patience": 30.0,
    "share": 0.25,
    "rate": "600/minute",
    "upload_rate": "60/minute",
    "film_bytes": 512 * MIB,
    "film_pixels": 9_000_000,
    "film_seconds": 20 * 60,
    "film_hold": 15 * 60,
}
"""Stricter defaults for a public server: enough for a JPEG of any camera, and for 10 times the pace of a person."""


_SITE = re.compile(r"([a-z][a-z0-9+.-]*)://([a-z0-9._-]+|\[[0-9a-f:]+\])(?::([1-9][0-9]{0,4}))?")
_DEFAULT_PORTS = {("http", "80"), ("https", "443")}


def _check_site(site: str) -> None:
    """OptionError unless a browser could send this text as Origin; another text would match no request."""
    parts = _SITE.fullmatch(site)
    if parts is None or (parts[1], parts[3]) in _DEFAULT_PORTS:
        said = "give a site as browsers send it, https://example.org: small letters, no path, no default port."
        raise OptionError(f"cors={site!r} is not allowed: {said}")


def _own_names() -> set[str]:
    name = socket.gethostname().lower()
    return {name, f"{name}.local"}
