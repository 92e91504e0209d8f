"""What must hold whatever happens, on both databases."""

from collections import Counter

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.proposals.invariants.machine import Agreement

# Few and long: it takes a dozen steps to agree, and more to disagree about what was agreed.
HISTORIES = settings(
    max_examples=10,
    stateful_step_count=60,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[*HealthCheck],
)
MUST_HAVE_HAPPENED = {
    f"proposal.{event}" for event in ("agree", "break", "drop-out", "expire", "lapse", "pull", "reserve", "revise")
} | {"silence.extend", "entry.state", "not_permitted", "stale_base"}
"""Without these the histories would show little."""


def test_whatever_happens_the_record_holds(shared_engine) -> None:
    met: Counter[str] = Counter()

    class OnThisEngine(Agreement):
        connect = staticmethod(shared_engine.connect)
        reached = met

    run_state_machine_as_test(OnThisEngine, settings=HISTORIES)
    assert met.keys() >= MUST_HAVE_HAPPENED
