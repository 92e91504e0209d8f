"""Words that stand in what is not public, each told from all others, and the routes that might show them."""

import itertools
import re
from collections.abc import Iterator
from typing import Any

from tests.api import contract

SECRET = {
    "draft": "zqdraftzq",
    "justification": "zqjustificationzq",
    "reason": "zqreasonzq",
    "comment": "zqcommentzq",
    "position": "zqpositionzq",
    "alternative": "zqalternativezq",
    "resolution": "zqresolutionzq",
    "account": "zqaccountzq",
    "place": "zqplacezq",
}
"""By what they were planted in."""

FORMATS = ("application/json", "application/tbx+xml", "text/csv", "text/html", "application/xml", "*/*")


def found_in(text: str) -> set[str]:
    """What was planted, of all that stands in a text."""
    return {name for name, word in SECRET.items() if word in text.lower()}


def addresses(values: dict[str, list[str]]) -> Iterator[str]:
    """Every GET route with its path parameters filled in, and with each value of a parameter that has a few."""
    for path, operations in contract()["paths"].items():
        if "get" not in operations:
            continue
        named = operations["get"].get("parameters", [])
        inside = re.findall(r"{(\w+)}", path)
        filled = [
            path.format(**dict(zip(inside, chosen, strict=True)))
            for chosen in itertools.product(*(values[f"{path} {name}"] for name in inside))
        ]
        for address in filled:
            needed = [f"{p['name']}={_example(p)}" for p in named if p["in"] == "query" and p.get("required")]
            yield _with(address, needed)
            for parameter in named:
                if parameter["in"] == "query" and not parameter.get("required"):
                    for value in _choices(parameter):
                        yield _with(address, [*needed, f"{parameter['name']}={value}"])


def _with(address: str, query: list[str]) -> str:
    return f"{address}?{'&'.join(query)}" if query else address


def _example(parameter: dict[str, Any]) -> str:
    return {"q": "zq", "from": "1", "to": "1"}.get(parameter["name"], "1")


def _choices(parameter: dict[str, Any]) -> list[str]:
    """The values of an enumeration; of anything else, none."""
    schemas = [parameter["schema"], *parameter["schema"].get("anyOf", [])]
    schemas += [schema["items"] for schema in schemas if "items" in schema]
    components = contract()["components"]["schemas"]
    schemas += [components[schema["$ref"].rsplit("/", 1)[1]] for schema in schemas if "$ref" in schema]
    return [str(value) for schema in schemas for value in schema.get("enum", [])]
