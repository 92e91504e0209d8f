"""The rules of the workflow in words of their own: who may cause which event, and where it leads.

Written from the specification and held against the table, from which nothing here is taken.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from app.accounts.actor import Actor, Role
from app.policy import Work
from app.proposals.workflow import EVERYTHING, Event, Facts, Signed, State

# A plural acts together: the co-chairs of all sides, the representatives of all parties, all that objected.
TOGETHER = ("co-chairs", "representatives", "objectors")

WORDS = """
state           event                 leads to        who             what else it does

draft           revise                draft           its drafters
draft           submit                submitted       its drafters
draft           withdraw              withdrawn       its drafters
draft           lapse                 lapsed          time            close_entry

submitted       return                returned        secretariat
submitted       reject                rejected        secretariat
submitted       accept                in_review       secretariat     open_entry
submitted       withdraw              withdrawn       its drafters

returned        revise                returned        its drafters
returned        resubmit              submitted       its drafters
returned        withdraw              withdrawn       its drafters
returned        lapse                 lapsed          time            close_entry

in_review       revise                in_review       all drafters    refresh_entry
in_review       certify-en            in_review       lead en         certify
in_review       certify-fr            in_review       lead fr         certify
in_review       certify-ru            in_review       lead ru         certify
in_review       certify-en-fr         in_review       reviewer en fr  certify
in_review       certify-en-ru         in_review       reviewer en ru  certify
in_review       certify-fr-ru         in_review       reviewer fr ru  certify
in_review       finalise              ready           secretariat
in_review       decline               rejected        co-chairs       close_entry
in_review       defer                 deferred        co-chairs
in_review       diverge               diverged        co-chairs       diverge
in_review       withdraw              withdrawn       its drafters    close_entry
in_review       concur                in_review       representative  take_position
in_review       abstain               in_review       representative  take_position
in_review       object                in_review       representative  take_position
in_review       reserve               in_review       representative  take_position

ready           reopen-review         in_review       secretariat
ready           open-silence          under_silence   co-chairs
ready           table                 tabled          co-chair
ready           defer                 deferred        co-chairs
ready           diverge               diverged        co-chairs       diverge
ready           withdraw              withdrawn       its drafters    close_entry
ready           concur                ready           representative  take_position
ready           abstain               ready           representative  take_position
ready           object                ready           representative  take_position
ready           reserve               ready           representative  take_position

under_silence   expire                adopted         time            adopt
under_silence   break                 objected        representative  object
under_silence   pull                  in_review       co-chairs
under_silence   drop-out              ready           time
under_silence   concur                under_silence   representative  take_position
under_silence   abstain               under_silence   representative  take_position
under_silence   reserve               under_silence   representative  take_position

objected        open-reconciliation   in_review       secretariat
objected        withdraw-objection    ready           objectors       lift_objection
objected        defer                 deferred        co-chairs
objected        diverge               diverged        co-chairs       diverge
objected        withdraw              withdrawn       its drafters    close_entry
objected        object                objected        representative  take_position

tabled          agree                 adopted         co-chairs       adopt
tabled          agree-ad-referendum   ad_referendum   co-chairs       show_referendum
tabled          no-consensus          in_review       co-chairs
tabled          decline               rejected        co-chairs       close_entry
tabled          defer                 deferred        co-chairs
tabled          diverge               diverged        co-chairs       diverge
tabled          concur                tabled          representative  take_position
tabled          abstain               tabled          representative  take_position
tabled          object                tabled          representative  take_position
tabled          reserve               tabled          representative  take_position

ad_referendum   confirm               adopted         representatives adopt
ad_referendum   refuse                objected        representative  object show_referendum
ad_referendum   expire                adopted         time            adopt
ad_referendum   drop-out              ready           time            show_referendum
ad_referendum   concur                ad_referendum   representative  take_position
ad_referendum   abstain               ad_referendum   representative  take_position
ad_referendum   reserve               ad_referendum   representative  take_position

