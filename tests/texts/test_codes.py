"""Every code that the service can say has a sentence, whose placeholders are what the code passes."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from pydantic_core._pydantic_core import list_all_errors

import app
import app.main
from app.errors import DomainError
from app.languages.codes import LANGUAGES
from app.proposals.workflow import TRANSITIONS
from app.texts.catalogues import translated
from app.texts.faults import FAULTS
from app.texts.problems import PROBLEMS
from app.texts.statuses import STATUSES

APP = Path(app.__file__).parent
TREES = {
    path.relative_to(APP).as_posix(): ast.parse(path.read_text("utf-8"))
    for path in sorted(APP.rglob("*.py"))
    if "texts" not in path.relative_to(APP).parts
}


def domain_errors(root: type[DomainError] = DomainError) -> Iterator[type[DomainError]]:
    for error in root.__subclasses__():
        yield error
        yield from domain_errors(error)


ERRORS = {error.__name__: error for error in domain_errors()}
GUARDS = {guard.__name__ for row in TRANSITIONS for guard in row.guards}
PYDANTIC = {error["type"]: set(error.get("example_context") or {}) for error in list_all_errors()}


def placeholders(sentence: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", sentence))


def calls() -> Iterator[tuple[str, str, ast.Call]]:
    """Every call in the application: where, of what, and the call itself."""
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                yield f"{path}:{node.lineno}", name, node


def constant(node: ast.expr | None) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def faults_told() -> Iterator[tuple[str, str, set[str]]]:
    """Where a fault is told, its code, and the parameters that go with it."""
    for place, name, call in calls():
        keywords = {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg}
        if name in ERRORS and (code := constant(keywords.get("reason"))) and name != "BadGlossaryFile":
            yield place, code, keywords.keys() - {"field"}
        elif name in ("warn", "fail") and len(call.args) == 2 and (code := constant(call.args[1])):
            yield place, code, set(keywords)
        elif name == "Fault" and len(call.args) >= 2 and (code := constant(call.args[1])):
            given = call.args[2].keys if len(call.args) > 2 and isinstance(call.args[2], ast.Dict) else []
            yield place, code, {key for key in map(constant, given) if key}
        elif name == "_refuse" and len(call.args) == 1 and (code := constant(call.args[0])):
            yield place, code, {"line"}
        elif name == "PydanticCustomError" and (code := constant(call.args[0])):
            given = call.args[2].keys if len(call.args) > 2 and isinstance(call.args[2], ast.Dict) else []
            yield place, code, {key for key in map(constant, given) if key}


def test_the_search_for_faults_finds_them() -> None:
    codes = {code for _, code, _ in faults_told()}
    assert {"bad_cursor", "unknown_value", "csv_conflict", "duplicate_reference", "xml_dtd", "edge_space"} <= codes


def test_every_fault_told_has_a_sentence() -> None:
    assert {(place, code) for place, code, _ in faults_told() if code not in FAULTS} == set()
    assert GUARDS - FAULTS.keys() == set()


def test_a_sentence_needs_no_parameter_that_is_not_passed() -> None:
    unfilled = {
        (place, code): placeholders(FAULTS[code]) - params
        for place, code, params in faults_told()
        if code in FAULTS and placeholders(FAULTS[code]) - params
    }
    assert unfilled == {}
    for code in FAULTS.keys() & PYDANTIC.keys():
        assert placeholders(FAULTS[code]) <= PYDANTIC[code], code
    for guard in GUARDS:
        assert placeholders(FAULTS[guard]) <= {"event", "guards", "missing", "findings"}, guard


def test_every_problem_text_belongs_to_a_code_in_use() -> None:
    mentioned = {
        node.value
        for tree in TREES.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert PROBLEMS.keys() - mentioned == set()


def test_every_error_has_a_problem_text() -> None:
    assert {error.code for error in ERRORS.values()} - PROBLEMS.keys() == set()
    for name, error in ERRORS.items():
        assert 400 <= error.status < 600, name


def test_a_problem_needs_no_parameter_that_is_not_passed() -> None:
    unfilled = {}
    for place, name, call in calls():
        if name in ERRORS and ERRORS[name].code in PROBLEMS:
            passed = {keyword.arg for keyword in call.keywords} - {"field"}
            passed |= {"explanation"} if "reason" in passed else set()
            passed |= {"explanations"} if "guards" in passed else set()
            if missing := placeholders(PROBLEMS[ERRORS[name].code].detail) - passed:
                unfilled[place] = missing
    assert unfilled == {}


def test_no_sentence_is_empty() -> None:
    sentences = [*FAULTS.values(), *STATUSES.values()]
    sentences += [part for text in PROBLEMS.values() for part in (text.title, text.detail)]
    for language in LANGUAGES:
        assert [sentence for sentence in sentences if not translated(sentence, language).strip()] == []
