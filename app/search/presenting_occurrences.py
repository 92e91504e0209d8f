"""Occurrences of terms as JSON."""

import json
from collections.abc import Sequence

from app.entries.content import Acceptability, Degree, TermType
from app.languages.codes import LanguageCode
from app.search.occurrences import Located
from app.search.presenting import entry_json, json_of, terms_json, warnings_json
from app.search.questions import Card, MatchKind

# What a degree is when it is read from the other language of the pair.
_TURNED = {Degree.BROADER.value: Degree.NARROWER.value, Degree.NARROWER.value: Degree.BROADER.value}
_USE_ORDER = [use.value for use in Acceptability]


def occurrences_json(
    found: Sequence[Located], targets: Sequence[LanguageCode], public_url: str, *, complete: bool
) -> bytes:
    """Occurrences with the equivalents of the terms."""
    parts: dict[int, str] = {}
    hits = []
    for one in found:
        # The same terms come again and again.
        if one.term.id not in parts:
            parts[one.term.id] = _about(one, targets, public_url)
        kind, score = (MatchKind.EXACT, 1.0) if one.exact else (MatchKind.INFLECTED, 0.99)
        hits.append(
            f'{{"segment":{one.segment},"start":{one.start},"end":{one.end},"matched":{json_of(one.written)},'
            f'"match":{{"kind":"{kind}","score":{score}}},{parts[one.term.id]},'
            f'"warnings":{warnings_json(one.card, one.term, one.homographs)}}}'
        )
    return f'{{"hits":[{",".join(hits)}],"complete":{json_of(complete)}}}'.encode()


def _about(one: Located, targets: Sequence[LanguageCode], public_url: str) -> str:
    term = one.term
    source = {
        "language": term.language,
        "text": term.text,
        "type": term.type,
        "acceptability": term.acceptability,
        "abbreviation_of": term.full_form,
    }
    equivalents = [
        {"language": language, **equivalent, "equivalence": degree}
        for language in targets
        for degree in [_degree(one.degrees, term.language, language)]
        for equivalent in _in_order(one.card, language)
    ]
    return f'"entry":{entry_json(one.card, public_url)},"source":{json_of(source)},"targets":{json_of(equivalents)}'


def _in_order(card: Card, language: LanguageCode) -> list[dict[str, str]]:
    """The terms of a language, those to be used first, full forms before abbreviations."""
    terms: list[dict[str, str]] = json.loads(terms_json(card, language))
    return sorted(
        terms, key=lambda term: (_USE_ORDER.index(term["acceptability"]), TermType(term["type"]).is_abbreviated)
    )


def _degree(degrees: str, source: LanguageCode, target: LanguageCode) -> str | None:
    """How far the concepts coincide, read from the source language."""
    stated: dict[str, str] = json.loads(degrees)
    if degree := stated.get(f"{source}-{target}"):
        return degree
    degree = stated.get(f"{target}-{source}")
    return _TURNED.get(degree, degree) if degree else None
