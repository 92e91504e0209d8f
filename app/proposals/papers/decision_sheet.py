"""The decision sheet, `DS(2026)0031`. Public, as the decision is."""

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from app.entries.approval.queries import accessions_to, endorsed_by
from app.entries.canonical import content_from
from app.entries.numbers import entry_number
from app.entries.presenting import designation, signing_sides
from app.entries.statement_tables import ParallelText, Statement
from app.entries.tables import Decision, DecisionMethod, Entry, EntryVersion, Scope
from app.languages.codes import LANGUAGES, LanguageCode
from app.proposals.papers.paper import (
    Block,
    Cell,
    Content,
    Facts,
    Heading,
    Line,
    Paper,
    Paragraph,
    Table,
    cell,
    facts,
    line,
    table,
)
from app.proposals.papers.texts import equivalence, heads, side_by_side
from app.proposals.papers.words import Words
from app.texts.catalogues import N_
from app.texts.elements import in_language

TITLE = N_("Decision sheet")
_DECISION = N_("Decision")
_MADE = N_("Decided at")
_LEVEL = N_("Level of approval")
_SCOPE = N_("Scope of the agreement")
_SCOPES = {
    Scope.FULL: N_("terms and definitions"),
    Scope.EQUIVALENTS_ONLY: N_("equivalence of the terms only, not the definitions"),
}
_METHOD = N_("Method")
_METHODS = {
    DecisionMethod.MEETING: N_("consensus recorded by the co-chairs at meeting {meeting}"),
    DecisionMethod.SILENCE: N_("silence procedure {silence}; no party had objected to these texts when it expired"),
    DecisionMethod.AD_REFERENDUM: N_("agreed ad referendum and confirmed by the parties"),
    DecisionMethod.CO_CHAIRS: N_("recorded by the co-chairs outside a meeting"),
    DecisionMethod.ENDORSEMENT: N_("approval of adopted texts by a higher body, recorded by the co-chairs"),
    DecisionMethod.INITIAL_LOAD: N_("texts taken over from a prepared glossary, without a decision of the parties"),
}
_SET = N_("Parties whose consent was needed")
_EXPLICIT = N_("Consented in words")
_TACIT = N_("Consented by silence")
_ABSENT = N_("Not present")
_SIGNED = N_("Signed by the co-chairs of")
_NOTE = N_("Note of the co-chairs")
_ADOPTED = N_("Texts adopted")
_VERSION = N_("Version adopted")
_ENDORSED = N_("Texts approved at this level; they stay the same")
_SAME = N_("Version approved")
_DIGEST = N_("Digest (SHA-256)")
_AUTHENTIC = N_("The texts in English, French and Russian are equally authentic.")
_ENDED = N_("Other entries concerned")
_ENTRY = N_("Entry")
_OUTCOME = N_("Outcome")
_SUPERSEDED = N_("superseded by {entry}")
_WITHDRAWN = N_("withdrawn")
_DIVERGED = N_("left with parallel texts")
_PARALLEL = N_("Entry {entry}: text of the side {side}. It is not agreed.")
_STATEMENTS = N_("Reservations and statements of the parties")
_APART = N_("They are not part of the agreed texts.")
_PARTY = N_("Party")
_KIND = N_("Kind of statement")
_ELEMENT = N_("Element")
_WORDS = N_("Words of the party")
_INSTEAD = N_("Used instead: {text}")
_UNOFFICIAL = N_("Unofficial translation {in_language}: {text}")
_ACCESSIONS = N_("Parties that joined later and consent to this decision")
_STATED = N_("Stated on")
_TAKEN_BACK = N_("Withdrawn on {day}")


def decision_sheet(db: Session, decision: Decision, versions: Sequence[EntryVersion], words: Words) -> Paper:
    """Who decided what, when and how, and what the parties have stated with it."""
    blocks = tuple(_blocks(db, decision, versions, words))
    return Paper(words.language, decision.sheet or decision.number, words.say(TITLE), blocks)


def _blocks(db: Session, decision: Decision, versions: Sequence[EntryVersion], words: Words) -> Iterator[Block]:
    yield _particulars(db, decision, words)
    if decision.note and decision.method is not DecisionMethod.INITIAL_LOAD:
        yield Heading(words.say(_NOTE))
        yield Paragraph(line(decision.note))
    if versions:
        yield _texts(versions, _ADOPTED, _VERSION, words)
        yield Paragraph(line(words.say(_AUTHENTIC)))
    if endorsed := endorsed_by(db, decision):
        yield _texts(endorsed, _ENDORSED, _SAME, words)
    yield from _ended(db, decision, words)
    yield from _parallel(db, decision, words)
    yield from _statements(db, decision, words)
    yield from _accessions(db, decision, words)


