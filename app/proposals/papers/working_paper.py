"""The working paper of a proposal, `WP(2026)0042-R3`: the texts side by side, with changes marked."""

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from app.entries.canonical import content_from
from app.entries.content import EntryContent
from app.entries.neighbours import called
from app.entries.numbers import entry_number
from app.entries.tables import EntryVersion, SubjectField
from app.proposals.dossier import Dossier
from app.proposals.papers.paper import Block, Facts, Heading, Paper, Paragraph, Table, facts, line, table
from app.proposals.papers.texts import equivalence, related, relations, side_by_side
from app.proposals.papers.words import Words
from app.texts.catalogues import N_
from app.texts.elements import pair_name

TITLE = N_("Working paper")
_PROPOSAL = N_("Proposal")
_KIND = N_("Kind of proposal")
_BY = N_("Submitted by")
_WRITTEN = N_("Text of")
_ENTRY = N_("Entry")
_BASE = N_("Base version")
_SUCCESSOR = N_("To be superseded by")
_SUBJECTS = N_("Subject fields")
_DIGEST = N_("Digest (SHA-256)")
_WHY = N_("Reasons for the proposal")
_PROPOSED = N_("Text proposed")
_STANDING = N_("Text of the entry as it stands")
_LEGEND = N_("Changes from {version} are marked: insertions are underlined, deletions struck through.")
_NO_BASE = N_("The entry is new; there is no earlier text.")
_AUTHENTIC = N_("Once adopted, the texts in English, French and Russian are equally authentic.")
_DISCREPANCIES = N_("Open discrepancies between the texts")
_PAIR = N_("Pair of languages")
_ELEMENT = N_("Element")
_GRAVITY = N_("Gravity")
_REMARK = N_("Remark")


def paper_number(proposal: str, revision: int) -> str:
    """The number of the working paper on a revision, which follows from that of the proposal."""
    return f"{proposal.replace('P', 'WP', 1)}-R{revision}"


def working_paper(db: Session, dossier: Dossier, words: Words) -> Paper:
    """What a meeting has before it on one proposal."""
    number = paper_number(dossier.proposal.number, dossier.revision.number)
    return Paper(words.language, number, words.say(TITLE), tuple(_blocks(db, dossier, words)))


def _blocks(db: Session, dossier: Dossier, words: Words) -> Iterator[Block]:
    before, after = _base(db, dossier), dossier.content
    yield _particulars(db, dossier, words)
    yield Heading(words.say(_WHY))
    yield Paragraph(line(dossier.proposal.justification))
    ends = dossier.proposal.kind.ends_entry
    yield Heading(words.say(_STANDING if ends else _PROPOSED))
    if not ends:
        version = f"{_entry(dossier)}/{dossier.revision.base_version}"
        yield Paragraph(line(words.say(_LEGEND, version=version) if before is not None else words.say(_NO_BASE)))
    yield side_by_side(words, before, after)
    yield from equivalence(words, before, after)
    yield from relations(words, before, after, called(db, related(before, after)))
    yield from _discrepancies(dossier, words)
    if not ends:
        yield Paragraph(line(words.say(_AUTHENTIC)))


def _base(db: Session, dossier: Dossier) -> EntryContent | None:
    """The text that the proposal was written against."""
    base, entry = dossier.revision.base_version, dossier.proposal.entry_id
    if base is None or entry is None:
        return None
    return content_from(db.get_one(EntryVersion, (entry, base)).content)


def _particulars(db: Session, dossier: Dossier, words: Words) -> Facts:
    proposal, base = dossier.proposal, dossier.revision.base_version
    successor = proposal.successor_id
    return facts(
        (words.say(_PROPOSAL), f"{proposal.number}-R{dossier.revision.number}"),
        (words.say(_KIND), words.code(proposal.kind)),
        (words.say(_BY), words.party(proposal.party)),
        (words.say(_WRITTEN), words.day(dossier.revision.created_at)),
        (words.say(_ENTRY), _entry(dossier)),
        (words.say(_BASE), f"{_entry(dossier)}/{base}" if base is not None else None),
        (words.say(_SUCCESSOR), entry_number(successor) if successor is not None else None),
        (words.say(_SUBJECTS), "; ".join(_subjects(db, dossier.content.subject_fields, words))),
        (words.say(_DIGEST), dossier.revision.digest),
    )


def _entry(dossier: Dossier) -> str | None:
    return entry_number(dossier.proposal.entry_id) if dossier.proposal.entry_id is not None else None


def _subjects(db: Session, codes: Sequence[str], words: Words) -> list[str]:
    query = select(SubjectField).where(col(SubjectField.code).in_(codes))
    labels = {field.code: getattr(field, f"label_{words.language}") for field in db.scalars(query)}
    return [labels.get(code, code) for code in codes]


def _discrepancies(dossier: Dossier, words: Words) -> Iterator[Table]:
    found = [one for one in dossier.discrepancies if one.closed_at is None]
    if found:
        head = words.columns(_PAIR, _ELEMENT, _GRAVITY, _REMARK)
        rows = [
            (pair_name(one.pair), words.element(one.element), words.code(one.gravity), one.text) for one in found
        ]
        yield table(words.say(_DISCREPANCIES), head, rows)
