"""The diagram and the tables in docs/workflow.md, made from the table of the workflow itself."""

import re
from inspect import getsource

from app.policy import CERTIFIERS
from app.proposals.workflow import TRANSITIONS, Effect, Joint, State, Transition
from app.texts.faults import FAULTS
from tests.docs.between import DOCS, renewed, table

PAGE = DOCS / "workflow.md"

JOINT = {
    Joint.SIDES: "a co-chair of each side",
    Joint.PARTIES: "each party whose consent is needed",
    Joint.OBJECTORS: "each party whose objection stands",
}


def diagram() -> str:
    """The states and the events that lead from one to another; those that change no state are left out."""
    arrows: dict[tuple[State, State], list[str]] = {}
    for row in TRANSITIONS:
        if row.target is not row.source:
            arrows.setdefault((row.source, row.target), []).append(row.event.value)
    lines = ["stateDiagram-v2", "    [*] --> draft: create"]
    lines += [f"    {source} --> {target}: {' / '.join(events)}" for (source, target), events in arrows.items()]
    left = {row.source for row in TRANSITIONS}
    lines += [f"    {state} --> [*]" for state in State if state not in left]
    return "\n".join(["```mermaid", *lines, "```", ""])


def transitions() -> str:
    """A row for each event with all states from which it leads to the same, in the order of the table."""
    sources: dict[tuple[str, ...], list[str]] = {}
    for row in TRANSITIONS:
        cells = (
            f"`{row.event}`",
            "the same" if row.target is row.source else row.target.value,
            who(row),
            " ".join(f"`{guard.__name__}`" for guard in row.guards),
            JOINT[row.joint] if row.joint else "",
            " ".join(f"`{effect}`" for effect in row.each + row.effects),
        )
        sources.setdefault(cells, []).append(row.source.value)
    events: dict[tuple[str, ...], list[str]] = {}
    for (event, *rest), found in sources.items():
        events.setdefault((", ".join(found), *rest), []).append(event)
    return table(
        ["from", "event", "to", "who", "conditions", "together", "effects"],
        [[source, " ".join(named), *rest] for (source, *rest), named in events.items()],
    )


def who(row: Transition) -> str:
    """Who may cause the event, as app/policy.py names it."""
    if row.who in CERTIFIERS.values():
        return "certifier"
    return row.who.__name__.replace("_", " ")


def callers() -> str:
    """Who is meant, in the words of app/policy.py."""
    rules = {who(row): row.who for row in TRANSITIONS if row.who not in CERTIFIERS.values()}
    told = {name: (rule.__doc__ or "").splitlines()[0] for name, rule in rules.items()}
    told["certifier"] = "Somebody who commands the language, or both of them, and whose party answers for the text."
    return table(["who", "is"], [[name, told[name]] for name in sorted(told)])


def conditions() -> str:
    """What is said where a condition is not met."""
    named = dict.fromkeys(guard.__name__ for row in TRANSITIONS for guard in row.guards)
    return table(["condition", "what is said if it is not met"], [[f"`{name}`", _said(name)] for name in named])


def effects() -> str:
    """What the events do beside changing the state, as the code says of each effect."""
    told = dict(re.findall(r'= "(\w+)"  # (.+)', getsource(Effect)))
    return table(["effect", "what it does"], [[f"`{effect}`", told[effect.value]] for effect in Effect])


def _said(condition: str) -> str:
    return FAULTS[condition].replace("{", "*").replace("}", "*")


PARTS = {
    "diagram": diagram,
    "transitions": transitions,
    "callers": callers,
    "conditions": conditions,
    "effects": effects,
}


def page_renewed(page: str) -> str:
    """The page with everything that is made from the code as it is now."""
    for name, made in PARTS.items():
        page = renewed(page, name, made())
    return page


if __name__ == "__main__":
    PAGE.write_text(page_renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
