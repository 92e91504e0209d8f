"""Static files, which browsers keep for good: their addresses change with what is in them."""

from fastapi import Response
from fastapi.staticfiles import StaticFiles
from starlette.types import Scope

FOR_GOOD = "max-age=31536000, immutable"
A_DAY = "max-age=86400"


class KeptFiles(StaticFiles):
    """Files of a folder, each with how long it may be kept."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file; for good if its address says which state of it is meant."""
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = FOR_GOOD if scope["query_string"].startswith(b"v=") else A_DAY
        return response
