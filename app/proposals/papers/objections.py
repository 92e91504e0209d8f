"""The record of objections to a proposal."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from app.entries.numbers import entry_number
from app.languages.codes import LANGUAGES, LanguageCode
from app.proposals.dossier import Dossier
from app.proposals.papers.paper import Block, Facts, Heading, Paper, Paragraph, facts, line
from app.proposals.papers.words import Words
from app.proposals.positions.tables import Position, PositionKind
from app.texts.catalogues import N_

TITLE = N_("Record of objections")
_PROPOSAL = N_("Proposal")
_ENTRY = N_("Entry")
_BROKEN = N_("Breaks of silence")
_NOTHING = N_("No objection has been raised.")
_RAISED = N_("Objection {number}: {party}")
_WHEN = N_("Raised at")
_AGAINST = N_("Against")
_ELEMENT = N_("Element")
_NATURE = N_("Nature of the objection")
_REASON = N_("Reason given")
_INSTEAD = N_("Text proposed instead")
_CONCEPT = N_("The party cannot accept the concept itself.")
_BREAK = N_("It broke silence, or refused confirmation.")
_EFFECT = N_("Effect")
_OUTCOME = N_("Outcome")
_STANDS = N_("The objection stands.")
_WITHDRAWN = N_("Withdrawn on {day}")
_VOID = N_("Ended with revision {revision}, which changed the element.")


def objections(db: Session, dossier: Dossier, words: Words) -> Paper:
    """All that was ever objected, in the order in which it was; parties only, and in their own words."""
    return Paper(words.language, dossier.proposal.number, words.say(TITLE), tuple(_blocks(db, dossier, words)))


def _blocks(db: Session, dossier: Dossier, words: Words) -> Iterator[Block]:
    proposal = dossier.proposal
    yield facts(
        (words.say(_PROPOSAL), proposal.number),
        (words.say(_ENTRY), entry_number(proposal.entry_id) if proposal.entry_id is not None else None),
        (words.say(_BROKEN), words.ngettext("{count} break", "{count} breaks", proposal.breaks)),
    )
    query = select(Position).where(
        col(Position.proposal_id) == dossier.id, col(Position.kind) == PositionKind.OBJECT
    )
    found = db.scalars(query.order_by(col(Position.given_at), col(Position.id))).all()
    if not found:
        yield Paragraph(line(words.say(_NOTHING)))
    for number, position in enumerate(found, 1):
        yield Heading(words.say(_RAISED, number=str(number), party=words.party(position.party)))
        yield _objection(proposal.number, position, words)


def _objection(proposal: str, position: Position, words: Words) -> Facts:
    language: LanguageCode | None = next((code for code in LANGUAGES if code == position.language), None)
    instead = line(position.alternative, language) if position.alternative else None
    if position.cannot_accept_concept:
        instead = line(words.say(_CONCEPT))
    return facts(
        (words.say(_WHEN), words.instant(position.given_at)),
        (words.say(_AGAINST), f"{proposal}-R{position.revision}"),
        (words.say(_ELEMENT), words.element(position.element)),
        (words.say(_NATURE), words.code(position.objection) if position.objection is not None else None),
        (words.say(_REASON), line(position.reason, language) if position.reason else None),
        (words.say(_INSTEAD), instead),
        (words.say(_EFFECT), words.say(_BREAK) if position.broke_silence else None),
        (words.say(_OUTCOME), _outcome(position, words)),
    )


def _outcome(position: Position, words: Words) -> str:
    if position.withdrawn_at is not None:
        return words.say(_WITHDRAWN, day=words.day(position.withdrawn_at))
    if position.voided_by is not None:
        return words.say(_VOID, revision=f"R{position.voided_by}")
    return words.say(_STANDS)
