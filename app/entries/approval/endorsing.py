"""A higher body approves texts that are adopted already: a new decision on the same versions, without new text."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from app import policy
from app.accounts.actor import Actor
from app.canonical import encode
from app.db import now
from app.entries import operations as entries
from app.entries.approval.schemas import NewEndorsement
from app.entries.approval.tables import Endorsement, EndorsementSignOff
from app.entries.numbers import own_number
from app.entries.presenting import designation
from app.entries.queries import decisions_of
from app.entries.status import EntryStatus
from app.entries.tables import Decision, DecisionMethod, Entry, EntryVersion
from app.errors import InvalidInput, NotPermitted
from app.history import operations as history
from app.history.operations import Happening
from app.history.tables import EntryChange
from app.profile import ApprovalLevel, Profile


@dataclass(frozen=True)
class Endorsed:
    """An endorsement as far as it has come."""

    level: ApprovalLevel
    versions: tuple[str, ...]
    note: str
    recorded: tuple[str, ...]
    """The parties whose co-chairs have recorded it."""
    waits_for: tuple[str, ...]
    """The sides whose co-chairs have not."""
    decision: Decision | None = None


Text = tuple[Entry, EntryVersion]


def endorse(db: Session, actor: Actor, profile: Profile, body: NewEndorsement) -> Endorsed:
    """Record an endorsement as a co-chair; with the last side to record the same, it becomes a decision.

    Raises NotPermitted, InvalidInput.
    """
    members = profile.consenting_on(now(db).date())
    if actor.account_id is None or actor.party is None or not policy.may_endorse(actor, members):
        raise NotPermitted(action="endorse")
    texts = _texts(db, body)
    terms = _terms(body, texts)
    standing = _standing(db, terms)
    if actor.party in {sign_off.party for sign_off in standing}:
        raise InvalidInput(field="versions", reason="recorded_already")
    sign_off = EndorsementSignOff(
        level=body.level, terms=terms, party=actor.party, account_id=actor.account_id, signed_at=now(db)
    )
    db.add(sign_off)
    db.flush()
    endorsed = _come_to(profile, members, [*standing, sign_off])
    designations = list(endorsed.versions)
    history.record(
        db, actor, Happening("decision.endorse"), level=body.level.value, versions=designations, note=body.note
    )
    if endorsed.waits_for:
        return endorsed
    decision = _decide(db, actor, profile, body, members, texts)
    for one in (*standing, sign_off):
        one.decision_id = decision.id
    db.flush()
    return replace(endorsed, decision=decision)


def waiting_endorsements(db: Session, profile: Profile) -> list[Endorsed]:
    """What some side has recorded and others have not, as long as the texts are still the current ones."""
    members = profile.consenting_on(now(db).date())
    query = select(EndorsementSignOff).where(col(EndorsementSignOff.decision_id).is_(None))
    by_terms: dict[str, list[EndorsementSignOff]] = {}
    for sign_off in db.scalars(query.order_by(col(EndorsementSignOff.id))):
        by_terms.setdefault(sign_off.terms, []).append(sign_off)
    return [_come_to(profile, members, signed) for signed in by_terms.values() if _stands(db, signed[0])]


def _texts(db: Session, body: NewEndorsement) -> list[Text]:
    """The texts to endorse, each once, by entry. Raises InvalidInput."""
    wanted = {name.split("/")[0]: name for name in body.versions}
    if len(wanted) < len(body.versions):
        raise InvalidInput(field="versions", reason="stands_twice")
    ids = {place: own_number(name.split("/")[0]) for place, name in enumerate(body.versions)}
    found = {e.id: e for e in db.scalars(select(Entry).where(col(Entry.id).in_(ids.values())))}
    current = decisions_of(db, list(found.values()))
    texts: list[Text] = []
    for place, name in enumerate(body.versions):
        field, entry = f"versions.{place}", found.get(ids[place] or 0)
        if entry is None or entry.status is not EntryStatus.AGREED or designation(current[entry.id][0]) != name:
            raise InvalidInput(field=field, reason="not_the_current_version", value=name)
        if not level_of(db, entry, current[entry.id][1]).is_below(body.level):
            raise InvalidInput(field=field, reason="level_not_above", value=name)
        texts.append((entry, current[entry.id][0]))
    return sorted(texts, key=lambda text: text[0].id)


def level_of(db: Session, entry: Entry, adopted_by: Decision) -> ApprovalLevel:
    """How far up the current text of an entry is approved."""
    if entry.endorsed_by is None:
        return adopted_by.level
    return db.get_one(Decision, entry.endorsed_by).level


def _terms(body: NewEndorsement, texts: Sequence[Text]) -> str:
    versions = {designation(version): version.digest for _, version in texts}
    return encode({"level": body.level.value, "note": body.note, "versions": versions})


def _standing(db: Session, terms: str) -> Sequence[EndorsementSignOff]:
    query = select(EndorsementSignOff).where(
        col(EndorsementSignOff.decision_id).is_(None), col(EndorsementSignOff.terms) == terms
    )
    return db.scalars(query.order_by(col(EndorsementSignOff.id))).all()


def _stands(db: Session, signed: EndorsementSignOff) -> bool:
    terms = json.loads(signed.terms)
    body = NewEndorsement(level=signed.level, versions=list(terms["versions"]), note=terms["note"])
    try:
        return _terms(body, _texts(db, body)) == signed.terms
    except InvalidInput:
        return False


def _come_to(profile: Profile, members: frozenset[str], signed: Sequence[EndorsementSignOff]) -> Endorsed:
    terms = json.loads(signed[0].terms)
    recorded = {sign_off.party for sign_off in signed} & members
    missing = profile.sides_of(members).keys() - profile.sides_of(recorded).keys()
    return Endorsed(
        level=signed[0].level,
        versions=tuple(terms["versions"]),
        note=terms["note"],
        recorded=tuple(sorted(recorded)),
        waits_for=tuple(sorted(missing)),
    )


def _decide(
    db: Session,
    actor: Actor,
    profile: Profile,
    body: NewEndorsement,
    members: frozenset[str],
    texts: Sequence[Text],
) -> Decision:
    """The decision; the texts stay what they are, and are shown at their new level."""
    decision = entries.new_decision(
        db,
        method=DecisionMethod.ENDORSEMENT,
        level=body.level,
        parties=members,
        explicit=members,
        note=body.note,
    )
    for entry, version in texts:
        db.add(Endorsement(decision_id=decision.id or 0, entry_id=entry.id, version=version.number))
        entry.endorsed_by = decision.id
        entry.ad_referendum = body.level.is_below(profile.agreed_from)
        entry.updated_at = decision.made_at
        db.flush()
        happening = Happening(
            "entry.endorse", entry_id=entry.id, change=EntryChange.ENDORSED, before=entry.digest, after=entry.digest
        )
        history.record(db, actor, happening, decision=decision.number, on_version=version.number)
    return decision
