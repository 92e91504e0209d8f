"""Requests that pages of other sites send."""

import pytest
from starlette.requests import Request

from app.errors import CrossSiteRequest
from app.http.same_site import origin_of, refuse_other_sites


def request(**headers: str) -> Request:
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "method": "POST", "path": "/", "headers": raw})


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://compendium.example", "https://compendium.example"),
        ("https://compendium.example:443/terms", "https://compendium.example"),
        ("https://Compendium.Example:8443/terms", "https://compendium.example:8443"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://compendium.example:80", "http://compendium.example"),
        ("http://[::1]:8000/", "http://[::1]:8000"),
    ],
)
def test_an_origin_is_written_as_browsers_write_it(url: str, origin: str) -> None:
    assert origin_of(url) == origin
    refuse_other_sites(request(origin=origin), url, browser=True)
    with pytest.raises(CrossSiteRequest):
        refuse_other_sites(request(origin=f"{origin}0"), url, browser=True)


def test_a_request_without_a_cookie_may_come_from_a_program() -> None:
    url = "https://compendium.example"
    refuse_other_sites(request(), url, browser=False)
    with pytest.raises(CrossSiteRequest):
        refuse_other_sites(request(), url, browser=True)
    for headers in ({"origin": "https://evil.example"}, {"sec_fetch_site": "cross-site"}):
        with pytest.raises(CrossSiteRequest):
            refuse_other_sites(request(**headers), url, browser=False)
