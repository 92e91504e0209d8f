"""Whether a browser sent a request from one of our own pages (against forged requests from others)."""

from urllib.parse import urlsplit

from fastapi import Request

from app.errors import CrossSiteRequest

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
"""Methods that change nothing."""


def refuse_other_sites(request: Request, public_url: str, *, browser: bool) -> None:
    """Raises CrossSiteRequest if a page of another origin sent the request.

    Browsers say so by themselves in Sec-Fetch-Site and, the older ones, in Origin; a page cannot change either.
    `browser` is true where only a browser can be the sender, as it showed a cookie: then one of them must be there.
    """
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site is not None:
        if site == "same-origin":
            return
        raise CrossSiteRequest
    if origin is None:
        if browser:
            raise CrossSiteRequest
        return
    if origin.lower() != origin_of(public_url):
        raise CrossSiteRequest


def origin_of(url: str) -> str:
    """The origin of an address as browsers write it: without the port that the scheme implies."""
    parts = urlsplit(url.lower())
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    implied = {"https": 443, "http": 80}.get(parts.scheme)
    return f"{parts.scheme}://{host}" + (f":{parts.port}" if parts.port not in (None, implied) else "")
