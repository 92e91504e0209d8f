"""Amendments and translations of agreed entries, in the database."""

from typing import Any

import pytest

from app.entries.canonical import content_from
from app.entries.content import EntryContent
from app.entries.status import EntryStatus
from app.errors import GuardsFailed, InvalidInput, NotAmendable, NothingChanged, StaleBase
from app.proposals.workflow import Event, ProposalKind
from tests.makers import body, content, make_entry
from tests.proposals.group import PARTS, Group


def test_an_amendment_becomes_the_next_version_and_leaves_the_entry_agreed_until_then(group: Group) -> None:
    entry = make_entry(group.db)
    dossier = group.accepted(group.amend(entry, content(en="false target")))
    assert dossier.entry is entry
    assert (entry.status, content_from(entry.content)) == (EntryStatus.AGREED, content())
    dossier = group.revise(dossier, content(en="lure"), "russia-delegate")
    assert content_from(entry.content) == content()
    dossier = group.tabled(dossier)
    assert (entry.status, content_from(entry.content)) == (EntryStatus.AGREED, content())
    group.both(dossier, Event.AGREE)
    assert (entry.current_version, content_from(entry.content)) == (2, content(en="lure"))


def test_the_languages_that_an_amendment_leaves_alone_are_certified_too(group: Group) -> None:
    dossier = group.accepted(group.amend(make_entry(group.db), content(en="false target")))
    assert dossier.certificates == ()
    for part in ("en", "en-fr", "en-ru"):
        dossier = group.move(dossier, Event(f"certify-{part}"), "linguist")
    with pytest.raises(GuardsFailed) as caught:
        group.move(dossier, Event.FINALISE, "secretariat")
    assert caught.value.params["guards"] == ["languages_are_certified", "concordance_is_certified"]
    assert group.certified(dossier).facts().certified == set(PARTS)


@pytest.mark.parametrize("end", ["declined", "declined at a meeting", "withdrawn"])
def test_an_amendment_that_ends_unadopted_leaves_the_entry_as_it_was(group: Group, end: str) -> None:
    entry = make_entry(group.db)
    dossier = group.accepted(group.amend(entry, content(en="false target")))
    if end == "withdrawn":
        group.move(dossier, Event.WITHDRAW, "nato-delegate", "Not needed.")
    else:
        dossier = dossier if end == "declined" else group.tabled(dossier)
        group.both(dossier, Event.DECLINE, "Нет.")
    assert (entry.status, entry.current_version, content_from(entry.content)) == (EntryStatus.AGREED, 1, content())


def test_of_two_amendments_the_second_is_stale_until_it_takes_the_first_into_account(group: Group) -> None:
    entry = make_entry(group.db)
    first = group.accepted(group.amend(entry, content(en="false target")))
    second = group.certified(group.accepted(group.amend(entry, content(fr="fausse cible"))))
    group.agreed(first)
    with pytest.raises(StaleBase) as caught:
        group.move(second, Event.FINALISE, "secretariat")
    assert caught.value.params == {"base": 1, "current": 2}
    with pytest.raises(StaleBase):
        group.revise(second, content(fr="leurre (missile)"))
    merged = content(en="false target", fr="fausse cible")
    group.agreed(group.revise(second, merged, base_version=2))
    assert (entry.current_version, content_from(entry.content)) == (3, merged)


@pytest.mark.parametrize("event", [Event.AGREE, Event.AGREE_AD_REFERENDUM])
def test_of_two_amendments_at_one_meeting_the_second_is_stale(group: Group, event: Event) -> None:
    entry = make_entry(group.db)
    first, second = (
        group.tabled(group.accepted(group.amend(entry, text)))
        for text in (content(en="false target"), content(fr="fausse cible"))
    )
    second = group.move(second, event, "nato-co-chair")
    group.both(first, Event.AGREE)
    with pytest.raises(StaleBase):
        group.move(second, event, "russia-co-chair")
    assert (entry.current_version, content_from(entry.content)) == (2, content(en="false target"))


def test_an_amendment_starts_from_the_current_version(group: Group) -> None:
    entry = make_entry(group.db)
    with pytest.raises(StaleBase):
        group.amend(entry, content(en="false target"), base_version=2)


def test_an_amendment_must_change_something(group: Group) -> None:
    with pytest.raises(NothingChanged):
        group.amend(make_entry(group.db), content())


def test_only_an_agreed_entry_can_be_amended(group: Group) -> None:
    proposed = group.accepted(group.propose()).entry
    with pytest.raises(NotAmendable):
        group.amend(proposed, content(en="false target"), base_version=1)


@pytest.mark.parametrize(
    ("fields", "at", "reason"),
    [
        ({"entry": "TMD-0001"}, "entry", "entry_not_expected"),
        ({"base_version": 1}, "base_version", "entry_not_expected"),
        ({"kind": "amend", "base_version": 1}, "entry", "entry_needed"),
        ({"kind": "amend", "entry": "TMD-0001"}, "base_version", "base_version_needed"),
    ],
)
def test_a_proposal_names_an_entry_exactly_if_it_changes_one(
    group: Group, fields: dict[str, Any], at: str, reason: str
) -> None:
    with pytest.raises(InvalidInput) as caught:
        group.propose(**fields)
    assert (caught.value.field, caught.value.params["reason"]) == (at, reason)


def test_a_translation_adds_a_language_and_changes_no_other(group: Group) -> None:
    entry = make_entry(group.db, ru=None)
    kind = ProposalKind.ADD_LANGUAGE
    with pytest.raises(InvalidInput, match="other_language_changed"):
        group.amend(entry, content(en="false target"), kind=kind)
    without_russian = body(ru=None) | {"notation": "2.4.1"}
    with pytest.raises(InvalidInput, match="no_language_added"):
        group.amend(entry, EntryContent.model_validate(without_russian), kind=kind)
    group.agreed(group.accepted(group.amend(entry, content(), kind=kind)))
    assert content_from(entry.content) == content()
