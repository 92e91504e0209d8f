"""What look-up reads follows the public text."""

import json
from typing import Any

import pytest
from sqlalchemy import func, select, update
from sqlmodel import col

from app.entries import operations as entries
from app.entries.content import EntryContent
from app.entries.derived import rewrite_derived
from app.entries.indexing.rows import GIST, Element, gist, rank_of, status_of
from app.entries.indexing.state import keys_are_current, require_current_keys
from app.entries.indexing.tables import EntryCard, KeyState, Posting, Spelling, SpellingPiece, Stem, TermKey
from app.entries.tables import TERMS_PER_ENTRY, Entry, EntryTerm
from app.errors import NotReady
from app.languages.keys import KEYS_VERSION
from tests.makers import adopt_entry, body, content, make_entry, make_proposed_entry, make_subject_field

TABLES = (EntryTerm, TermKey, Stem, Spelling, SpellingPiece, Posting, EntryCard)


def index(db) -> dict[str, list[tuple[Any, ...]]]:
    """All that look-up reads, with stems by name rather than by id."""
    db.expire_all()
    postings = (
        select(col(Stem.language), col(Stem.text), col(Posting.element), col(Posting.entry_id))
        .join(Stem, col(Stem.id) == col(Posting.stem_id))
        .order_by(col(Stem.language), col(Stem.text), col(Posting.element), col(Posting.entry_id))
    )
    pieces = (
        select(col(Stem.language), col(Stem.text), col(Spelling.text), col(SpellingPiece.piece))
        .join(Spelling, col(Spelling.stem_id) == col(Stem.id))
        .join(SpellingPiece, col(SpellingPiece.spelling_id) == col(Spelling.id))
        # Stems that no text has any more stay until the next rekeying.
        .where(col(Stem.id).in_(select(col(Posting.stem_id))))
    )
    keys = select(TermKey.__table__).order_by(col(TermKey.key), col(TermKey.term_id))
    return {
        "terms": [tuple(row) for row in db.execute(select(EntryTerm.__table__).order_by(col(EntryTerm.id)))],
        "keys": [tuple(row) for row in db.execute(keys)],
        "postings": [tuple(row) for row in db.execute(postings)],
        "pieces": sorted(tuple(row) for row in db.execute(pieces)),
        "cards": [tuple(row) for row in db.execute(select(EntryCard.__table__).order_by(col(EntryCard.entry_id)))],
    }


def card_of(db, entry: Entry) -> EntryCard:
    db.expire_all()
    card: EntryCard = db.get_one(EntryCard, entry.id)
    return card


