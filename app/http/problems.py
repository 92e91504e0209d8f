"""Every error as `application/problem+json` (RFC 9457), in the reader's language, with a stable code."""

import logging
import traceback
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.routing import Match

from app.errors import DomainError, UnsupportedMediaType
from app.http.locale import language_of
from app.http.page_addresses import page_language, wants_page
from app.http.request_id import current_request_id
from app.languages.codes import LanguageCode
from app.texts.faults import fault_text
from app.texts.problems import problem_text

log = logging.getLogger("compendium")

MEDIA_TYPE = "application/problem+json"


class FieldFault(BaseModel):
    """What is wrong with one field."""

    field: str = Field(description="The path of the field, such as `content.languages.ru.terms.0.text`.")
    code: str
    detail: str = Field(description="A sentence in the reader's language.")


class Problem(BaseModel):
    """An error, as RFC 9457 says it."""

    model_config = ConfigDict(extra="allow")

    type: str = Field(description="A URI of the code, which does not change.")
    title: str
    status: int
    code: str = Field(description="Stable; for programs to decide on.")
    detail: str
    field: str | None = None
    errors: list[FieldFault] | None = None
    request_id: str | None = None


def problems(*errors: type[DomainError], validated: bool = True) -> dict[int | str, dict[str, Any]]:
    """The `responses=` of a route that can answer with these errors."""
    codes: dict[int, list[str]] = {}
    for error in errors:
        codes.setdefault(error.status, []).append(error.code)
    if validated:
        codes.setdefault(422, []).append("validation_failed")
    codes.setdefault(500, []).append("internal_error")
    codes.setdefault(503, []).extend(["database_busy", "not_ready"])
    return {status: documented(status, *dict.fromkeys(names)) for status, names in sorted(codes.items())}


def also_as_pages(responses: dict[int | str, dict[str, Any]]) -> dict[int | str, dict[str, Any]]:
    """The same, of an address that browsers ask for: to them, problems are pages."""
    page = {"text/html": {"schema": {"type": "string"}}}
    return {status: {**said, "content": said["content"] | page} for status, said in responses.items()}


def documented(status: int, *codes: str) -> dict[str, Any]:
    """A problem status as the OpenAPI document has it."""
    return {
        "description": f"{HTTPStatus(status).phrase}: " + ", ".join(f"`{code}`" for code in codes),
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }


def problem_response(
    request: Request,
    *,
    status: int,
    code: str,
    params: dict[str, Any] | None = None,
    field: str | None = None,
    errors: list[FieldFault] | None = None,
    headers: dict[str, str] | None = None,
) -> Response:
    """One problem, in the reader's language; to a browser that asked for a page, as a page."""
    as_page = getattr(request.app.state, "error_page", None) if wants_page(request) else None
    language = page_language(request, request.app.state.settings) if as_page is not None else language_of(request)
    text = problem_text(code, language, params or {})
    problem = Problem(
        type=f"urn:compendium:problem:{code}",
        title=text.title,
        status=status,
        code=code,
        detail=text.detail,
        field=field,
        errors=errors,
        request_id=current_request_id(),
        **_extensions(params or {}),
    )
    if as_page is not None:
        page: Response = as_page(request, problem, headers or {})
        return page
    return Response(
        problem.model_dump_json(exclude_none=True),
        status_code=status,
        media_type=MEDIA_TYPE,
        headers={
            "Content-Language": language,
            "Vary": "Accept-Language",
            "Cache-Control": "no-store",
            **(headers or {}),
        },
    )


def install(app: FastAPI) -> None:
    """Let the application answer every error as a problem."""
    app.add_exception_handler(DomainError, _on_domain_error)
    app.add_exception_handler(RequestValidationError, _on_validation_error)
    app.add_exception_handler(HTTPException, _on_http_exception)


def answer_to(request: Request, error: DomainError | RequestValidationError) -> Response:
    """The problem that an error of a route is answered with."""
    if isinstance(error, DomainError):
        return _on_domain_error(request, error)
    return _on_validation_error(request, error)


def field_fault(error: Any, language: LanguageCode, *, skip: int = 0) -> FieldFault:
    """One of Pydantic's errors in the reader's language."""
    return FieldFault(
        field=".".join(str(part) for part in error["loc"][skip:]),
        code=error["type"],
        detail=fault_text(error["type"], language, error.get("ctx") or {}),
    )


def _on_domain_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, DomainError)
    return domain_problem(request, error)


def domain_problem(request: Request, error: DomainError) -> Response:
    """The answer to an expected failure."""
    headers = {}
    if error.status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = "Bearer"
    if error.status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers["Retry-After"] = "1"
    if "retry_after" in error.params:
        headers["Retry-After"] = str(error.params["retry_after"])
    return problem_response(
        request, status=error.status, code=error.code, params=error.params, field=error.field, headers=headers
    )


def _on_validation_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    # What does not say that it is JSON is not read, and would only seem to lack every field.
    if isinstance(error.body, bytes):
        refused = UnsupportedMediaType(expected="application/json")
        return problem_response(request, status=refused.status, code=refused.code, params=refused.params)
    language = page_language(request, request.app.state.settings) if wants_page(request) else language_of(request)
    errors: Sequence[Any] = error.errors()
    # The first part of a location says body, query or path; only "body" is no part of a field's name.
    faults = [field_fault(e, language, skip=1) for e in errors[:50]]
    if errors and errors[0]["type"] == "json_invalid":
        return problem_response(request, status=422, code="malformed_json")
    return problem_response(
        request,
        status=422,
        code="validation_failed",
        field=faults[0].field if faults else None,
        errors=faults,
    )


def _on_http_exception(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    codes = {404: "no_such_path", 405: "method_not_allowed", 400: "bad_request"}
    code = codes.get(error.status_code, "bad_request")
    headers = dict(error.headers or {})
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        headers["Allow"] = ", ".join(_methods(request))
    return problem_response(request, status=error.status_code, code=code, headers=headers)


def _methods(request: Request) -> list[str]:
    """What the address takes; the routes of one address stand apart, and each knows its own method only."""
    routes = request.app.router.routes
    taken = [
        method
        for method in ("GET", "POST", "DELETE")
        if any(route.matches({**request.scope, "method": method})[0] is Match.FULL for route in routes)
    ]
    return [*taken, "HEAD"] if "GET" in taken else taken


def internal_error(request: Request, error: Exception) -> Response:
    """The answer to a failure that nobody expected, with a line in the log."""
    # The exception's text may quote what the client sent, so only its kind and place are logged.
    place = traceback.format_list(traceback.extract_tb(error.__traceback__)[-6:])
    log.error("request %s failed: %s\n%s", current_request_id(), type(error).__name__, "".join(place))
    return problem_response(request, status=500, code="internal_error")


def _extensions(params: dict[str, Any]) -> dict[str, Any]:
    """The parameters that a program can use, beside the sentence."""
    reserved = set(Problem.model_fields)
    return {key: value for key, value in params.items() if key not in reserved and value is not None}
