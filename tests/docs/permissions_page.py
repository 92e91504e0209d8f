"""The tables in docs/permissions.md: what the engine answers when every caller is tried in every state."""

from collections.abc import Iterable
from itertools import chain, combinations

from app import policy
from app.accounts.actor import Actor, Role
from app.languages.codes import LANGUAGES
from app.policy import Work
from app.proposals.workflow import CERTIFIES, TRANSITIONS, Event, Facts, State, judge
from tests.docs.between import DOCS, renewed, table
from tests.proposals.matrix.callers import CALLERS, MOMENT, Relation, permitted, work

PAGE = DOCS / "permissions.md"
ROLES = [role for role in Role if role not in (Role.READER, Role.AUDITOR, Role.ADMIN)]
"""Those that may cause anything at all; a test holds that the others may not."""


def matrix() -> str:
    """A row for each event and the states in which the same callers may cause it, a column a role."""
    rows: dict[tuple[str, ...], list[str]] = {}
    for row in TRANSITIONS:
        callers = list(permitted(row.source, row.event))
        cells = [_relations(caller.relation for caller in callers if caller.role is role) for role in ROLES]
        if any(cells):
            rows.setdefault((f"`{row.event}`", *cells), []).append(row.source.value)
    together: dict[tuple[str, ...], list[str]] = {}
    for (event, *cells), states in rows.items():
        together.setdefault((", ".join(states), *cells), []).append(event)
    found = [[" ".join(events), states, *cells] for (states, *cells), events in together.items()]
    return table(["event", "in", *(f"`{role}`" for role in ROLES)], found)


def readers() -> str:
    """Who sees a proposal, by its state."""
    rows: dict[tuple[str, ...], list[str]] = {}
    for state in State:
        seen = work(state)
        callers = [caller for caller in CALLERS if policy.reader_of_proposal(caller.actor(), seen)]
        cells = [_relations(caller.relation for caller in callers if caller.role is role) for role in Role]
        rows.setdefault(tuple(cells), []).append(state.value)
    return table(
        ["state", *(f"`{role}`" for role in Role)],
        [[", ".join(states), *cells] for cells, states in rows.items()],
    )


def languages() -> str:
    """Which languages a token must be good for, and which the caller's party must answer for, to certify a part."""
    rows = []
    for event in CERTIFIES:
        for role in (Role.LANGUAGE_LEAD, Role.EXPERT):
            tokens = [limit for limit in _subsets() if _certifies(event, role, limit, None)]
            answers = [answered for answered in _subsets() if _certifies(event, role, (), answered)]
            if tokens:
                rows.append([f"`{event}`", f"`{role}`", _smallest(tokens), _smallest(answers)])
    return table(["event", "role", "languages of the token", "languages that the party answers for"], rows)


def _certifies(event: Event, role: Role, limit: tuple[str, ...], answered: tuple[str, ...] | None) -> bool:
    actor = Actor(account_id=1, party="nato", roles=frozenset({role}), languages=frozenset(limit))
    answers = {} if answered is None else {"nato": frozenset(answered)}
    seen = Work("nato", True, True, frozenset({"nato", "russia"}), answers=answers)
    return judge(Facts(State.IN_REVIEW, seen, MOMENT), event, actor).permitted


def _subsets() -> list[tuple[str, ...]]:
    """All sets of languages, the smallest first; the empty one of a token means that it is good for all."""
    return list(chain.from_iterable(combinations(LANGUAGES, size) for size in range(4)))


def _smallest(found: list[tuple[str, ...]]) -> str:
    """The smallest sets that are enough."""
    named = [one for one in found if one]
    least = [one for one in named if not any(set(other) < set(one) for other in named)]
    if () in found and len(least) == len(LANGUAGES):
        return "any"
    return " or ".join(" and ".join(one) for one in least)


def _relations(found: Iterable[Relation]) -> str:
    relations = set(found)
    if relations == {*Relation}:
        return "all"
    return ", ".join(relation for relation in Relation if relation in relations)


PARTS = {"readers": readers, "matrix": matrix, "languages": languages}


def page_renewed(page: str) -> str:
    """The page with all tables as they are now."""
    for name, made in PARTS.items():
        page = renewed(page, name, made())
    return page


if __name__ == "__main__":
    PAGE.write_text(page_renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
