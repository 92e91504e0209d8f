"""What must hold whatever happens, on both databases."""

from collections import Counter

from hypothesis import HealthCheck, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.proposals.invariants.machine import Agreement

# Few and long: it takes a dozen steps to agree, and more to disagree about what was agreed. Each history is a run
# of its own: the first example of a run is always the simplest, and runs do not steer one another.
HISTORIES = settings(
    max_examples=2,
    stateful_step_count=60,
    deadline=None,
    database=None,
    suppress_health_check=[*HealthCheck],
)
SEEDS = range(8)
MUST_HAVE_HAPPENED = {
    f"proposal.{event}" for event in ("agree", "break", "drop-out", "expire", "lapse", "pull", "reserve", "revise")
} | {"entry.state", "not_permitted"}
"""Without these the histories would show little."""


def test_whatever_happens_the_record_holds(shared_engine) -> None:
    met: Counter[str] = Counter()

    class OnThisEngine(Agreement):
        connect = staticmethod(shared_engine.connect)
        reached = met

    for number in SEEDS:
        run_state_machine_as_test(seed(number)(OnThisEngine), settings=HISTORIES)
    assert met.keys() >= MUST_HAVE_HAPPENED
