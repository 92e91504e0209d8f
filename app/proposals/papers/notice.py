"""The silence notice, `N(2026)0009`."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from app.entries.canonical import content_from
from app.entries.numbers import entry_number
from app.profile import Profile
from app.proposals.papers.paper import (
    Block,
    Content,
    Facts,
    Heading,
    Paper,
    Paragraph,
    Points,
    Table,
    cell,
    facts,
    line,
    table,
)
from app.proposals.papers.texts import heads
from app.proposals.papers.words import SECRETARIAT, Words
from app.proposals.silence.extending import extensions_of
from app.proposals.silence.opening import days_of
from app.proposals.silence.tables import Extension, Silence, SilenceItem
from app.proposals.tables import Proposal, ProposalRevision
from app.texts.catalogues import N_

TITLE = N_("Notice of a silence procedure")
_OPENED = N_("On {day}, the co-chairs put the texts listed below under silence procedure {silence}.")
_RULE = N_(
    "Unless a party breaks silence by the time stated below, the texts are adopted as they stand at that very"
    " instant."
)
_IN_TIME = N_("What is received at that very instant is in time; what is received later is not.")
_PROCEDURE = N_("Silence procedure")
_OPENING = N_("Opened at")
_PERIOD = N_("Period")
_EXPIRY = N_("Silence expires at")
_PARTIES = N_("Parties that may break silence")
_BUNDLE = N_("Digest of the texts together (SHA-256)")
_TEXTS = N_("Texts under silence")
_PROPOSAL = N_("Proposal")
_ENTRY = N_("Entry")
_DIGEST = N_("Digest (SHA-256)")
_URGENCY = N_("Urgency was refused by: {party}. The normal period applies.")
_EXTENSIONS = N_("Extensions")
_ASKED_BY = N_("Requested by")
_DAYS = N_("Working days")
_REASON = N_("Reason given")
_NEW_EXPIRY = N_("New expiry")
_WAITS = N_("not granted so far")
_HOW = N_("How silence is broken")
_RULES = (
    N_(
        "Only the authorised representative of a party named above breaks silence, in writing and before the time"
        " expires."
    ),
    N_(
        "The objection names the entry, the element and the language, and says whether it is one of substance, of"
        " language, of concordance or of procedure."
    ),
    N_(
        "It gives the reason and the text proposed instead, in the language of the party; the other languages may"
        " follow within ten working days."
    ),
    N_(
        "A party that cannot accept the concept itself says so and gives its reasons; in that case alone no other"
        " text is needed."
    ),
    N_("Only the entries objected to, and those that depend on them, leave the procedure; the rest proceeds."),
    N_("Editorial remarks do not break silence."),
    N_("Before the time expires, any party may ask for more; an extension holds for all parties."),
)


def notice(db: Session, silence: Silence, profile: Profile, words: Words) -> Paper:
    """What is sent to the parties when silence opens, and again when its end is moved."""
    return Paper(words.language, silence.notice, words.say(TITLE), tuple(_blocks(db, silence, profile, words)))


def _blocks(db: Session, silence: Silence, profile: Profile, words: Words) -> Iterator[Block]:
    yield Paragraph(line(words.say(_OPENED, day=words.day(silence.opened_at), silence=silence.number)))
    yield Paragraph(line(words.say(_RULE)))
    yield _particulars(silence, profile, words)
    yield Paragraph(line(words.say(_IN_TIME)))
    if silence.urgency_refused_by is not None:
        yield Paragraph(line(words.say(_URGENCY, party=words.party(silence.urgency_refused_by))))
    yield _texts(db, silence, words)
    if extensions := extensions_of(db, silence):
        head = words.columns(_ASKED_BY, _DAYS, _REASON, _NEW_EXPIRY)
        yield table(words.say(_EXTENSIONS), head, [_extension(one, words) for one in extensions])
    yield Heading(words.say(_HOW))
    yield Points(tuple(line(words.say(rule)) for rule in _RULES))
    yield Paragraph(line(words.say(SECRETARIAT)))


def _particulars(silence: Silence, profile: Profile, words: Words) -> Facts:
    days = days_of(silence.period, profile.silence)
    counted = words.ngettext("{count} working day", "{count} working days", days)
    return facts(
        (words.say(_PROCEDURE), silence.number),
        (words.say(_OPENING), words.instant(silence.opened_at)),
        (words.say(_PERIOD), f"{words.code(silence.period)}, {counted}"),
        (words.say(_EXPIRY), words.instant(silence.expires_at)),
        (words.say(_PARTIES), words.parties(silence.consensus_set.split())),
        (words.say(_BUNDLE), silence.bundle),
    )


def _texts(db: Session, silence: Silence, words: Words) -> Table:
    query = (
        select(Proposal, ProposalRevision)
        .join(SilenceItem, col(SilenceItem.proposal_id) == col(Proposal.id))
        .join(
            ProposalRevision,
            (col(ProposalRevision.proposal_id) == col(Proposal.id))
            & (col(ProposalRevision.number) == col(SilenceItem.revision)),
        )
        .where(col(SilenceItem.silence_id) == silence.id)
        .order_by(col(Proposal.id))
    )
    rows: list[tuple[Content, ...]] = [
        (
            f"{proposal.number}-R{revision.number}",
            entry_number(proposal.entry_id) if proposal.entry_id is not None else "",
            *heads(content_from(revision.content)),
            revision.digest,
        )
        for proposal, revision in db.execute(query)
    ]
    head = [*words.columns(_PROPOSAL, _ENTRY), *words.languages(), *words.columns(_DIGEST)]
    return table(words.say(_TEXTS), head, rows)


def _extension(extension: Extension, words: Words) -> tuple[Content, ...]:
    expiry = words.instant(extension.expires_at) if extension.expires_at is not None else cell(words.say(_WAITS))
    return words.party(extension.party), str(extension.working_days), extension.reason, expiry
