"""What a file does not hold of the entries that were asked for: the loss report. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

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
"""A content in its canonical form, as JSON."""


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
    """Entries that are not in the file, as it has no term of theirs to show."""
    lost: Counter[str] = field(default_factory=Counter)
    """Values that are not in the file, by field; a section or a term that is missing counts once."""
    lowered: Counter[str] = field(default_factory=Counter)
    """Values that are there in notes only, by field."""


def losses_of(entries: Iterable[Counted], format_: Format, options: Options) -> Losses:
    """What a file of these entries does not hold."""
    losses = Losses()
    for entry in entries:
        losses.entries += 1
        content = entry.content
        sections, terms = _left_of(content, entry.status, format_, options)
        if not _is_there(sections, format_, options):
            losses.left_out += 1
            continue
        for language in content["languages"].keys() - sections.keys():
            losses.lost[f"languages.{language}"] += 1
        if terms:
            losses.lost[TERMS] += terms
        if entry.reservations and RESERVATIONS in format_.losses:
            losses.lost[RESERVATIONS] += entry.reservations
        left = {**content, "languages": sections}
        for counter, paths in ((losses.lost, format_.losses), (losses.lowered, format_.lowered)):
            for path in paths:
                if path != TERMS and (count := _count(left, path.split("."))):
                    counter[path] += count
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
    kept = [term for term in terms if shown_acceptability(_acceptability(term), status) in _USABLE]
    if format_.terms is Terms.FIRST:
        kept.sort(key=lambda term: not _leads(term))
        return kept[:1]
    return kept


def _leads(term: Content) -> bool:
    return _acceptability(term) is Acceptability.PREFERRED and not TermType(term["type"]).is_abbreviated


def _acceptability(term: Content) -> Acceptability:
    return Acceptability(term["acceptability"])


def _is_there(sections: Mapping[str, Content], format_: Format, options: Options) -> bool:
    """Whether the file has the entry at all."""
    with_terms = [language for language, section in sections.items() if section["terms"]]
    if options.pair is not None or format_.pair is Pair.NEEDED:
        return len(with_terms) > 1
    return format_.terms is not Terms.FIRST or len(with_terms) > 1


def _count(value: Any, path: list[str]) -> int:
    """How many values there are at a path."""
    if not path:
        return 0 if value in (None, [], {}) else 1
    name, *rest = path
    if name == "*":
        parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        return sum(_count(part, rest) for part in parts)
    return _count(value[name], rest) if isinstance(value, dict) and name in value else 0
