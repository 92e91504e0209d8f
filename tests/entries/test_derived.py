"""Term rows and subject fields, which follow the public text."""

from sqlalchemy import select
from sqlmodel import col

from app.entries import operations as entries
from app.entries.content import EntryContent
from app.entries.derived import rewrite_derived
from app.entries.tables import DecisionMethod, Entry, EntrySubject, EntryTerm
from app.languages.fold import fold
from app.languages.sorting import sort_key
from app.profile import ApprovalLevel
from tests.contents import FULL
from tests.makers import content, make_entry, make_subject_field


def terms_of(db, entry: Entry) -> list[EntryTerm]:
    wanted = select(EntryTerm).where(col(EntryTerm.entry_id) == entry.id)
    return list(db.scalars(wanted.order_by(col(EntryTerm.language), col(EntryTerm.position))))


def subjects_of(db, entry: Entry) -> set[str]:
    return set(db.scalars(select(col(EntrySubject.code)).where(col(EntrySubject.entry_id) == entry.id)))


def adopt(db, entry: Entry, text: EntryContent) -> None:
    decision = entries.new_decision(db, method=DecisionMethod.MEETING, level=ApprovalLevel.WORKING_GROUP)
    entries.adopt(db, entry, text, decision)


def test_each_term_has_a_row_with_its_keys(db) -> None:
    entry = make_entry(db, en="mid-course phase", fr="étape", ru="ёлка")
    db.expire_all()
    rows = [(t.language, t.position, t.text, t.folded, t.letter) for t in terms_of(db, entry)]
    assert rows == [
        ("en", 1, "mid-course phase", "midcoursephase", "M"),
        ("fr", 1, "étape", "etape", "E"),
        ("ru", 1, "ёлка", "елка", "Е"),
    ]


def test_rows_keep_the_order_type_and_rank_of_the_terms(db) -> None:
    entry = make_entry(db)
    text = EntryContent.model_validate(FULL)
    for code in text.subject_fields:
        make_subject_field(db, code)
    adopt(db, entry, text)
    db.expire_all()
    written = [(t.language, t.text, t.type, t.acceptability) for t in terms_of(db, entry)]
    said = [(c, t.text, t.type, t.acceptability) for c, s in text.languages.items() for t in s.terms]
    assert written == said
    assert [(t.folded, t.sort_key) for t in terms_of(db, entry)] == [
        (fold(t.text), sort_key(t.text)) for s in text.languages.values() for t in s.terms
    ]


def test_a_later_text_takes_the_place_of_all_rows_of_the_earlier_one(db) -> None:
    entry = make_entry(db, en="decoy")
    other = make_entry(db, en="missile")
    make_subject_field(db, "sensors")
    adopt(db, entry, content("sensors", en="false target", ru=None))
    assert [t.text for t in terms_of(db, entry)] == ["false target", "leurre"]
    assert subjects_of(db, entry) == {"sensors"}
    assert [t.text for t in terms_of(db, other)] == ["missile", "leurre", "ложная цель"]


def test_writing_the_same_rows_again_changes_nothing(db) -> None:
    entry = make_entry(db)
    before = [(t.language, t.position, t.text, t.folded, t.sort_key) for t in terms_of(db, entry)]
    rewrite_derived(db, entry.id, content())
    assert [(t.language, t.position, t.text, t.folded, t.sort_key) for t in terms_of(db, entry)] == before


def test_an_entry_without_a_public_text_has_no_rows(db) -> None:
    make_subject_field(db)
    entry = entries.open_entry(db, 1001, content(), proposal="P(2026)0001")
    assert terms_of(db, entry)
    entries.close_unadopted(db, entry)
    assert terms_of(db, entry) == []
    assert subjects_of(db, entry) == set()


def test_the_longest_terms_fit_on_both_databases(db) -> None:
    for word in ("щ" * 250, "ﷺ" * 250, "😀" * 250, "\u1e69" * 250):
        entry = make_entry(db, en=word, ru=word)
        assert len(terms_of(db, entry)) == 3
