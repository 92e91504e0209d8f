"""The way from one page of a list to the next."""

from fastapi import Request


def next_link(request: Request, cursor: str | None) -> dict[str, str]:
    """The Link header to the next page (RFC 8288), if there is one."""
    if cursor is None:
        return {}
    # Relative, so that it is right behind any proxy.
    address = request.url.include_query_params(cursor=cursor)
    return {"Link": f'<{address.path}?{address.query}>; rel="next"'}