def _particulars(db: Session, decision: Decision, words: Words) -> Facts:
    parties, explicit, absent = (getattr(decision, name).split() for name in ("parties", "explicit", "absent"))
    tacit = [code for code in parties if code not in (*explicit, *absent)]
    method = words.say(_METHODS[decision.method], meeting=decision.meeting or "", silence=decision.silence or "")
    return facts(
        (words.say(_DECISION), decision.number),
        (words.say(_MADE), words.instant(decision.made_at)),
        (words.say(_METHOD), method.strip()),
        (words.say(_LEVEL), words.code(decision.level)),
        (words.say(_SCOPE), words.say(_SCOPES[decision.scope])),
        (words.say(_SET), words.parties(parties)),
        (words.say(_EXPLICIT), words.parties(explicit)),
        (words.say(_TACIT), words.parties(tacit)),
        (words.say(_ABSENT), words.parties(absent)),
        (words.say(_SIGNED), words.parties(signing_sides(db, decision))),
    )


def _texts(versions: Sequence[EntryVersion], title: str, column: str, words: Words) -> Table:
    rows: list[tuple[Content, ...]] = [
        (designation(one), *heads(content_from(one.content)), one.digest) for one in versions
    ]
    return table(words.say(title), [*words.columns(column), *words.languages(), *words.columns(_DIGEST)], rows)


def _ended(db: Session, decision: Decision, words: Words) -> Iterator[Table]:
    """What was superseded, withdrawn or left with parallel texts."""
    query = select(Entry).where(col(Entry.ended_by) == decision.id).order_by(col(Entry.id))
    rows: list[tuple[Content, ...]] = []
    for entry in db.scalars(query):
        terms = heads(content_from(entry.content)) if entry.content is not None else [cell("")] * len(LANGUAGES)
        outcome: Cell = (line(_outcome(entry, words)), *([line(entry.end_reason)] if entry.end_reason else []))
        rows.append((entry_number(entry.id), *terms, outcome))
    if rows:
        head = [*words.columns(_ENTRY), *words.languages(), *words.columns(_OUTCOME)]
        yield table(words.say(_ENDED), head, rows)


def _outcome(entry: Entry, words: Words) -> str:
    if entry.superseded_by is not None:
        return words.say(_SUPERSEDED, entry=entry_number(entry.superseded_by))
    return words.say(_WITHDRAWN if entry.withdrawn else _DIVERGED)


def _parallel(db: Session, decision: Decision, words: Words) -> Iterator[Block]:
    """The text of each side, under its name."""
    query = select(ParallelText).where(col(ParallelText.decision_id) == decision.id)
    for text in db.scalars(query.order_by(col(ParallelText.entry_id), col(ParallelText.side))):
        content = content_from(text.content)
        yield Heading(words.say(_PARALLEL, entry=entry_number(text.entry_id), side=words.party(text.side)))
        yield side_by_side(words, None, content)
        yield from equivalence(words, None, content)


def _statements(db: Session, decision: Decision, words: Words) -> Iterator[Block]:
    query = select(Statement).where(col(Statement.decision_id) == decision.id).order_by(col(Statement.id))
    found = db.scalars(query).all()
    if found:
        head = words.columns(_PARTY, _ENTRY, _KIND, _ELEMENT, _WORDS)
        yield table(words.say(_STATEMENTS), head, [_statement(one, words) for one in found])
        yield Paragraph(line(words.say(_APART)))


def _accessions(db: Session, decision: Decision, words: Words) -> Iterator[Table]:
    rows: list[tuple[Content, ...]] = [
        (words.party(one.party), words.day(one.stated_at), (line(one.text, _language(one.language)),))
        for one in db.scalars(accessions_to(decision))
    ]
    if rows:
        yield table(words.say(_ACCESSIONS), words.columns(_PARTY, _STATED, _WORDS), rows)


def _statement(statement: Statement, words: Words) -> tuple[str, str, str, str, Cell]:
    return (
        words.party(statement.party),
        f"{entry_number(statement.entry_id)}/{statement.version}",
        words.code(statement.kind),
        words.element(statement.element),
        tuple(_said(statement, words)),
    )


def _said(statement: Statement, words: Words) -> Iterator[Line]:
    """The words of the party in its language, then what is only a help to others."""
    own = _language(statement.language)
    yield line(statement.text, own)
    if statement.alternative is not None:
        yield line(words.say(_INSTEAD, text=statement.alternative))
    for code in LANGUAGES:
        text = statement.translations.get(code)
        if text is not None and code != own:
            yield line(words.say(_UNOFFICIAL, in_language=in_language(code, words.language), text=text))
    if statement.withdrawn_at is not None:
        yield line(words.say(_TAKEN_BACK, day=words.day(statement.withdrawn_at)))


def _language(code: str) -> LanguageCode | None:
    return next((language for language in LANGUAGES if language == code), None)
