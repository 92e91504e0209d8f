"""Revisions: what they leave, what they show, and what they void."""

import pytest
from sqlalchemy import select
from sqlmodel import col

from app.entries.canonical import content_from
from app.entries.queries import versions_of
from app.entries.tables import EntryTerm
from app.errors import GuardsFailed, NothingChanged, TransitionNotAllowed
from app.proposals.assurance.tables import Certificate
from app.proposals.dossier import Dossier
from app.proposals.queries import revisions_of
from app.proposals.tables import SignOff
from app.proposals.workflow import Event, State
from tests.makers import content
from tests.proposals.group import PARTS, Group

# A change of the English text leaves these certificates as they are.
WITHOUT_ENGLISH = {"fr", "ru", "fr-ru"}


def held(dossier: Dossier) -> set[str]:
    """The parts that are certified."""
    return set(dossier.facts().certified)


def test_a_revision_leaves_the_texts_before_it_as_they_were(group: Group) -> None:
    dossier = group.revise(group.revise(group.propose(), content(en="lure")), content(en="false target"))
    texts = [(r.number, content_from(r.content)) for r in revisions_of(group.db, dossier.id)]
    assert texts == [(1, content()), (2, content(en="lure")), (3, content(en="false target"))]


def test_a_revision_under_review_is_what_readers_see(group: Group) -> None:
    dossier = group.revise(group.accepted(group.propose()), content(en="false target"), "russia-delegate")
    assert content_from(dossier.entry.content) == content(en="false target")
    shown = select(col(EntryTerm.text)).where(col(EntryTerm.language) == "en")
    assert group.db.scalars(shown).all() == ["false target"]


def test_a_revision_must_change_something(group: Group) -> None:
    dossier = group.propose()
    with pytest.raises(NothingChanged):
        group.revise(dossier, content())


@pytest.mark.parametrize("state", [State.READY, State.TABLED])
def test_a_text_that_is_ready_is_revised_only_after_it_has_come_back_to_review(group: Group, state: State) -> None:
    dossier = group.accepted(group.propose())
    dossier = group.ready(dossier) if state is State.READY else group.tabled(dossier)
    with pytest.raises(TransitionNotAllowed):
        group.revise(dossier, content(en="lure"))
    if state is State.READY:
        dossier = group.move(dossier, Event.REOPEN_REVIEW, "secretariat", "A better term was found.")
    else:
        dossier = group.both(dossier, Event.NO_CONSENSUS, "The English term is disputed.")
    assert group.revise(dossier, content(en="lure")).proposal.revision == 2


# ---- what was signed


def test_a_revision_voids_what_was_signed_before_it(group: Group) -> None:
    dossier = group.move(group.accepted(group.propose()), Event.DECLINE, "nato-co-chair", "Too broad.")
    dossier = group.revise(dossier, content(en="false target"), "russia-delegate")
    assert dossier.sign_offs == ()
    dossier = group.move(dossier, Event.DECLINE, "russia-co-chair", "Не употребляется.")
    assert dossier.proposal.state is State.IN_REVIEW
    dossier = group.move(dossier, Event.DECLINE, "nato-co-chair", "Too broad.")
    assert dossier.proposal.state is State.REJECTED


def test_agreement_signed_on_a_text_counts_for_no_later_one(group: Group) -> None:
    dossier = group.move(group.tabled(group.accepted(group.propose())), Event.AGREE, "nato-co-chair")
    dossier = group.both(dossier, Event.NO_CONSENSUS, "The English term is disputed.")
    dossier = group.revise(dossier, content(en="false target"), "russia-delegate")
    assert dossier.sign_offs == ()
    dossier = group.move(group.tabled(dossier), Event.AGREE, "russia-co-chair")
    assert dossier.proposal.state is State.TABLED
    dossier = group.move(dossier, Event.AGREE, "nato-co-chair")
    assert dossier.proposal.state is State.ADOPTED
    assert content_from(versions_of(group.db, dossier.entry)[0][0].content) == content(en="false target")


def test_agreement_signed_at_one_meeting_counts_at_no_other_even_for_the_same_text(group: Group) -> None:
    dossier = group.move(group.tabled(group.accepted(group.propose())), Event.AGREE, "nato-co-chair")
    dossier = group.tabled(group.both(dossier, Event.NO_CONSENSUS, "Not today."))
    assert group.move(dossier, Event.AGREE, "russia-co-chair").proposal.state is State.TABLED


def test_what_was_signed_on_an_earlier_revision_stays_on_record(group: Group) -> None:
    dossier = group.move(group.accepted(group.propose()), Event.DECLINE, "nato-co-chair", "Too broad.")
    signed = dossier.revision.digest
    group.revise(dossier, content(en="false target"))
    ((revision, digest),) = group.db.execute(select(col(SignOff.revision), col(SignOff.digest)))
    assert (revision, digest) == (1, signed)


def test_a_return_to_an_earlier_text_does_not_bring_back_what_was_signed_on_it(group: Group) -> None:
    dossier = group.move(group.accepted(group.propose()), Event.DECLINE, "nato-co-chair", "Too broad.")
    dossier = group.revise(group.revise(dossier, content(en="lure")), content())
    assert dossier.sign_offs == ()
    dossier = group.move(dossier, Event.DECLINE, "russia-co-chair", "Не употребляется.")
    assert dossier.proposal.state is State.IN_REVIEW


def test_a_co_chair_may_change_its_mind_until_the_other_has_signed(group: Group) -> None:
    dossier = group.move(
        group.tabled(group.accepted(group.propose())), Event.DECLINE, "nato-co-chair", "Too broad."
    )
    dossier = group.move(dossier, Event.AGREE, "russia-co-chair")
    assert dossier.proposal.state is State.TABLED
    dossier = group.move(dossier, Event.AGREE, "nato-co-chair")
    assert dossier.proposal.state is State.ADOPTED
    signed = group.db.execute(select(col(SignOff.party), col(SignOff.event)).order_by(col(SignOff.id))).all()
    assert signed == [("nato", Event.DECLINE), ("russia", Event.AGREE), ("nato", Event.AGREE)]


def test_a_co_chair_cannot_sign_the_same_thing_twice(group: Group) -> None:
    dossier = group.move(group.tabled(group.accepted(group.propose())), Event.AGREE, "nato-co-chair")
    with pytest.raises(GuardsFailed, match="not_signed_yet"):
        group.move(dossier, Event.AGREE, "nato-co-chair")
    assert group.count(SignOff) == 1


# ---- what was certified


def test_a_revision_voids_the_certificates_of_what_it_changes_and_no_others(group: Group) -> None:
    dossier = group.certified(group.accepted(group.propose()))
    assert held(dossier) == set(PARTS)
    dossier = group.revise(dossier, content(en="lure"))
    assert held(dossier) == WITHOUT_ENGLISH
    with pytest.raises(GuardsFailed) as caught:
        group.move(dossier, Event.FINALISE, "secretariat")
    assert caught.value.params["guards"] == ["languages_are_certified", "concordance_is_certified"]
    assert group.ready(dossier).proposal.state is State.READY


def test_a_return_to_an_earlier_text_does_not_bring_back_its_certificates(group: Group) -> None:
    dossier = group.certified(group.accepted(group.propose()))
    dossier = group.revise(group.revise(dossier, content(en="lure")), content())
    assert held(dossier) == WITHOUT_ENGLISH
    voided = select(col(Certificate.part)).where(col(Certificate.voided_by) == 2)
    assert set(group.db.scalars(voided)) == set(PARTS) - WITHOUT_ENGLISH
