"""The differences between two contents, field by field."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.entries.content import EntryContent


@dataclass(frozen=True)
class Difference:
    """One field that differs. `before` is None where it was added, `after` where it was taken away."""

    path: str
    """Such as `languages.ru.definition.text`; a term is named by its text: `languages.ru.terms[ракета].gender`."""
    before: Any
    after: Any


def difference(before: EntryContent | None, after: EntryContent) -> list[Difference]:
    """What changed from one content to the other, in the order of the fields."""
    old = before.model_dump(mode="json", exclude_none=True) if before else {}
    return list(_compare("", old, after.model_dump(mode="json", exclude_none=True)))


def languages_changed(before: EntryContent | None, after: EntryContent) -> set[str]:
    """The codes of the languages whose section differs."""
    old = dict(before.languages) if before else {}
    codes = {*old, *after.languages}
    return {str(code) for code in codes if old.get(code) != after.languages.get(code)}


def _compare(path: str, before: Any, after: Any) -> Iterator[Difference]:
    if before == after or (_is_empty(before) and _is_empty(after)):
        return
    if isinstance(before, dict) and isinstance(after, dict):
        # An object that only one side has is reported whole: that is how a reader would say it.
        for key in [*before, *(k for k in after if k not in before)]:
            yield from _compare(_joined(path, key), before.get(key), after.get(key))
    elif isinstance(before, list) and isinstance(after, list):
        yield from _compare_lists(path, before, after)
    else:
        yield Difference(path, before or None, after or None)


def _compare_lists(path: str, before: list[Any], after: list[Any]) -> Iterator[Difference]:
    """Items are the same if they have the same name, wherever they stand; else by what they say."""
    old, new = named_items(before), named_items(after)
    for name in [*old, *(n for n in new if n not in old)]:
        yield from _compare(f"{path}[{name}]", old.get(name), new.get(name))
    kept_before = [name for name in old if name in new]
    if kept_before != [name for name in new if name in old]:
        yield Difference(f"{path}.order", list(old), list(new))


def named_items(items: list[Any]) -> dict[str, Any]:
    """The items by what identifies them: the text of a term, the target of a relation, or their place."""
    named = {}
    for place, item in enumerate(items):
        name = (item.get("text") or item.get("target") or item.get("uri")) if isinstance(item, dict) else None
        name = name if name is not None and name not in named else str(place)
        while name in named:  # a text may look like a place
            name += "'"
        named[name] = item
    return named


def _joined(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _is_empty(value: Any) -> bool:
    return value is None or value == [] or value == {}
