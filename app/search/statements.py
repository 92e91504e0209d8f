"""The statements of look-up, built once. Each reads a bounded number of rows of an index, in the index's order."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    Row,
    Select,
    String,
    bindparam,
    func,
    literal,
    literal_column,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.engine import Connection
from sqlmodel import SQLModel

from app.entries import statement_tables as said
from app.entries.indexing import tables as indexing
from app.entries.tables import TERMS_PER_ENTRY
from app.history import tables as history
from app.languages.codes import LANGUAGES, LanguageCode
from app.languages.keys import KeyKind
from app.search.prepared import Prepared, PreparedForAny
from app.search.questions import Card, FoundTerm, Place

# Importing them makes the tables known.
__all__ = ["history", "indexing", "said"]

MOST_WHOLE = 500
"""Terms that match a query as a whole, at most."""
_SUGGESTED = {KeyKind.ABBREVIATION: 30, KeyKind.FOLDED: 120, KeyKind.TAIL: 60}
"""The keys in which a completion is looked for, and how many of each are weighed against one another."""

MOST_SORTED = 128
"""Of the keys that begin alike, those that are put in an order of their own."""
_MOST_BEGINNINGS = 1 + len(LANGUAGES)
_AT_ONCE = 100

# The last code point: every string that begins with P lies between P and P followed by it.
AFTER_ALL = "\U0010ffff"


class Found(NamedTuple):
    """A key that was found, with its term and the card of the entry."""

    key: str
    rank: int
    term: FoundTerm
    card: Card


class Key(NamedTuple):
    """A key, as the index has it."""

    key: str
    rank: int
    term_id: int


class Details(NamedTuple):
    """A term, and the card of its entry."""

    term: FoundTerm
    card: Card


class Suggested(NamedTuple):
    """A key that begins with what was typed, and its term."""

    key: str
    rank: int
    term_id: int
    language: LanguageCode
    text: str
    type: str
    acceptability: str
    folded: str


_key = SQLModel.metadata.tables["term_key"].c
_term = SQLModel.metadata.tables["term"].c
_card = SQLModel.metadata.tables["entry_card"].c
_entry = SQLModel.metadata.tables["entry"].c
_statement = SQLModel.metadata.tables["statement"].c
_event = SQLModel.metadata.tables["audit_event"].c

_LANGUAGES = ("language_1", "language_2", "language_3")
# Read with the card rather than kept in it: a statement changes nothing of what look-up has stored.
_awaits_parties = (
    select(_entry.ad_referendum)
    .where(_entry.id == _card.entry_id)
    .correlate(_card.entry_id.table)
    .scalar_subquery()
)
_reservations = (
    select(func.count())
    .select_from(_statement.entry_id.table)
    .join(
        _entry.id.table,
        (_entry.id == _statement.entry_id) & (_entry.current_version == _statement.version),
    )
    .where(_statement.entry_id == _card.entry_id, _statement.withdrawn_at.is_(None))
    .correlate(_card.entry_id.table)
    .scalar_subquery()
)
_SHOWN: tuple[Any, ...] = (
    *(_term.id, _term.language, _term.text, _term.type, _term.acceptability),
    *(_term.full_form, _term.folded, _term.stems),
    *(_card.entry_id, _card.status, _card.subjects, _card.en, _card.fr, _card.ru, _card.warnings, _card.gists),
    *(_awaits_parties.label("ad_referendum"), _reservations.label("reservations")),
)
_TERM = slice(2, 10)
_CARD = slice(10, 20)


def _found(row: Sequence[Any]) -> Found:
    return Found(row[0], row[1], FoundTerm.of(*row[_TERM]), Card.of(*row[_CARD]))


def terms_with_keys(db: Connection, keys: Sequence[str], languages: Sequence[LanguageCode]) -> Sequence[Found]:
    """The terms under any of these keys, in the order of the keys."""
    return [_found(row) for row in _WITH_KEYS.rows(db, keys, _named(_LANGUAGES, languages))]


def first_keys(db: Connection, beginnings: Sequence[tuple[str, Sequence[LanguageCode]]]) -> list[list[Key]]:
    """The first keys of each of a few ranges: of what begins so, in any of the languages."""
    asked: dict[str, str] = {}
    for number in range(_MOST_BEGINNINGS):
        # There is nothing between a text and itself.
        start, languages = beginnings[number] if number < len(beginnings) else ("", LANGUAGES)
        asked |= {f"start_{number}": start, f"end_{number}": start and start + AFTER_ALL}
        asked |= _named(_languages(number), languages)
    found: list[list[Key]] = [[] for _ in beginnings]
    for number, *key in _FIRST.rows(db, asked):
        found[number].append(Key(*key))
    # The databases need not keep the order of what they put together.
    return [sorted(keys) for keys in found]


def keys_after(db: Connection, start: str, languages: Sequence[LanguageCode], last: Key) -> list[Key]:
    """The next keys of a range after one of them."""
    asked: dict[str, Any] = {
        "end": start + AFTER_ALL,
        "start": last.key,
        "rank": last.rank,
        "term_id": last.term_id,
    }
    return [Key(*row) for row in _AFTER.rows(db, asked | _named(_LANGUAGES, languages))]


def terms_with_ids(db: Connection, term_ids: Sequence[int]) -> dict[int, Details]:
    """Terms with the cards of their entries, by the ids of the terms."""
    rows = (_found(row) for row in _WITH_IDS.rows(db, term_ids, {}))
    return {row.term.id: Details(row.term, row.card) for row in rows}


def entries_beginning_before(
    db: Connection, start: str, languages: Sequence[LanguageCode], place: Place, entries: Collection[int]
) -> set[int]:
    """Those of the entries that have such a term at or before a place."""
    term_id = place.entry_id * TERMS_PER_ENTRY + place.slot
    asked = {"start": start, "key": place.key, "rank": place.first, "term_id": term_id, "entries": list(entries)}
    return set(db.execute(_BEGINNING_BEFORE, asked | _named(_LANGUAGES, languages)).scalars())


def terms_of_entries(db: Connection, entry_ids: Sequence[int]) -> Sequence[Found]:
    """The terms of entries."""
    return [_found(row) for row in db.execute(_OF_ENTRIES, {"entries": list(entry_ids)})]


def suggested_terms(db: Connection, start: str, languages: Sequence[LanguageCode]) -> Sequence[Suggested]:
    """The first abbreviations, terms and ends of terms that begin so."""
    ranges = {
        name: kind + start + edge
        for kind in _SUGGESTED
        for name, edge in ((f"start_{kind}", ""), (f"end_{kind}", AFTER_ALL))
    }
    return [Suggested(*row) for row in _SUGGESTIONS.rows(db, ranges | _named(_LANGUAGES, languages))]


def cards_of(db: Connection, entry_ids: Sequence[int]) -> dict[int, Card]:
    """The cards of entries, by their ids."""
    return {row.entry_id: Card.of(*row) for row in db.execute(_CARDS, {"entries": list(entry_ids)})}


def last_change(db: Connection) -> int:
    """The number of the last change of a public entry; 0 if there was none."""
    return db.execute(_LAST_CHANGE).scalar_one_or_none() or 0


def samples_of(db: Connection, language: LanguageCode) -> Iterator[Row[*tuple[Any, ...]]]:
    """All terms of a language: id, text, type, stems, status, and whether the entry has terms in en, fr, ru."""
    yield from db.execute(_SAMPLES, {"language": language}).yield_per(1000)


def terms_by_id(db: Connection, term_ids: Sequence[int]) -> dict[int, tuple[FoundTerm, Card, str]]:
    """Terms with the cards of their entries and the degrees of equivalence, by the ids of the terms."""
    found: dict[int, tuple[FoundTerm, Card, str]] = {}
    for start in range(0, len(term_ids), _MANY):
        for row in db.execute(_BY_ID, {"terms": list(term_ids[start : start + _MANY])}):
            _, _, term, card = _found(row)
            found[term.id] = (term, card, row.degrees)
    return found


def _named(names: Sequence[str], values: Sequence[str]) -> dict[str, str]:
    """Values for as many parameters as a statement has, so that it need not be compiled anew for each number."""
    return {name: values[min(place, len(values) - 1)] for place, name in enumerate(names)}


def _any_of(names: Sequence[str]) -> list[Any]:
    return [bindparam(name, type_=String) for name in names]


_MANY = 500

_in_languages = _key.language.in_(_any_of(_LANGUAGES))
_in_order = (_key.key, _key.rank, _key.term_id)


def _picked(most: Any, *conditions: Any) -> Select[*tuple[Any, ...]]:
    """The first keys that meet the conditions, with their terms and cards, in the order of the keys.

    They are cut off before anything is joined. Neither database can then think of sorting all that begins
    alike, or of going through all terms because it does not know how few of them have a key.
    """
    keys = (
        select(_key.key, _key.rank, _key.term_id)
        .where(*conditions, _in_languages)
        .order_by(*_in_order)
        .limit(most)
        .subquery()
    )
    return (
        select(keys.c.key, keys.c.rank, *_SHOWN)
        .select_from(keys)
        .join(_term.id.table, _term.id == keys.c.term_id)
        .join(_card.entry_id.table, _card.entry_id == _term.entry_id)
        .order_by(keys.c.key, keys.c.rank, keys.c.term_id)
    )


_WITH_KEYS = PreparedForAny(lambda keys: _picked(MOST_WHOLE, _key.key.in_(keys)))
_ends = _key.key < bindparam("end")


def _languages(number: int) -> tuple[str, ...]:
    return tuple(f"{name}_of_{number}" for name in _LANGUAGES)


def _first(number: int) -> Select[*tuple[Any, ...]]:
    found = (
        select(_key.key, _key.rank, _key.term_id)
        .where(
            _key.key >= bindparam(f"start_{number}"),
            _key.key < bindparam(f"end_{number}"),
            _key.language.in_(_any_of(_languages(number))),
        )
        .order_by(*_in_order)
        .limit(MOST_SORTED + 1)
        .subquery()
    )
    return select(literal_column(str(number)), found.c.key, found.c.rank, found.c.term_id)


_FIRST = Prepared(union_all(*(_first(number) for number in range(_MOST_BEGINNINGS))))
_AFTER = Prepared(
    select(_key.key, _key.rank, _key.term_id)
    .where(
        tuple_(*_in_order) > tuple_(bindparam("start"), bindparam("rank"), bindparam("term_id")),
        _ends,
        _in_languages,
    )
    .order_by(*_in_order)
    .limit(_AT_ONCE)
)
_WITH_IDS = PreparedForAny(
    lambda ids: (
        select(literal_column("''"), literal_column("0"), *_SHOWN)
        .join(_card.entry_id.table, _card.entry_id == _term.entry_id)
        .where(_term.id.in_(ids))
    ),
    BigInteger,
)
_BEGINNING_BEFORE = (
    select(_term.entry_id)
    .join(_key.key.table, _key.term_id == _term.id)
    .where(
        _term.entry_id.in_(bindparam("entries", expanding=True)),
        _key.key >= bindparam("start"),
        tuple_(*_in_order) <= tuple_(bindparam("key"), bindparam("rank"), bindparam("term_id")),
        _in_languages,
    )
)
_OF_ENTRIES = (
    select(literal(""), literal(0), *_SHOWN)
    .join(_card.entry_id.table, _card.entry_id == _term.entry_id)
    .where(_term.entry_id.in_(bindparam("entries", expanding=True)))
)


def _completing(kind: KeyKind, most: int) -> Select[*tuple[Any, ...]]:
    found = (
        select(_key.key, _key.rank, _key.term_id)
        .where(_key.key >= bindparam(f"start_{kind}"), _key.key < bindparam(f"end_{kind}"), _in_languages)
        .order_by(*_in_order)
        .limit(most)
        .subquery()
    )
    return select(found.c.key, found.c.rank, found.c.term_id)


_completing_all = union_all(*(_completing(kind, most) for kind, most in _SUGGESTED.items())).subquery()
_SUGGESTIONS = Prepared(
    select(
        *(_completing_all.c.key, _completing_all.c.rank),
        *(_term.id, _term.language, _term.text, _term.type, _term.acceptability, _term.folded),
    ).join(_term.id.table, _term.id == _completing_all.c.term_id)
)

_CARDS = select(*_SHOWN[8:]).where(_card.entry_id.in_(bindparam("entries", expanding=True)))
_LAST_CHANGE = select(_event.seq).where(_event.change.is_not(None)).order_by(_event.seq.desc()).limit(1)
_SAMPLES = (
    select(
        *(_term.id, _term.text, _term.type, _term.stems, _card.status),
        *(_card[language] != "[]" for language in LANGUAGES),
    )
    .join(_card.entry_id.table, _card.entry_id == _term.entry_id)
    .where(_term.language == bindparam("language"))
    .order_by(_term.id)
)
_BY_ID = (
    select(literal(""), literal(0), *_SHOWN, _card.degrees)
    .join(_card.entry_id.table, _card.entry_id == _term.entry_id)
    .where(_term.id.in_(bindparam("terms", expanding=True)))
)
