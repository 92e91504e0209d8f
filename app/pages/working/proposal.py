"""The page of a proposal: its text against the base, what is said of it, and what the reader may do with it."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from app import policy
from app.entries.canonical import content_from
from app.entries.content import EntryContent
from app.entries.lint.reading import Stage
from app.entries.neighbours import called
from app.entries.parties import Names, party_names
from app.findings.presenting import findings_out
from app.history.tables import AuditEvent
from app.http.deps import AppProfile, AppSettings, ReadDb
from app.languages.codes import LANGUAGES, PAIRS, LanguageCode
from app.pages.entry import heads_of
from app.pages.forms import Form
from app.pages.paths import LANGUAGE
from app.pages.reader import Reader
from app.pages.rendering import page
from app.pages.working.access import Insider
from app.pages.working.events import parts_of
from app.proposals.discussion.operations import asked_remarks
from app.proposals.dossier import Dossier, dossier_of
from app.proposals.papers.paper import Table
from app.proposals.papers.texts import equivalence, related, relations, side_by_side
from app.proposals.papers.words import Words
from app.proposals.papers.working_paper import paper_number
from app.proposals.presenting import proposal_out
from app.proposals.routes import ProposalRef
from app.proposals.workflow import EVERYTHING, OPEN_STATES, Event, Verdict, events_for
from app.texts.elements import element_name
from app.texts.faults import fault_text
from app.together import read_together

router = APIRouter(include_in_schema=False)

REMARKS = 50
"""Remarks of the discussion that one page shows."""
EVENTS = 500
"""Events of the timeline that one page shows."""

_DECISION = re.compile(r"D\(\d{4}\)\d{4,9}")


@router.get(LANGUAGE + "/proposals/{ref}")
def proposal_page(
    request: Request,
    reader: Insider,
    db: ReadDb,
    profile: AppProfile,
    settings: AppSettings,
    ref: ProposalRef,
    done: Annotated[Event | None, Query()] = None,
    decision: Annotated[str, Query(max_length=40)] = "",
    after: Annotated[int, Query(ge=0, le=2**31)] = 0,
) -> Response:
    """One proposal, as far as the reader may know of it."""
    dossier = dossier_of(db, reader.actor, ref, profile)
    shown = shown_proposal(db, dossier, reader, settings.public_url, after)
    said: dict[str, Any] = {"done": done, "decision": decision if _DECISION.fullmatch(decision) else ""}
    form = Form({"language": [reader.language]})
    return page(request, reader, "working/proposal.html", private=True, form=form, **said, **shown)


def shown_proposal(
    db: Session, dossier: Dossier, reader: Reader, public_url: str, after: int = 0
) -> dict[str, Any]:
    """All that the page says of a proposal."""
    names = party_names(db)
    actor, language = reader.actor, reader.language
    comments, events = read_together(
        db,
        asked_remarks(dossier.id, after).limit(REMARKS + 1),
        select(AuditEvent)
        .where(col(AuditEvent.proposal) == dossier.proposal.number)
        .order_by(col(AuditEvent.seq))
        .limit(EVENTS),
    )
    verdicts = events_for(dossier.facts(EVERYTHING), actor)
    takes_text = not dossier.proposal.kind.ends_entry
    return {
        "proposal": proposal_out(dossier, actor, public_url),
        "etag": dossier.etag,
        "paper": paper_number(dossier.proposal.number, dossier.revision.number),
        "heads": heads_of(dossier.content, reader),
        "tables": tables_of(db, dossier, reader, names),
        "offers": [offer(dossier, one, language) for one in verdicts if one.event is not Event.REVISE],
        "may_revise": takes_text and any(one.event is Event.REVISE for one in verdicts),
        "findings": findings_out(dossier.remarks(Stage.FINAL), language).items,
        "may_answer": policy.may_answer(actor, dossier.work) and dossier.proposal.state in OPEN_STATES,
        "may_discuss": policy.may_discuss(actor, dossier.work),
        "pairs": [pair for pair in PAIRS if policy.may_review(actor, pair)],
        "parts": (*LANGUAGES, *PAIRS),
        "comments": comments[:REMARKS],
        "further": comments[REMARKS - 1].id if len(comments) > REMARKS else None,
        "timeline": [_happened(event, json.loads(event.detail)) for event in events],
        "elements": elements_of(dossier.content, language),
        "own_party": actor.party,
        **naming(names, language),
    }


def naming(names: Names, language: LanguageCode) -> dict[str, Any]:
    """How templates name parties and elements."""
    return {
        "party": lambda code: names.name(code, language),
        "element": lambda path: element_name(path, language),
    }


def offer(dossier: Dossier, verdict: Verdict, language: LanguageCode) -> dict[str, Any]:
    """One event that the reader may cause: what it asks for, and in words what stands in its way."""
    if verdict.transition is None:
        raise RuntimeError("the table has no such event in this state")
    return {
        "event": verdict.event.value,
        "target": verdict.transition.target.value,
        "parts": parts_of(verdict.transition),
        "failing": [explained(dossier, guard, language) for guard in verdict.failing],
        "waits_for": list(verdict.waits_for),
    }


def explained(dossier: Dossier, guard: str, language: LanguageCode) -> str:
    """A condition that is not met, in words."""
    params: dict[str, Any] = {}
    if guard == "text_is_complete":
        params["missing"] = [element_name(path, language) for path in dossier.content.missing_for_agreement()]
    found = {
        "draft_has_no_errors": lambda: dossier.remarks(Stage.DRAFT).errors,
        "text_has_no_errors": lambda: dossier.remarks(Stage.FINAL).errors,
        "warnings_are_answered": lambda: dossier.remarks(Stage.FINAL).unanswered,
    }
    if guard in found:
        places = dict.fromkeys(element_name(one.mark.element, language) for one in found[guard]())
        params["findings"] = list(places)
    return fault_text(guard, language, params)


def tables_of(db: Session, dossier: Dossier, reader: Reader, names: Names) -> list[Table]:
    """The texts, and what is stated of them and of the concept, against the base."""
    words, (before, after) = Words(reader.language, names), _texts(dossier)
    tables = [
        side_by_side(words, before, after),
        *equivalence(words, before, after),
        *relations(words, before, after, called(db, related(before, after))),
    ]
    return [_arranged(one, reader.columns) for one in tables]


def texts_of(dossier: Dossier, reader: Reader, names: Names) -> Table:
    """The texts side by side against the base, changes marked by word, in the order of the reader's columns."""
    return _arranged(side_by_side(Words(reader.language, names), *_texts(dossier)), reader.columns)


