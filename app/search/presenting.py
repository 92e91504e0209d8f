"""Hits as JSON. Most of it is stored ready to be sent, and only put together here."""

import json
from collections.abc import Sequence
from json.encoder import encode_basestring
from typing import Any

from app.entries.content import Acceptability, TermType
from app.entries.indexing.rows import WarningCode
from app.entries.numbers import entry_number
from app.entries.presenting import entry_uri
from app.languages.codes import LanguageCode
from app.search.questions import Answer, Card, FoundTerm, Hit, Snippet

_OUT_OF_USE = (Acceptability.DEPRECATED, Acceptability.SUPERSEDED)


def answer_json(
    query: str, answer: Answer, show: Sequence[LanguageCode], following: str | None, public_url: str
) -> bytes:
    """A page of hits."""
    hits = ",".join(_hit(hit, show, public_url) for hit in answer.hits)
    meant = ",".join(map(json_of, answer.did_you_mean))
    after = f'"did_you_mean":[{meant}],"next":{json_of(following)}'
    return f'{{"query":{json_of(query)},"hits":[{hits}],{after}}}'.encode()


def entry_json(card: Card, public_url: str) -> str:
    """The entry of a hit."""
    number = entry_number(card.entry_id)
    # Codes are ASCII, and need no more than quotes.
    subjects = '","'.join(card.subjects.split())
    return (
        f'{{"id":{card.entry_id},"number":"{number}","status":"{card.status}","subject_fields":["{subjects}"],'
        f'"uri":{json_of(entry_uri(public_url, card.entry_id))}{_qualified(card)}}}'
    )


def _qualified(card: Card) -> str:
    """What few entries have: that their text waits for the parties, and that parties have made statements on it."""
    waits = ',"ad_referendum":true' if card.ad_referendum else ""
    return f'{waits},"reservations":{card.reservations}' if card.reservations else waits


def warnings_json(card: Card, term: FoundTerm | None, homographs: Sequence[int]) -> str:
    """What to know of an entry, and of the term that led to it."""
    own: list[dict[str, Any]] = []
    if term is not None and term.acceptability in _OUT_OF_USE:
        preferred = preferred_term(card, term.language)
        own.append({"code": WarningCode.DEPRECATED, "params": {"preferred": preferred} if preferred else {}})
    if homographs:
        own.append(
            {"code": WarningCode.HOMOGRAPH, "params": {"entries": [entry_number(entry) for entry in homographs]}}
        )
    if not own:
        return card.warnings
    return json_of(own + json.loads(card.warnings))


def preferred_term(card: Card, language: LanguageCode) -> str | None:
    """The term to be used in a language."""
    terms: list[dict[str, str]] = json.loads(terms_json(card, language))
    preferred = [term for term in terms if term["acceptability"] == Acceptability.PREFERRED]
    # An abbreviation may be preferred beside its full form.
    preferred.sort(key=lambda term: TermType(term["type"]).is_abbreviated)
    return preferred[0]["text"] if preferred else None


def terms_json(card: Card, language: LanguageCode) -> str:
    """The terms of an entry in one language."""
    return card.en if language == "en" else card.fr if language == "fr" else card.ru


def _hit(hit: Hit, show: Sequence[LanguageCode], public_url: str) -> str:
    card = hit.card
    terms = ",".join(f'"{language}":{terms_json(card, language)}' for language in show)
    return (
        f'{{"entry":{entry_json(card, public_url)},"matched":{_matched(hit.term)},'
        f'"match":{{"kind":"{hit.kind}","score":{hit.score}}},"terms":{{{terms}}},'
        f'"warnings":{warnings_json(card, hit.term, hit.homographs)},"gist":{json_of(_gist(hit))},'
        f'"snippet":{_snippet(hit.snippet)}}}'
    )


def _matched(term: FoundTerm | None) -> str:
    if term is None:
        return "null"
    return (
        f'{{"language":"{term.language}","text":{json_of(term.text)},"type":"{term.type}",'
        f'"acceptability":"{term.acceptability}","abbreviation_of":{json_of(term.full_form)}}}'
    )


def _gist(hit: Hit) -> str | None:
    """What the concept is, where the term alone does not tell it from another."""
    if not hit.homographs or hit.term is None:
        return None
    gists: dict[LanguageCode, str] = json.loads(hit.card.gists)
    return gists.get(hit.term.language)


def _snippet(snippet: Snippet | None) -> str:
    if snippet is None:
        return "null"
    return json_of(
        {
            "language": snippet.language,
            "element": snippet.element,
            "text": snippet.text,
            "spans": [{"start": start, "end": end} for start, end in snippet.spans],
        }
    )


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def json_of(value: Any) -> str:
    """A value as JSON."""
    # Most are texts or nothing, for which the encoder takes a long way round.
    if value is None:
        return "null"
    return encode_basestring(value) if type(value) is str else _encode(value)
