"""Who may do what with a proposal, where the operations themselves decide it."""

import pytest

from app.accounts.actor import ANONYMOUS, Actor
from app.errors import GuardsFailed, LanguageNotPermitted, NotPermitted, TransitionNotAllowed
from app.proposals.causing import cause
from app.proposals.tables import Proposal
from app.proposals.workflow import Event
from tests.makers import content
from tests.proposals.group import Group


def test_a_caller_without_a_drafting_role_proposes_nothing(group: Group) -> None:
    for actor in (group.actor("nato-expert"), group.actor("reader"), ANONYMOUS):
        with pytest.raises(NotPermitted):
            group.propose(by=actor)
    assert group.count(Proposal) == 0


def test_one_party_does_not_move_the_draft_of_the_other(group: Group) -> None:
    dossier = group.propose()
    for event in (Event.SUBMIT, Event.WITHDRAW):
        with pytest.raises(NotPermitted):
            group.move(dossier, event, "russia-co-chair")
    with pytest.raises(NotPermitted):
        group.revise(dossier, content(en="lure"), "russia-delegate")


def test_an_event_out_of_place_is_answered_with_what_is_possible(group: Group) -> None:
    with pytest.raises(TransitionNotAllowed) as caught:
        group.move(group.propose(), Event.AGREE, "nato-delegate")
    assert caught.value.params == {"event": "agree", "state": "draft", "allowed": ["revise", "submit", "withdraw"]}


def test_agreement_is_not_recorded_before_a_meeting_has_the_text(group: Group) -> None:
    review = group.accepted(group.propose())
    with pytest.raises(TransitionNotAllowed):
        group.move(review, Event.AGREE, "nato-co-chair")
    with pytest.raises(TransitionNotAllowed):
        group.move(group.ready(review), Event.AGREE, "nato-co-chair")


def test_a_caller_for_one_language_changes_no_other(group: Group) -> None:
    lead = group.actor("nato-delegate", "fr")
    dossier = group.propose()
    with pytest.raises(LanguageNotPermitted) as caught:
        group.revise(dossier, content(ru="обманка"), lead)
    assert caught.value.field == "content.languages.ru"
    assert group.revise(dossier, content(fr="fausse cible"), lead).proposal.revision == 2
    with pytest.raises(LanguageNotPermitted):
        group.propose(by=lead)


def test_a_linguist_certifies_the_languages_of_the_token_and_their_pair(group: Group) -> None:
    dossier = group.accepted(group.propose())

    def certify(actor: Actor, part: str) -> None:
        nonlocal dossier
        dossier, _ = cause(group.db, actor, dossier, Event(f"certify-{part}"))

    linguist = group.actor("linguist", "en", "fr")
    for part in ("ru", "en-ru", "fr-ru"):
        with pytest.raises(NotPermitted):
            certify(linguist, part)
    for part in ("en", "fr", "en-fr"):
        certify(linguist, part)
    assert dossier.facts().certified == {"en", "fr", "en-fr"}


def test_who_wrote_a_text_certifies_it_only_after_somebody_else_has_rewritten_it(group: Group) -> None:
    dossier = group.accepted(group.propose())
    author = group.actor("linguist")
    dossier = group.revise(dossier, content(ru="обманка"), Actor(author.account_id, "nato", author.roles))
    with pytest.raises(GuardsFailed, match="somebody_else_wrote_it"):
        group.move(dossier, Event.CERTIFY_RU, "linguist")
    dossier = group.move(dossier, Event.CERTIFY_FR, "linguist")
    dossier = group.revise(dossier, content(ru="ложная боеголовка"))
    dossier = group.move(dossier, Event.CERTIFY_RU, "linguist")
    assert dossier.facts().certified == {"fr", "ru"}
