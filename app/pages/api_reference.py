"""The calls of the API, read out of its own OpenAPI document. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

METHODS = ("get", "post", "put", "delete")


@dataclass(frozen=True)
class Parameter:
    name: str
    place: str
    """`path`, `query` or `header`."""
    type: str
    is_needed: bool
    description: str


@dataclass(frozen=True)
class Call:
    """One call, as its document describes it."""

    name: str
    method: str
    path: str
    summary: str
    description: str
    parameters: tuple[Parameter, ...]
    takes: tuple[str, ...]
    """The media types of its body."""
    answers: tuple[tuple[str, str], ...]
    """Statuses and what they mean."""
    needs_token: bool


def operations_by_tag(document: Mapping[str, Any]) -> list[tuple[str, list[Call]]]:
    """The calls by subject, in the order of the document."""
    groups: dict[str, list[Call]] = {}
    for path, operations in document["paths"].items():
        for method in METHODS:
            if method in operations:
                operation = operations[method]
                groups.setdefault(operation["tags"][0], []).append(_call(path, method, operation))
    return list(groups.items())


def _call(path: str, method: str, operation: Mapping[str, Any]) -> Call:
    return Call(
        name=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        description=operation.get("description", ""),
        parameters=tuple(
            Parameter(
                name=one["name"],
                place=one["in"],
                type=_type(one.get("schema", {})),
                is_needed=one.get("required", False),
                description=one.get("description", ""),
            )
            for one in operation.get("parameters", ())
        ),
        takes=tuple(operation.get("requestBody", {}).get("content", ())),
        answers=tuple((status, answer["description"]) for status, answer in operation["responses"].items()),
        needs_token="security" in operation,
    )


def _type(schema: Mapping[str, Any]) -> str:
    """The type of a parameter in a few characters."""
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(_type(one) for one in schema["anyOf"] if one.get("type") != "null"))
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    if schema.get("type") == "array":
        return f"{_type(schema.get('items', {}))} …"
    if "$ref" in schema:
        return re.sub(r".*/", "", schema["$ref"])
    return str(schema.get("type", "any"))
