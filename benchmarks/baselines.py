"""What the service is held against: servers that answer with bytes made in advance, of a given number.

`python -m benchmarks.baselines bare|plain PORT SIZE…` answers `/SIZE` with a body of that many bytes.
"""

import sys
from collections.abc import Callable
from typing import Any

import uvicorn
from fastapi import FastAPI, Response
from starlette.types import ASGIApp, Receive, Scope, Send


def body(size: int) -> bytes:
    """JSON of exactly `size` bytes."""
    return b'"' + b"x" * (size - 2) + b'"'


def bare(sizes: list[int]) -> ASGIApp:
    """The least that an ASGI application can do."""
    answers = {
        f"/{size}": (
            {
                "type": "http.response.start",
                "status": 200,
                "headers": [(b"content-type", b"application/json"), (b"content-length", str(size).encode())],
            },
            {"type": "http.response.body", "body": body(size)},
        )
        for size in sizes
    }

    async def app(scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG001
        start, content = answers[scope["path"]]
        await send(start)
        await send(content)

    return app


def plain(sizes: list[int]) -> FastAPI:
    """FastAPI with plain `def` endpoints, as in the service, that do nothing."""
    app = FastAPI()

    def endpoint(content: bytes) -> Callable[[], Any]:
        def answer() -> Response:
            return Response(content, media_type="application/json")

        return answer

    for size in sizes:
        app.add_api_route(f"/{size}", endpoint(body(size)))
    return app


def main() -> None:
    """Serve one of the two."""
    kind, port, *sizes = sys.argv[1:]
    make: Callable[[list[int]], Any] = {"bare": bare, "plain": plain}[kind]
    uvicorn.run(
        make([int(size) for size in sizes]),
        port=int(port),
        loop="uvloop",
        http="httptools",
        access_log=False,
        log_level="warning",
    )


if __name__ == "__main__":
    main()
