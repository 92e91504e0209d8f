"""The status of an entry follows from the facts, in every combination of them."""

import itertools

import pytest

from app.entries.status import EntryFacts, EntryStatus, derive_status

COMBINATIONS = [EntryFacts(*facts) for facts in itertools.product((False, True), repeat=5)]


def test_an_entry_is_agreed_exactly_if_a_text_was_adopted_and_nothing_has_ended_it() -> None:
    for facts in COMBINATIONS:
        ended = facts.withdrawn or facts.superseded or facts.diverged
        assert (derive_status(facts) is EntryStatus.AGREED) == (facts.has_version and not ended), facts


def test_an_entry_is_proposed_exactly_if_it_is_under_review_and_nothing_weighs_more() -> None:
    for facts in COMBINATIONS:
        heavier = facts.has_version or facts.withdrawn or facts.superseded or facts.diverged
        assert (derive_status(facts) is EntryStatus.PROPOSED) == (facts.under_review and not heavier), facts


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        (EntryFacts(has_version=True, withdrawn=True, superseded=True), EntryStatus.WITHDRAWN),
        (EntryFacts(has_version=True, superseded=True, diverged=True), EntryStatus.SUPERSEDED),
        (EntryFacts(has_version=True, diverged=True), EntryStatus.DIVERGED),
        (EntryFacts(has_version=True, under_review=True), EntryStatus.AGREED),
        (EntryFacts(), EntryStatus.WITHDRAWN),
    ],
    ids=str,
)
def test_ends_weigh_more_than_texts_and_texts_more_than_proposals(facts: EntryFacts, status: EntryStatus) -> None:
    assert derive_status(facts) is status
