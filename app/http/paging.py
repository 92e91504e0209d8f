"""The way from one page of a list to the next."""

from urllib.parse import quote, urlencode

from fastapi import Request


def next_link(request: Request, cursor: str | None) -> dict[str, str]:
    """The Link header to the next page (RFC 8288), if there is one."""
    if cursor is None:
        return {}
    # Relative, so that it is right behind any proxy.
    asked = [(name, value) for name, value in request.query_params.multi_items() if name != "cursor"]
    query = urlencode([*asked, ("cursor", cursor)])
    return {"Link": f'<{quote(request.scope["path"])}?{query}>; rel="next"'}
