"""docs/workflow.md and docs/permissions.md say what the table of the workflow says."""

import pytest

from app.accounts.actor import Role
from app.proposals.workflow import TRANSITIONS, Event
from tests.docs import permissions_page, workflow_page
from tests.proposals.matrix.callers import permitted


@pytest.mark.parametrize("made", [workflow_page, permissions_page])
def test_the_page_is_that_of_the_code(made) -> None:
    page = made.PAGE.read_text(encoding="utf-8")
    assert page == made.page_renewed(page), f"run: .venv/bin/python -m {made.__name__}"


@pytest.mark.parametrize("made", [workflow_page, permissions_page])
def test_a_page_that_is_stale_is_noticed(made) -> None:
    stale = made.PAGE.read_text(encoding="utf-8").replace("co-chair", "chair")
    assert stale != made.page_renewed(stale)


def test_the_diagram_has_every_event_that_changes_a_state() -> None:
    drawn = workflow_page.diagram()
    for row in TRANSITIONS:
        arrow = [line for line in drawn.splitlines() if line.startswith(f"    {row.source} --> {row.target}:")]
        assert len(arrow) == (row.target is not row.source)
        assert all(row.event in line.partition(": ")[2].split(" / ") for line in arrow)


def test_roles_that_the_matrix_leaves_out_cause_nothing() -> None:
    idle = {role for role in Role if role not in permissions_page.ROLES}
    causing = {caller.role for row in TRANSITIONS for caller in permitted(row.source, row.event)}
    assert not causing & idle


def test_only_the_clock_causes_what_time_does() -> None:
    nobody = {row.event for row in TRANSITIONS if not list(permitted(row.source, row.event))}
    assert nobody == {Event.EXPIRE, Event.LAPSE, Event.DROP_OUT}