def _texts(dossier: Dossier) -> tuple[EntryContent | None, EntryContent]:
    """The text that the proposal was written against, and its own."""
    return content_from(dossier.base.content) if dossier.base is not None else None, dossier.content


def _arranged(table: Table, columns: Sequence[LanguageCode]) -> Table:
    """The same table with its texts in this order of languages."""
    places = [place for place, column in enumerate(table.head) if column.language is None]
    texts = {column.language: place for place, column in enumerate(table.head) if column.language is not None}
    order = [*places, *(texts[code] for code in columns if texts)]
    return Table(
        table.caption,
        tuple(table.head[place] for place in order),
        tuple(tuple(row[place] for place in order) for row in table.rows),
    )


def _happened(event: AuditEvent, detail: Mapping[str, Any]) -> dict[str, Any]:
    """What the timeline says of an event. Parties are named, persons never."""
    came_to = detail.get("to")
    return {
        "at": event.at,
        "action": event.action.partition(".")[2],
        "state": came_to if came_to != detail.get("from") else None,
        "party": event.party,
        "by_clock": event.account_id is None,
        "reason": detail.get("reason"),
        "decision": detail.get("decision"),
    }


def elements_of(content: EntryContent, language: LanguageCode) -> list[tuple[str, str]]:
    """The fields of a text that a remark or an objection may be about, by path and name."""
    paths: list[str] = []
    for code, section in content.languages.items():
        paths.append(f"languages.{code}.definition")
        paths += [f"languages.{code}.terms[{term.text}]" for term in section.terms if not {*"[]"} & {*term.text}]
        paths += [f"languages.{code}.notes"] if section.notes else []
    paths += [f"equivalence.{pair}" for pair in content.equivalence]
    return [(path, element_name(path, language)) for path in paths]
