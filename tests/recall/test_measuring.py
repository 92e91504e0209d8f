"""What is counted, on answers made by hand."""

from fractions import Fraction
from io import StringIO

import pytest
from rich.console import Console

from tests.recall.asking import Answer, Hit
from tests.recall.measuring import Measured, differing, measured, percent, rank_of
from tests.recall.queries import NotMeant, OffTopic, Query
from tests.recall.report import print_misses, print_report

WARHEAD = ("TMD-0020", "TMD-0023")
FALSE_FRIEND = OffTopic("головная боль", "ru")


def query(kind: str = "inflected", text: str = "боеголовки") -> Query:
    return Query(text, kind, "ru", WARHEAD, "боеголовка")


def answer(*entries: str, kind: str = "inflected") -> Answer:
    return tuple(Hit(entry, "термин", kind, 0.9) for entry in entries)


def counted(found: int, asked: int, kind: str = "inflected", false_hits: int = 0) -> Measured:
    """The counts where so many of the queries are answered, and so many of 100 off-topic ones."""
    given = [answer("TMD-0023")] * found + [answer()] * (asked - found)
    others = [answer("TMD-0170")] * false_hits + [answer()] * (100 - false_hits)
    return measured([query(kind)] * asked, given, [FALSE_FRIEND] * 100, others)


@pytest.mark.parametrize(
    ("entries", "rank"),
    [
        (["TMD-0020"], 1),
        (["TMD-0024", "TMD-0023", "TMD-0020"], 2),
        (["TMD-0024"], None),
        ([], None),
    ],
)
def test_the_rank_is_that_of_the_first_hit_which_answers(entries: list[str], rank: int | None) -> None:
    assert rank_of(query(), answer(*entries)) == rank


def test_a_sixth_place_counts_neither_as_first_nor_as_near() -> None:
    others = [f"TMD-{number:04}" for number in range(1, 6)]
    found = measured([query()] * 2, [answer(*others, "TMD-0020"), answer(*others[1:], "TMD-0020")], [], [])
    assert (found.total.first, found.total.near) == (0, 1)
    assert [missed for missed, _ in found.misses] == [query()] * 2


def test_nothing_falls_short_at_the_goals_themselves() -> None:
    assert counted(99, 100, false_hits=1).shortfalls() == []


def test_each_goal_that_is_missed_is_named() -> None:
    assert counted(97, 100).shortfalls() == [
        "all queries, first: 97.0 % of 98.0 %",
        "all queries, among 5: 97.0 % of 99.0 %",
    ]
    assert counted(100, 100, false_hits=2).shortfalls() == ["off-topic: 2.0 % answered, 1.0 % allowed"]


@pytest.mark.parametrize(
    ("kind", "found", "asked", "short"),
    [
        ("inflected", 17, 20, True),
        ("inflected", 18, 20, False),
        ("inflected", 10, 19, False),
        ("typo-inflected", 17, 20, False),
        ("typo-inflected", 16, 20, True),
    ],
)
def test_a_class_falls_short_if_it_is_large_enough(kind: str, found: int, asked: int, short: bool) -> None:
    named = [line for line in counted(found, asked, kind).shortfalls() if line.startswith(f"{kind} ru")]
    assert bool(named) is short


@pytest.mark.parametrize("kind", ["prefix", "part", "fulltext"])
def test_a_hit_that_does_not_claim_to_be_the_term_is_no_false_hit(kind: str) -> None:
    found = measured([query()], [answer("TMD-0020")], [FALSE_FRIEND], [answer("TMD-0170", kind=kind)])
    assert found.false_hits == []


@pytest.mark.parametrize(("mistaken", "short"), [(0, False), (1, False), (2, True)])
def test_a_query_near_a_term_falls_short_if_it_is_taken_for_it_too_often(mistaken: int, short: bool) -> None:
    near = NotMeant("целый", "ru", "термин")
    given = [(near, answer("TMD-0243"))] * mistaken + [(near, answer("TMD-0243", kind="part"))] * (20 - mistaken)
    found = measured([query()], [answer("TMD-0020")], [FALSE_FRIEND], [answer()], given)
    assert len(found.mistaken) == mistaken
    assert found.shortfalls() == (["not meant: 10.0 % mistaken, 5.0 % allowed"] if short else [])


def test_a_query_near_a_term_may_well_be_another_term() -> None:
    given = [(NotMeant("целый", "ru", "цель"), answer("TMD-0243"))]
    assert measured([query()], [answer("TMD-0020")], [FALSE_FRIEND], [answer()], given).mistaken == []


def test_answers_differ_by_their_hits_and_by_their_order() -> None:
    one = [answer("TMD-0020", "TMD-0023"), answer("TMD-0001"), answer()]
    other = [answer("TMD-0023", "TMD-0020"), answer("TMD-0001"), answer("TMD-0001", kind="prefix")]
    assert differing(["боеголовки", "ракеты", "цель"], one, other) == ["боеголовки", "цель"]


def test_a_share_is_never_rounded_up_to_a_goal() -> None:
    assert percent(Fraction(9899, 10000)) == "98.9 %"
    assert percent(Fraction(1)) == "100.0 %"


def test_the_report_says_what_was_counted_and_the_misses_what_was_found_instead() -> None:
    given = [answer("TMD-0024"), answer("TMD-0020")]
    near = [(NotMeant("целый", "ru", "термин"), answer("TMD-0243"))]
    found = measured([query(text="раке\u0301[ты]"), query()], given, [FALSE_FRIEND], [answer("TMD-0170")], near)
    out = StringIO()
    console = Console(file=out, width=160)
    print_report(console, {"sqlite": found}, ["цель"])
    print_misses(console, {"sqlite": found}, ["цель"])
    printed = out.getvalue()
    for told in (
        "50.0 %",
        "1 of 1 off-topic",
        "1 of 1 queries near a term",
        "not термин",
        "1 answers differ",
        "falls short",
        "раке\\u0301[ты]",
        "TMD-0170",
    ):
        assert told in printed, told
