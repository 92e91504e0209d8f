"""What a file does not hold of the entries that were asked for: the loss report. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeAlias, cast

from app.entries.content import Acceptability, TermType
from app.exchange.drafts import shown_acceptability
from app.exchange.records import Format, Options, Pair, Terms
from app.languages.codes import LANGUAGES

TERMS = "languages.*.terms.*"
"""The path that stands for whole terms."""
RESERVATIONS = "reservations"
"""The path that stands for what parties and sides have said of a text, see `beside`."""

_USABLE = (Acceptability.PREFERRED, Acceptability.ADMITTED)

Content = dict[str, Any]
"""A content in its canonical form, as JSON, which has no empty fields."""
Tree: TypeAlias = "dict[str, Tree | str]"


@dataclass(frozen=True)
class Counted:
    """An entry of which is counted what a file does not hold."""

    status: str
    content: Content
    reservations: int = 0
    """What parties and sides have said of it."""


@dataclass
class Losses:
    """What was counted."""

    entries: int = 0
    """Those that were asked for."""
    left_out: int = 0
    """Entries that are not in the file, as it has no term of theirs to show, or has the same one already."""
    lost: Counter[str] = field(default_factory=Counter)
    """Values that are not in the file, by field; a section or a term that is missing counts once."""
    lowered: Counter[str] = field(default_factory=Counter)
    """Values that are there in notes only, by field."""


def losses_of(entries: Iterable[Counted], format_: Format, options: Options) -> Losses:
    """What a file of these entries does not hold."""
    losses = Losses()
    named: set[str] = set()
    for entry in entries:
        losses.entries += 1
        content = entry.content
        sections, terms = _left_of(content, entry.status, format_, options)
        if not _is_there(sections, entry.status, format_, options) or _is_repeated(
            sections, named, format_, options
        ):
            losses.left_out += 1
            continue
        for language in content["languages"].keys() - sections.keys():
            losses.lost[f"languages.{language}"] += 1
        if terms:
            losses.lost[TERMS] += terms
        if entry.reservations and RESERVATIONS in format_.losses:
            losses.lost[RESERVATIONS] += entry.reservations
        left = {**content, "languages": sections}
        _tally(left, _tree(format_.losses), losses.lost)
        _tally(left, _tree(format_.lowered), losses.lowered)
    return losses


def loses_nothing(format_: Format, options: Options) -> bool:
    """Whether a file of the format holds all that was asked for, whatever the entries are."""
    return not format_.losses and options.pair is None


def _left_of(content: Content, status: str, format_: Format, options: Options) -> tuple[dict[str, Content], int]:
    """The sections with the terms that the format has room for; how many terms it has none for."""
    languages = options.pair or LANGUAGES
    sections, missing = {}, 0
    for language, section in content["languages"].items():
        if language in languages:
            terms = section.get("terms", [])
            kept = _kept(terms, status, format_)
            missing += len(terms) - len(kept)
            sections[language] = {**section, "terms": kept}
    return sections, missing


def _kept(terms: list[Content], status: str, format_: Format) -> list[Content]:
    if format_.terms is Terms.ALL:
        return terms
    kept = [term for term in terms if _is_usable(term, status)]
    if format_.terms is Terms.FIRST:
        kept.sort(key=lambda term: not _leads(term))
        return kept[:1]
    return kept


def _leads(term: Content) -> bool:
    return _acceptability(term) is Acceptability.PREFERRED and not TermType(term["type"]).is_abbreviated


def _acceptability(term: Content) -> Acceptability:
    return Acceptability(term["acceptability"])


def _is_there(sections: Mapping[str, Content], status: str, format_: Format, options: Options) -> bool:
    """Whether the file has the entry at all."""
    pairs_terms = format_.pair is Pair.NEEDED or format_.terms is Terms.FIRST
    if options.pair is None and not pairs_terms:
        return True
    terms = [section["terms"] for section in sections.values()]
    if pairs_terms:
        terms = [[term for term in of_one if _is_usable(term, status)] for of_one in terms]
    return sum(map(bool, terms)) > 1


def _is_repeated(sections: Mapping[str, Content], named: set[str], format_: Format, options: Options) -> bool:
    """Whether the file has the term already, and has room for it once."""
    if not (format_.once and options.source):
        return False
    term = sections[options.source]["terms"][0]["text"]
    if term in named:
        return True
    named.add(term)
    return False


def _is_usable(term: Content, status: str) -> bool:
    return shown_acceptability(_acceptability(term), status) in _USABLE


@cache
def _tree(paths: tuple[str, ...]) -> Tree:
    """The paths by their first steps; at the end of each stands the whole of it."""
    tree: Tree = {}
    for path in paths:
        if path in (TERMS, RESERVATIONS):
            continue
        node = tree
        *steps, last = path.split(".")
        for step in steps:
            node = cast(Tree, node.setdefault(step, {}))
        node[last] = path
    return tree


def _tally(value: Any, tree: Tree, counter: Counter[str]) -> None:
    """Count the values at the paths of a tree, in one walk."""
    for step, below in tree.items():
        if step == "*":
            parts = value.values() if isinstance(value, dict) else value
        else:
            parts = (value[step],) if step in value else ()
        for part in parts:
            if isinstance(below, str):
                counter[below] += 1
            else:
                _tally(part, below, counter)
