"""The OpenAPI document, with our problems in place of FastAPI's own validation errors."""

from typing import Any

from fastapi import FastAPI

from app.http.problems import Problem, documented

# What the layers around the routes answer, before any of them is asked.
_ABOUT_BODIES = {"400": documented(400, "bad_request"), "413": documented(413, "body_too_large")}
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
                for operation in operations.values():
                    if "requestBody" in operation:
                        operation["responses"] |= _ABOUT_BODIES
                        if "application/json" in operation["requestBody"]["content"]:
                            operation["responses"] |= _ABOUT_JSON
        return app.openapi_schema or schema

    app.openapi = document  # type: ignore[method-assign]
