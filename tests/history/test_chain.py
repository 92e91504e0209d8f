"""The hash chain, re-computed without a database."""

import hashlib
from itertools import pairwise
from typing import Any

import pytest
import rfc8785

from app.history.chain import GENESIS, event_hash, first_broken_link

Link = tuple[int, dict[str, Any], str, str]


def chain(length: int = 4) -> list[Link]:
    """An unbroken log."""
    links: list[Link] = []
    previous = GENESIS
    for seq in range(1, length + 1):
        fields = {
            "seq": seq,
            "action": "proposal.agree",
            "detail": f'{{"reason":"Принято № {seq}"}}',
            "party": None,
        }
        links.append((seq, fields, previous, event_hash(fields, previous)))
        previous = links[-1][3]
    return links


def test_the_hash_is_sha_256_over_rfc_8785_json() -> None:
    fields = {"seq": 1, "action": "proposal.agree", "detail": "«ёлка»", "party": None, "entry": 17}
    expected = hashlib.sha256(rfc8785.dumps({**fields, "previous": GENESIS})).hexdigest()
    assert event_hash(fields, GENESIS) == expected


def test_an_unbroken_chain_has_no_broken_link() -> None:
    assert first_broken_link([]) is None
    assert first_broken_link(chain()) is None


@pytest.mark.parametrize("place", range(4))
def test_a_changed_field_shows_at_its_own_event(place: int) -> None:
    links = chain()
    seq, fields, previous, stored = links[place]
    links[place] = (seq, fields | {"action": "proposal.declinе"}, previous, stored)
    assert first_broken_link(links) == seq


def test_a_changed_event_with_a_fitting_hash_shows_at_the_next() -> None:
    links = chain()
    seq, fields, previous, _ = links[1]
    changed = fields | {"party": "nato"}
    links[1] = (seq, changed, previous, event_hash(changed, previous))
    assert first_broken_link(links) == 3


@pytest.mark.parametrize("place", range(3))
def test_a_missing_event_shows_at_the_one_after_it(place: int) -> None:
    links = chain()
    del links[place]
    assert first_broken_link(links) == place + 2


def test_a_missing_event_shows_even_if_the_rest_was_numbered_anew() -> None:
    links = chain()
    del links[1]
    renumbered = [(seq, *link[1:]) for seq, link in enumerate(links, 1)]
    assert first_broken_link(renumbered) == 2


def test_events_in_another_order_break_the_chain() -> None:
    links = chain()
    links[1], links[2] = links[2], links[1]
    assert first_broken_link(links) == 3


def test_an_event_put_in_between_breaks_the_chain() -> None:
    links = chain()
    fields = {"seq": 2, "action": "proposal.withdraw"}
    links.insert(1, (2, fields, links[0][3], event_hash(fields, links[0][3])))
    assert first_broken_link(links) == 2


def test_each_event_names_the_hash_of_the_one_before() -> None:
    assert all(before[3] == after[2] for before, after in pairwise(chain()))
