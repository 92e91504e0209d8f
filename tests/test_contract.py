"""The OpenAPI document, and the running service held against it."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import positive_data_acceptance

from app.db import Database
from app.errors import DomainError
from app.settings import Settings
from app.texts.problems import PROBLEMS
from tests.api import Tokens, contract
from tests.databases import Templates
from tests.makers import make_entry, make_proposed_entry, make_subject_field, make_withdrawn_entry
from tests.serving import served

OPERATIONS = {
    f"{method.upper()} {path}": operation
    for path, operations in contract()["paths"].items()
    for method, operation in operations.items()
}
each_operation = pytest.mark.parametrize("operation", list(OPERATIONS.values()), ids=list(OPERATIONS))

STATUSES = {error.code: error.status for error in DomainError.__subclasses__()} | {
    "validation_failed": 422,
    "bad_request": 400,
    "internal_error": 500,
}


# ---- what the document says


def test_the_document_is_valid_openapi() -> None:
    OpenAPIV31SpecValidator(contract()).validate()


def test_each_operation_has_a_name_of_its_own() -> None:
    names = [operation["operationId"] for operation in OPERATIONS.values()]
    assert len(names) == len(set(names))


@each_operation
def test_each_operation_is_summarised_described_and_filed(operation: dict[str, Any]) -> None:
    assert 3 < len(operation["summary"]) < 60
    assert operation["description"].endswith((".", "`"))
    assert operation["tags"]


@each_operation
def test_each_success_has_a_type(operation: dict[str, Any]) -> None:
    (success,) = (status for status in operation["responses"] if status < "400")
    if success in ("204", "303"):
        return
    content = operation["responses"][success]["content"]
    assert content
    assert all(form["schema"] for form in content.values())


@each_operation
def test_each_error_is_a_problem_with_codes_of_its_status(operation: dict[str, Any]) -> None:
    errors = {status: response for status, response in operation["responses"].items() if status >= "400"}
    assert {"500", "503"} <= errors.keys()
    for status, response in errors.items():
        form = response["content"]["application/problem+json"]
        assert form == {"schema": {"$ref": "#/components/schemas/Problem"}}
        codes = re.findall(r"`(\w+)`", response["description"])
        assert codes
        assert {STATUSES[code] for code in codes} == {int(status)}
        assert set(codes) <= PROBLEMS.keys()


@each_operation
def test_the_errors_fit_what_the_operation_takes(operation: dict[str, Any]) -> None:
    errors = operation["responses"].keys()
    parameters = operation.get("parameters", [])
    assert ("401" in errors) == ("security" in operation)
    assert ("412" in errors) == ("428" in errors) == ("If-Match" in [part["name"] for part in parameters])
    # A body may be sent where none is wanted, and is measured before it is read.
    assert ("413" in errors) != operation["operationId"].endswith("_get")
    assert ("400" in errors) == ("requestBody" in operation)
    taken = operation.get("requestBody", {}).get("content", {})
    assert ("415" in errors) == ("application/json" in taken)
    assert ("422" in errors) == bool(parameters or "requestBody" in operation)


@pytest.mark.parametrize("name", list(OPERATIONS))
def test_each_change_says_that_it_is_taken_from_our_own_pages_and_not_from_readers(name: str) -> None:
    changes = "security" in OPERATIONS[name] and not name.startswith("GET")
    description = OPERATIONS[name]["responses"].get("403", {}).get("description", "")
    assert changes == ("`read_only_token`" in description)
    assert not changes or "`cross_site_request`" in description


def test_the_document_describes_no_error_that_the_service_does_not_give() -> None:
    assert not {"HTTPValidationError", "ValidationError"} & contract()["components"]["schemas"].keys()


# ---- what the service does


@dataclass(frozen=True)
class Target:
    """A running service to hold against its document."""

    url: str
    token: str


@pytest.fixture(scope="module")
def target(templates: Templates) -> Iterator[Target]:
    name = f"tmd_{os.getpid()}_contract"
    url = templates.copy("postgresql", name)
    database = Database.connect(Settings(database_url=url))
    with database.write() as db:
        # The codes that generated requests begin with.
        make_subject_field(db, "a")
        for number in range(1, 4):
            make_entry(db, number=number, fr=f"leurre nº {number}")
        make_proposed_entry(db, en="jammer")
        make_withdrawn_entry(db, en="chaff")
    tokens = Tokens.made_in(database)
    database.dispose()
    with served(url) as service:
        yield Target(service.url, tokens["secretariat"])
    templates.drop("postgresql", name)


@schemathesis.serializer("application/jsonl", "application/x-tbx")
def as_it_is(_context: Any, value: Any) -> bytes:
    """Whatever was generated, as it is: a file is a string of bytes to the document."""
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")


# A request that does not fit the schema may be refused for its length before anybody has read it.
REFUSALS = {"negative_data_rejection": {"expected-statuses": ["4xx", "5xx"]}}
schema = schemathesis.openapi.from_dict(contract(), config=SchemathesisConfig.from_dict({"checks": REFUSALS}))
bounded = settings(max_examples=15, suppress_health_check=list(HealthCheck))
# Much that fits the schema is refused for a reason that no schema can tell, such as an unknown subject field.
BUT = [positive_data_acceptance]


@schema.parametrize()
@bounded
def test_the_service_keeps_its_word_to_whoever_has_no_token(case: Any, target: Target) -> None:
    case.call_and_validate(base_url=target.url, excluded_checks=BUT)


@schema.parametrize()
@bounded
def test_the_service_keeps_its_word_to_the_secretariat(case: Any, target: Target) -> None:
    headers = {"Authorization": f"Bearer {target.token}", "If-Match": "*"}
    case.call_and_validate(base_url=target.url, headers=headers, excluded_checks=BUT)