def test_terms_are_numbered_by_their_place_in_the_entry(db) -> None:
    entry = make_entry(db, number=17)
    ids = db.scalars(select(col(EntryTerm.id)).order_by(col(EntryTerm.id))).all()
    assert ids == [17 * TERMS_PER_ENTRY + place for place in range(3)]
    assert all(term_id // TERMS_PER_ENTRY == entry.id for term_id in ids)


def test_the_largest_number_of_an_entry_has_room_for_its_terms(db) -> None:
    entry = make_entry(db, number=2_000_000_000)
    assert db.scalar(select(func.count()).where(col(EntryTerm.entry_id) == entry.id)) == 3


def test_a_term_has_its_keys_with_its_language_and_rank(db) -> None:
    make_entry(db, number=17, en="decoys", fr=None, ru=None)
    rows = db.execute(select(col(TermKey.key), col(TermKey.rank), col(TermKey.language)).order_by(col(TermKey.key)))
    assert [tuple(row) for row in rows] == [("ndecoys", 0, "en"), ("sdecoy", 0, "en")]


def test_what_is_agreed_ranks_before_what_is_not_and_what_is_preferred_before_the_rest(db) -> None:
    agreed, proposed = make_entry(db, en="chaff", ru=None), make_proposed_entry(db, en="chaff", ru=None)
    ranks = {
        term_id // TERMS_PER_ENTRY: rank
        for term_id, rank in db.execute(
            select(col(TermKey.term_id), col(TermKey.rank)).where(col(TermKey.key) == "nchaff")
        )
    }
    assert ranks[agreed.id] < ranks[proposed.id]
    assert [status_of(ranks[entry.id]) for entry in (agreed, proposed)] == ["agreed", "proposed"]
    assert rank_of(agreed.status, "preferred") < rank_of(agreed.status, "deprecated") < ranks[proposed.id]


def test_writing_the_index_again_changes_nothing(db) -> None:
    text = content(ru="активный участок полёта")
    entry = adopt_entry(db, text)
    before = index(db)
    rewrite_derived(db, entry.id, text)
    assert index(db) == before


def test_a_later_text_leaves_nothing_of_the_earlier_one_to_be_found(db) -> None:
    entry = make_entry(db, en="decoy", ru="участок")
    other = make_entry(db, en="decoy")
    rewrite_derived(db, entry.id, content(en="chaff", ru=None))
    found = index(db)
    assert {row[3] for row in found["postings"] if row[1] == "decoy" and row[2] == Element.TERM} == {other.id}
    assert {row[2] // TERMS_PER_ENTRY for row in found["keys"] if row[0] == "ndecoy"} == {other.id}
    assert not [row for row in found["keys"] if row[0] in ("nучасток", "lучастк")]
    rewrite_derived(db, entry.id, None)
    found = index(db)
    assert {row[0] for row in found["cards"]} == {other.id}
    assert entry.id not in {row[3] for row in found["postings"]}


def test_stems_are_stored_once_and_known_by_where_they_occur(db) -> None:
    for _ in range(3):
        make_entry(db, en="decoy", fr=None, ru=None)
    assert db.scalar(select(func.count()).where(col(Stem.text) == "decoy", col(Stem.language) == "en")) == 1
    assert db.scalar(select(func.count()).where(col(Spelling.text) == "decoy")) == 1
    # "object released to be taken for a warhead" has them in the definition only, so they need no spelling.
    assert db.scalar(select(func.count()).where(col(Stem.text) == "warhead")) == 1
    assert db.scalar(select(func.count()).where(col(Spelling.text) == "warhead")) == 0


def test_a_word_of_a_definition_that_later_becomes_a_term_can_be_misspelt(db) -> None:
    make_entry(db, en="decoy", fr=None, ru=None)
    make_entry(db, en="warhead", fr=None, ru=None)
    assert db.scalar(select(func.count()).where(col(Spelling.text) == "warhead")) == 1


def test_a_card_shows_what_a_hit_needs(db) -> None:
    text = body(en="decoy", ru=None)
    text["languages"]["ru"] = {"no_equivalent": "Понятие не выделяется."}
    text["relations"] = [{"type": "contrast", "target": "TMD-0035"}, {"type": "see_also", "target": "TMD-0036"}]
    text["equivalence"] = {"en-fr": {"degree": "exact"}, "en-ru": {"degree": "broader"}}
    card = card_of(db, adopt_entry(db, EntryContent.model_validate(text)))
    assert json.loads(card.en) == [{"text": "decoy", "type": "full_form", "acceptability": "preferred"}]
    assert json.loads(card.ru) == []
    assert (card.status, card.subjects) == ("agreed", "threat")
    assert json.loads(card.warnings) == [
        {"code": "false_friend", "params": {"entries": ["TMD-0035"]}},
        {"code": "inexact_equivalence", "params": {"pair": "en-ru", "degree": "broader"}},
        {"code": "no_equivalent", "params": {"language": "ru"}},
    ]
    assert json.loads(card.degrees) == {"en-fr": "exact", "en-ru": "broader"}
    assert json.loads(card.gists)["en"] == "object released to be taken for a warhead"


def test_a_gist_ends_with_a_word() -> None:
    short = "objet largué pour être pris pour une ogive"
    assert gist(short) == short
    long = "объект, " * 40
    assert len(gist(long)) <= GIST
    assert gist(long).endswith("объект…")


def test_the_longest_words_fit_on_both_databases(db) -> None:
    text = body(en="щ" * 250, ru="x" * 250)
    text["languages"]["en"]["definition"] = {"text": "ы" * 4000}
    text["languages"]["en"]["notes"] = ["😀ß" * 1000]
    entry = adopt_entry(db, EntryContent.model_validate(text))
    assert card_of(db, entry).entry_id == entry.id


def test_the_first_entry_says_by_which_rules_its_keys_were_made(db) -> None:
    assert db.get(KeyState, 1) is None
    assert keys_are_current(db)
    make_entry(db)
    assert db.get_one(KeyState, 1).version == KEYS_VERSION
    assert keys_are_current(db)


def test_keys_of_other_rules_are_not_mixed_with_ours(database) -> None:
    with database.write() as db:
        make_entry(db)
        db.execute(update(KeyState).values(version="keys 0"))
    with database.read() as db:
        assert not keys_are_current(db)
    with database.write() as db:
        make_subject_field(db)
        with pytest.raises(NotReady) as failure:
            entries.open_entry(db, 1777, content(), proposal="P(2026)0001")
    assert failure.value.params == {"reason": "keys_outdated"}


def test_rules_are_compared_once_in_a_session(db) -> None:
    make_entry(db)
    db.execute(update(KeyState).values(version="keys 0"))
    require_current_keys(db)