deferred        withdraw              withdrawn       its drafters    close_entry
deferred        lapse                 lapsed          time            close_entry
"""


@dataclass(frozen=True)
class Said:
    """One line of the words."""

    state: State
    event: Event
    target: State
    who: str
    effects: tuple[str, ...]

    @property
    def together(self) -> bool:
        return self.who in TOGETHER

    @property
    def at_once(self) -> tuple[str, ...]:
        """What it does while others are still waited for: an objection is lifted by the party that made it."""
        return self.effects if self.who == "objectors" else ()


def _read(words: str) -> Iterator[Said]:
    heading, *lines = (line for line in words.splitlines() if line)
    starts = [heading.index(name) for name in ("state", "event", "leads", "who", "what")]
    for line in lines:
        cells = [line[a:b].strip() for a, b in zip(starts, [*starts[1:], None], strict=True)]
        state, event, target, who, effects = cells
        yield Said(State(state), Event(event), State(target), who, tuple(effects.split()))


RULES = {(said.state, said.event): said for said in _read(WORDS)}

BOTH = frozenset({"nato", "russia"})
DRAFT_FOR_A_PARTY = {Role.DELEGATE, Role.REPRESENTATIVE, Role.LANGUAGE_LEAD, Role.CO_CHAIR}
ANSWERS = {"nato": frozenset({"en", "fr"}), "russia": frozenset({"ru"})}
"""Who answers for the text of which language; whoever is not named, for all."""
PARTS = ("en", "fr", "ru", "en-fr", "en-ru", "fr-ru")


def expected(actor: Actor, said: Said | None, party: str | None) -> bool:
    """Whether the words let the actor cause the event on a proposal of the party, to which only Russia objects."""
    if said is None:
        return False
    who, *languages = said.who.split() if said.who.startswith(("lead", "reviewer")) else [said.who]
    commands = not actor.languages or actor.languages >= set(languages)
    drafts, takes_in = bool(actor.roles & DRAFT_FOR_A_PARTY), Role.SECRETARIAT in actor.roles
    own = (takes_in and actor.party is None) if party is None else (actor.party == party and (drafts or takes_in))
    match who:
        case "its drafters":
            return own
        case "all drafters":
            return own or (actor.party is not None and (drafts or takes_in))
        case "secretariat":
            return takes_in
        case "co-chair" | "co-chairs":
            return Role.CO_CHAIR in actor.roles and actor.party in BOTH
        case "representative" | "representatives":
            return Role.REPRESENTATIVE in actor.roles and actor.party in BOTH
        case "objectors":
            return Role.REPRESENTATIVE in actor.roles and actor.party == "russia"
        case "lead":
            answers = actor.party not in ANSWERS or languages[0] in ANSWERS[actor.party]
            return Role.LANGUAGE_LEAD in actor.roles and commands and answers
        case "reviewer":
            return bool(actor.roles & {Role.LANGUAGE_LEAD, Role.EXPERT}) and commands
        case "time":
            return actor.is_clock
    raise ValueError(said.who)


# ---- a proposal on which everything is as it should be

AT = datetime(2026, 11, 26, 16, 0, tzinfo=UTC)
LATER = AT + timedelta(microseconds=1)


def work(state: State, party: str | None = "nato") -> Work:
    """A proposal of a party as it stands in a state, to which only Russia objects."""
    return Work(
        party=party,
        is_shared=state not in (State.DRAFT, State.SUBMITTED, State.RETURNED),
        is_submitted=state is not State.DRAFT,
        consensus_set=BOTH,
        answers=ANSWERS,
        objectors=frozenset({"russia"}),
    )


def facts(state: State, event: Event, party: str | None = "nato", **others) -> Facts:
    """What every condition of the event asks for; `others` spoil it."""
    waits_for_time = event in (Event.EXPIRE, Event.LAPSE)
    right = Facts(
        state=state,
        work=work(state, party),
        now=LATER if waits_for_time else AT,
        deadline=AT,
        given=replace(EVERYTHING, terms=""),
        languages=frozenset({"en", "fr", "ru"}),
        certified=frozenset() if event.startswith("certify") else frozenset(PARTS),
    )
    return replace(right, **others)


def signed_by(event: Event, *parties: str, terms: str = "") -> dict[str, Signed]:
    """What these parties have recorded."""
    return {party: Signed(event, terms) for party in parties}
