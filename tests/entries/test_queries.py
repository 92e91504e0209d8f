"""Questions to the compendium, answered alike by both databases."""

import pytest

from app.entries import operations as entries
from app.entries import queries
from app.entries.queries import EntryFilter
from app.entries.status import EntryStatus
from app.entries.tables import DecisionMethod
from app.errors import NotFound
from app.profile import ApprovalLevel
from tests.makers import content, make_entry, make_subject_field


def numbers(found) -> list[int]:
    return [entry.id for entry in found]


@pytest.fixture
def three_statuses(db):
    """Entry 1 is agreed, entry 2 proposed, entry 3 withdrawn without a text."""
    make_entry(db, "threat", number=1)
    make_subject_field(db, "sensors", 2)
    entries.open_entry(db, 2, content("sensors", en="radar"), proposal="P(2026)0001")
    entries.close_unadopted(db, entries.open_entry(db, 3, content(en="ghost"), proposal="P(2026)0002"))
    return db


def test_a_list_holds_every_entry_with_a_public_text_by_number(three_statuses) -> None:
    assert numbers(queries.entries_after(three_statuses, EntryFilter(), 0, 10)) == [1, 2]


def test_a_list_goes_on_after_a_number_and_stops_at_its_limit(db) -> None:
    for number in (5, 3, 1, 4):
        make_entry(db, number=number)
    assert numbers(queries.entries_after(db, EntryFilter(), 1, 2)) == [3, 4]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (EntryFilter(status=(EntryStatus.AGREED,)), [1]),
        (EntryFilter(status=(EntryStatus.PROPOSED, EntryStatus.AGREED)), [1, 2]),
        (EntryFilter(subject=("sensors",)), [2]),
        (EntryFilter(status=(EntryStatus.AGREED,), subject=("sensors",)), []),
        (EntryFilter(subject=("astrology",)), []),
    ],
    ids=str,
)
def test_a_list_can_be_narrowed(three_statuses, wanted: EntryFilter, found: list[int]) -> None:
    assert numbers(queries.entries_after(three_statuses, wanted, 0, 10)) == found


def test_all_entries_come_in_batches_to_the_last(db, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "BATCH", 2)
    for number in range(1, 6):
        make_entry(db, number=number)
    assert numbers(queries.all_entries(db, EntryFilter())) == [1, 2, 3, 4, 5]


def test_a_withdrawn_entry_is_found_by_its_number(three_statuses) -> None:
    assert queries.entry_of(three_statuses, "TMD-0003").status is EntryStatus.WITHDRAWN


@pytest.mark.parametrize("ref", ["TMD-0404", "missile"])
def test_an_unknown_entry_is_not_found(db, ref: str) -> None:
    with pytest.raises(NotFound):
        queries.entry_of(db, ref)


def test_versions_and_decisions_are_found_by_number(db) -> None:
    entry = make_entry(db)
    made = entries.new_decision(db, method=DecisionMethod.MEETING, level=ApprovalLevel.WORKING_GROUP)
    entries.adopt(db, entry, content(en="false target"), made)
    version, decision = queries.version_of(db, entry, 2)
    assert (version.number, decision.number) == (2, made.number)
    found, versions = queries.decision_numbered(db, made.number.lower())
    assert (found.number, [(v.entry_id, v.number) for v in versions]) == (made.number, [(entry.id, 2)])
    assert queries.decisions_of(db, [entry])[entry.id][0].number == 2
    for number in (0, 3):
        with pytest.raises(NotFound):
            queries.version_of(db, entry, number)
    with pytest.raises(NotFound):
        queries.decision_numbered(db, "D(1997)0001")


def test_a_text_was_adopted_if_it_is_or_was_a_version_of_that_entry(db) -> None:
    entry, other = make_entry(db, en="decoy"), make_entry(db, en="missile")
    old = entry.digest
    made = entries.new_decision(db, method=DecisionMethod.MEETING, level=ApprovalLevel.WORKING_GROUP)
    entries.adopt(db, entry, content(en="false target"), made)
    assert queries.was_adopted(db, entry.id, old)
    assert queries.was_adopted(db, entry.id, entry.digest)
    assert not queries.was_adopted(db, other.id, old)


def test_subject_fields_come_in_systematic_order_with_the_number_of_their_entries(db) -> None:
    make_subject_field(db, "sensors", 2)
    make_subject_field(db, "agreement", 3)
    make_entry(db, "threat", en="decoy")
    make_entry(db, "threat", en="missile")
    make_entry(db, "sensors", en="radar")
    counted = [(field.code, count) for field, count in queries.subject_fields(db)]
    assert counted == [("threat", 2), ("sensors", 1), ("agreement", 0)]


def test_letters_come_in_alphabetical_order_with_the_number_of_their_terms(db) -> None:
    for word in ("ёлка", "еж", "йод", "иней", "ракета", "2-й эшелон", "ПРО"):
        make_entry(db, ru=word)
    assert list(queries.letters(db, "ru")) == [
        ("#", 1),
        ("Е", 2),
        ("И", 1),
        ("Й", 1),
        ("П", 1),
        ("Р", 1),
    ]


def test_the_terms_under_a_letter_come_in_alphabetical_order_page_by_page(db) -> None:
    words = ["cote", "coté", "côte", "côté"]
    for word in reversed(words):
        make_entry(db, fr=word)
    make_entry(db, fr="leurre", en="cote")
    first = queries.terms_under(db, "fr", "C", None, 3)
    rest = queries.terms_under(db, "fr", "C", (first[-1][0].sort_key, first[-1][0].id), 3)
    assert [term.text for term, _ in [*first, *rest]] == words


def test_terms_that_sort_alike_each_come_once(db) -> None:
    for _ in range(3):
        make_entry(db, en="decoy")
    seen, after = [], None
    while page := queries.terms_under(db, "en", "D", after, 1):
        term, entry = page[0]
        seen.append(entry.id)
        after = (term.sort_key, term.id)
    assert len(seen) == len(set(seen)) == 3


def test_entries_are_counted_by_status(three_statuses) -> None:
    assert queries.counts_by_status(three_statuses) == {
        EntryStatus.AGREED: 1,
        EntryStatus.PROPOSED: 1,
        EntryStatus.WITHDRAWN: 1,
    }
