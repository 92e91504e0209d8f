"""Findings about stored texts, and the answers that people give to warnings."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session
from sqlmodel import col

from app.accounts.actor import Actor
from app.db import now
from app.entries.canonical import content_from
from app.entries.lint.finding import Finding, Severity
from app.entries.lint.reading import Reading, Stage
from app.entries.lint.running import lint
from app.entries.numbers import entry_number
from app.entries.tables import Entry
from app.errors import InvalidInput, NotFound
from app.findings.around import StoredEntries
from app.findings.tables import Waiver


@dataclass(frozen=True)
class Answer:
    """Why a warning does not hold for a text."""

    reason: str
    party: str | None = None
    """The party that says so; None for the secretariat."""
    signed_at: datetime | None = None
    """None while it only stands in a file."""


Answers = Mapping[tuple[str, str], Answer]
"""The answers given for one text, by check and element."""


@dataclass(frozen=True)
class Remarks:
    """All that is to be said of one text."""

    digest: str
    findings: Sequence[Finding]
    answers: Answers

    @property
    def errors(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity is Severity.ERROR]

    @property
    def unanswered(self) -> list[Finding]:
        """The warnings for which nobody has given a reason."""
        return [
            finding
            for finding in self.findings
            if finding.severity is Severity.WARNING and key_of(finding) not in self.answers
        ]


def key_of(finding: Finding) -> tuple[str, str]:
    """What a waiver names: the check and the element."""
    return finding.check, finding.mark.element


def remarks_on_entry(db: Session, entry: Entry) -> Remarks:
    """What is to be said of the public text of an entry. Raises NotFound if it has none."""
    if entry.content is None or entry.digest is None:
        raise NotFound(what="text", ref=entry_number(entry.id))
    around = StoredEntries(db, entry.id)
    reading = Reading(content_from(entry.content), entry_number(entry.id), Stage.FINAL, around)
    return Remarks(entry.digest, lint(reading), answers_to(db, entry.digest))


def answers_to(db: Session, digest: str) -> dict[tuple[str, str], Answer]:
    """The answers given for a text; of several to the same finding the last."""
    return answers_of(db.scalars(answers_given(digest).order_by(col(Waiver.id))))


def answers_given(digest: str) -> Select[Waiver]:
    """The question for the answers to the findings about a text."""
    return select(Waiver).where(col(Waiver.digest) == digest)


def answers_of(found: Iterable[Waiver]) -> dict[tuple[str, str], Answer]:
    """The answers in rows that stand in their order."""
    return {(w.check_id, w.element): Answer(w.reason, w.party, w.signed_at) for w in found}


def waive(db: Session, actor: Actor, remarks: Remarks, check: str, element: str, reason: str) -> None:
    """Sign the reason why a warning does not hold for this text.

    Raises InvalidInput if the text has no such finding, or one that no reason can settle.
    """
    named = [finding for finding in remarks.findings if key_of(finding) == (check, element)]
    if not named:
        raise InvalidInput(field="check", reason="no_such_finding", check=check, element=element)
    if not any(finding.severity is Severity.WARNING for finding in named):
        raise InvalidInput(field="check", reason="not_a_warning", check=check)
    sign(db, actor, remarks.digest, check, element, reason)


def sign(db: Session, actor: Actor, digest: str, check: str, element: str, reason: str) -> None:
    """Keep an answer for a text."""
    if actor.account_id is None:
        raise RuntimeError("a waiver is signed by an account")
    db.add(
        Waiver(
            digest=digest,
            check_id=check,
            element=element,
            reason=reason,
            party=actor.party,
            account_id=actor.account_id,
            signed_at=now(db),
        )
    )
    db.flush()
