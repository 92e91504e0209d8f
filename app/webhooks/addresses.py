"""Which addresses a webhook may lead to: public ones, so that nobody reaches into the network of the service."""

import re
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import urlsplit

from app.errors import InvalidInput

LONGEST = 500

Resolve = Callable[[str, int], Sequence["Place"]]

_URL = re.compile(r"https?://[!-~]+", re.IGNORECASE)
_HOST = re.compile(r"[a-z0-9]([a-z0-9._-]*[a-z0-9])?\.?|[0-9a-f:.]+")


@dataclass(frozen=True)
class Place:
    """Where a connection is made to: what the socket module calls family and address."""

    family: int
    address: tuple[str, int] | tuple[str, int, int, int] | tuple[int, bytes]

    @property
    def is_public(self) -> bool:
        return is_public(str(self.address[0]))


@dataclass(frozen=True)
class Target:
    """The parts of a webhook's address."""

    is_secure: bool
    host: str
    port: int
    path: str
    """With the query."""


def checked_target(url: str, *, allow_internal: bool) -> Target:
    """The parts of an address that may be registered. Raises InvalidInput."""
    target = parsed(url)
    if target is None:
        raise InvalidInput(field="url", reason="webhook_bad_address")
    if allow_internal:
        return target
    if not target.is_secure:
        raise InvalidInput(field="url", reason="webhook_not_https")
    if _is_internal_name(target.host):
        raise InvalidInput(field="url", reason="webhook_internal")
    return target


def parsed(url: str) -> Target | None:
    """The parts of an http or https address without user, password and fragment; None for anything else."""
    if len(url) > LONGEST or not _URL.fullmatch(url):
        return None
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return None
    if parts.username is not None or parts.password is not None or "#" in url or not _HOST.fullmatch(host):
        return None
    secure = parts.scheme == "https"
    path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    return None if port == 0 else Target(secure, host, port or (443 if secure else 80), path)


def resolved(host: str, port: int) -> Sequence[Place]:
    """Where a name leads to now. Raises OSError, UnicodeError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return [Place(int(family), address) for family, _, _, _, address in found]


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the open internet, whatever other address it carries inside."""
    try:
        return _is_public(ip_address(address.partition("%")[0]))
    except ValueError:
        return False


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    if not address.is_global or address.is_multicast or address.is_reserved or address.is_unspecified:
        return False
    if isinstance(address, IPv4Address):
        return True
    # An IPv4 address in the clothes of an IPv6 one: mapped, 6to4, Teredo. Those of NAT64 and the compatible
    # ones are reserved, so they are out already.
    inside = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    return not address.is_site_local and all(one is None or _is_public(one) for one in inside)


def _is_internal_name(host: str) -> bool:
    """Whether a name cannot be public, before anybody is asked about it."""
    try:
        return not _is_public(ip_address(host))
    except ValueError:
        name = host.rstrip(".")
        # What has no dot is a name of the local network. Numbers in other notations are left to the resolver,
        # whose answer is checked before each connection.
        return "." not in name or name.endswith((".localhost", ".local", ".internal"))
