"""The OpenAPI document, with our problems in place of FastAPI's own validation errors."""

import re
from typing import Any

from fastapi import FastAPI

from app.errors import CrossSiteRequest, DomainError, ReadOnlyToken
from app.http.problems import Problem, documented

# What the layers around the routes answer, before any of them is asked.
_ABOUT_BODIES = {"400": documented(400, "bad_request")}
_ABOUT_LENGTHS = {"413": documented(413, "body_too_large")}
# What is answered to a caller who may not change anything this way, whatever it is.
_ABOUT_CALLERS: tuple[type[DomainError], ...] = (ReadOnlyToken, CrossSiteRequest)
_ABOUT_JSON = {"415": documented(415, "unsupported_media_type")}


def install(app: FastAPI) -> None:
    """Let the document name Problem, which the routes refer to."""
    made = app.openapi

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            schema = made()
            components = schema.setdefault("components", {}).setdefault("schemas", {})
            described = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
            components.update(described.pop("$defs", {}))
            components["Problem"] = described
            for unused in ("HTTPValidationError", "ValidationError"):
                components.pop(unused, None)
            for operations in schema["paths"].values():
                for method, operation in operations.items():
                    if method != "get":
                        # Also of a call that needs no body: one may be sent, and its length is looked at first.
                        operation["responses"] |= _ABOUT_LENGTHS
                    if "requestBody" in operation:
                        operation["responses"] |= _ABOUT_BODIES
                    if "application/json" in operation.get("requestBody", {}).get("content", {}):
                        operation["responses"] |= _ABOUT_JSON
                    if "security" in operation and method != "get":
                        _add_codes(operation["responses"], _ABOUT_CALLERS)
        return app.openapi_schema or schema

    app.openapi = document  # type: ignore[method-assign]


def _add_codes(responses: dict[str, Any], errors: tuple[type[DomainError], ...]) -> None:
    """Let an operation name these errors too."""
    for error in errors:
        status = str(error.status)
        known = re.findall(r"`(\w+)`", responses.get(status, {}).get("description", ""))
        responses[status] = documented(error.status, *dict.fromkeys([*known, error.code]))
