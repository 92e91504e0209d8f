"""What is counted over the answers to the query set, and what has to be reached."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from tests.recall.asking import Answer
from tests.recall.queries import NotMeant, OffTopic, Query

FIRST, NEAR = 1, 5

# Of all queries.
LEAST_FIRST, LEAST_NEAR = Fraction(98, 100), Fraction(99, 100)
# Of each class in each language that has at least so many queries.
CLASS_SIZE = 20
LEAST_NEAR_IN_CLASS = Fraction(90, 100)
LEAST_NEAR_DOUBLY_CHANGED = Fraction(85, 100)
DOUBLY_CHANGED = ("typo-inflected", "ru")
# Of the off-topic queries.
MOST_OFF_TOPIC = Fraction(1, 100)
# Of the queries near a term that is not meant.
MOST_MISTAKEN = Fraction(5, 100)

# These say that a term begins with the words or has them in it, or that a text holds them.
NO_CLAIM = ("prefix", "part", "fulltext")


@dataclass
class Recall:
    """How often the entry meant was found, among some queries."""

    queries: int = 0
    first: int = 0
    near: int = 0

    def count(self, rank: int | None) -> None:
        self.queries += 1
        self.first += rank is not None and rank <= FIRST
        self.near += rank is not None and rank <= NEAR

    @property
    def at_first(self) -> Fraction:
        return Fraction(self.first, self.queries)

    @property
    def at_near(self) -> Fraction:
        return Fraction(self.near, self.queries)


@dataclass
class Measured:
    """The counts for one engine."""

    total: Recall = field(default_factory=Recall)
    classes: dict[tuple[str, str], Recall] = field(default_factory=dict)
    """By class and language."""
    misses: list[tuple[Query, Answer]] = field(default_factory=list)
    """The queries whose entry was not first."""
    off_topic: int = 0
    false_hits: list[tuple[OffTopic, Answer]] = field(default_factory=list)
    """The off-topic queries that were taken for a term."""
    not_meant: int = 0
    mistaken: list[tuple[NotMeant, Answer]] = field(default_factory=list)
    """The queries that were taken for a term which they do not mean."""

    def shortfalls(self) -> list[str]:
        """What was not reached, as sentences."""
        found = [
            *_short("all queries, first", self.total.at_first, LEAST_FIRST),
            *_short(f"all queries, among {NEAR}", self.total.at_near, LEAST_NEAR),
        ]
        for name, recall in self.classes.items():
            if recall.queries >= CLASS_SIZE:
                least = LEAST_NEAR_DOUBLY_CHANGED if name == DOUBLY_CHANGED else LEAST_NEAR_IN_CLASS
                found += _short(f"{' '.join(name)}, among {NEAR}", recall.at_near, least)
        answered = Fraction(len(self.false_hits), self.off_topic)
        if answered > MOST_OFF_TOPIC:
            found.append(f"off-topic: {percent(answered)} answered, {percent(MOST_OFF_TOPIC)} allowed")
        if self.mistaken_share > MOST_MISTAKEN:
            found.append(f"not meant: {percent(self.mistaken_share)} mistaken, {percent(MOST_MISTAKEN)} allowed")
        return found

    @property
    def mistaken_share(self) -> Fraction:
        """Of the queries near a term that is not meant, those that were taken for it."""
        return Fraction(len(self.mistaken), self.not_meant) if self.not_meant else Fraction(0)


def rank_of(query: Query, answer: Answer) -> int | None:
    """The place of the first hit that answers a query, counted from 1."""
    return next((place for place, hit in enumerate(answer, 1) if hit.entry in query.entries), None)


def is_taken_for_term(answer: Answer) -> bool:
    """Whether an answer claims that the query is a term."""
    return any(hit.kind not in NO_CLAIM for hit in answer)


def is_mistaken(query: NotMeant, answer: Answer) -> bool:
    """Whether an answer claims that the query is the term which it does not mean."""
    return any(hit.term == query.term and hit.kind not in NO_CLAIM for hit in answer)


def measured(
    queries: Sequence[Query],
    answers: Sequence[Answer],
    off_topic: Sequence[OffTopic],
    others: Sequence[Answer],
    not_meant: Sequence[tuple[NotMeant, Answer]] = (),
) -> Measured:
    """The counts over the answers to the query set, to the off-topic queries and to those near a term."""
    found = Measured(off_topic=len(off_topic), not_meant=len(not_meant))
    found.mistaken = [(query, answer) for query, answer in not_meant if is_mistaken(query, answer)]
    for query, answer in zip(queries, answers, strict=True):
        rank = rank_of(query, answer)
        found.total.count(rank)
        found.classes.setdefault((query.kind, query.language), Recall()).count(rank)
        if rank != FIRST:
            found.misses.append((query, answer))
    pairs = zip(off_topic, others, strict=True)
    found.false_hits = [(query, answer) for query, answer in pairs if is_taken_for_term(answer)]
    return found


def differing(texts: Sequence[str], one: Sequence[Answer], other: Sequence[Answer]) -> list[str]:
    """The queries that were not answered alike: by the same entries, terms, kinds and scores, in one order."""
    return [text for text, mine, theirs in zip(texts, one, other, strict=True) if mine != theirs]


def percent(share: Fraction) -> str:
    """A share as it is printed: rounded down, so that what is missed never looks reached."""
    return f"{int(share * 1000) / 10:.1f} %"


def _short(what: str, reached: Fraction, least: Fraction) -> list[str]:
    return [f"{what}: {percent(reached)} of {percent(least)}"] if reached < least else []
