"""What holds for every format: nothing is lost on the way out and back."""

import copy
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from app.entries.content import EntryContent
from app.exchange.formats import FORMATS
from tests.contents import FULL, contents, full_content
from tests.exchange.makers import LOSSLESS, there_and_back

STATUSES = ("agreed", "proposed", "diverged", "superseded", "withdrawn")


def differences(before: Any, after: Any, path: str = "") -> set[str]:
    """The paths at which two values differ, with `*` for keys of languages and places in lists."""
    if isinstance(before, dict) and isinstance(after, dict):
        named = {key: "*" if path.endswith(("languages", "equivalence")) else key for key in before | after}
        parts = [(named[key], before.get(key), after.get(key)) for key in named]
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        parts = [("*", one, other) for one, other in zip(before, after, strict=True)]
    else:
        return set() if before == after else {path}
    return set().union(*(differences(one, other, f"{path}.{name}".strip(".")) for name, one, other in parts))


def test_the_full_content_fills_every_field() -> None:
    def unset(value: Any) -> bool:
        return value is None or value == () or value == {}

    def filled(model: Any, found: set[str]) -> set[str]:
        for name in type(model).model_fields:
            value = getattr(model, name)
            if not unset(value):
                found.add(f"{type(model).__name__}.{name}")
            for part in (
                value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else [value]
            ):
                if hasattr(type(part), "model_fields"):
                    filled(part, found)
        return found

    content = full_content()
    section = content.languages["en"]
    term = section.terms[1]
    models = [content, section, section.definition, term, term.contexts[0], content.relations[0]]
    models += [section.definition.sources[0], content.references[0], content.equivalence["en-fr"]]
    models += [content.languages["ru"].terms[0].transliterations[0]]
    names = {f"{type(model).__name__}.{name}" for model in models for name in type(model).model_fields}
    assert filled(content, set()) == names


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("name", LOSSLESS)
def test_the_full_content_comes_back_but_for_the_stated_losses(name: str, status: str) -> None:
    (back,) = there_and_back(name, [full_content()], status)
    lost = differences(full_content().model_dump(mode="json"), back.model_dump(mode="json"))
    assert lost == set(FORMATS[name].losses) == set()


def test_differences_names_paths() -> None:
    other = copy.deepcopy(FULL)
    other["languages"]["ru"]["terms"][0]["gender"] = "neuter"
    other["equivalence"]["en-ru"]["degree"] = "exact"
    assert differences(FULL, other) == {"languages.*.terms.*.gender", "equivalence.*.degree"}


@pytest.mark.parametrize("name", LOSSLESS)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(content=contents())
def test_any_content_comes_back(name: str, content: EntryContent) -> None:
    assert there_and_back(name, [content, full_content()]) == [content, full_content()]


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(content=contents())
@pytest.mark.parametrize("name", LOSSLESS)
def test_any_proposed_content_comes_back(name: str, content: EntryContent) -> None:
    assert there_and_back(name, [content], "proposed") == [content]
