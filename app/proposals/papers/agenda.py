"""The agenda of a meeting, `A(2026)02`."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from app.entries.canonical import content_from
from app.proposals.meetings.operations import agenda_of
from app.proposals.meetings.tables import Meeting
from app.proposals.papers.paper import Block, Content, Heading, Paper, Paragraph, Table, facts, line, table
from app.proposals.papers.texts import heads
from app.proposals.papers.words import SECRETARIAT, Words
from app.proposals.papers.working_paper import paper_number
from app.proposals.tables import ProposalRevision
from app.texts.catalogues import N_

TITLE = N_("Agenda")
_MEETING = N_("Meeting")
_HELD = N_("Held on")
_PLACE = N_("Place")
_ADOPTION = N_("Adoption of the agenda")
_PROPOSALS = N_("Proposals before the meeting")
_LIST = N_("Proposals and working papers")
_NOTHING = N_("No proposal has been tabled.")
_OTHER = N_("Any other business")
_NEXT = N_("Date and place of the next meeting")
_ITEM = N_("Item")
_PAPER = N_("Working paper")
_KIND = N_("Kind of proposal")


def agenda(db: Session, meeting: Meeting, words: Words) -> Paper:
    """What the meeting deals with, in its order."""
    number = meeting.number.replace("M", "A", 1)
    return Paper(words.language, number, words.say(TITLE), tuple(_blocks(db, meeting, words)))


def _blocks(db: Session, meeting: Meeting, words: Words) -> Iterator[Block]:
    yield facts(
        (words.say(_MEETING), meeting.number),
        (words.say(_HELD), words.day(meeting.held_on)),
        (words.say(_PLACE), meeting.place),
    )
    for place, title in enumerate((_ADOPTION, _PROPOSALS, _OTHER, _NEXT), 1):
        yield Heading(f"{place}. {words.say(title)}")
        if title is _PROPOSALS:
            yield _proposals(db, meeting, place, words)
    yield Paragraph(line(words.say(SECRETARIAT)))


def _proposals(db: Session, meeting: Meeting, item: int, words: Words) -> Table | Paragraph:
    rows: list[tuple[Content, ...]] = []
    for place, (proposal, on_agenda) in enumerate(agenda_of(db, meeting), 1):
        revision = db.get_one(ProposalRevision, (proposal.id, on_agenda.revision))
        paper = paper_number(proposal.number, revision.number)
        terms = heads(content_from(revision.content))
        rows.append((f"{item}.{place}", *terms, words.code(proposal.kind), paper))
    if not rows:
        return Paragraph(line(words.say(_NOTHING)))
    head = [*words.columns(_ITEM), *words.languages(), *words.columns(_KIND, _PAPER)]
    return table(words.say(_LIST), head, rows)
