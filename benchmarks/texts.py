"""Finding terms in running text: the service beside the least that it has to do, and a plain automaton."""

import gc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice, product
from multiprocessing import get_context
from statistics import median

from ahocorasick_rs import AhoCorasick, MatchKind

from app.entries.content import Term
from app.entries.indexing.rows import IndexedTerm
from app.languages.codes import LANGUAGES, LanguageCode
from app.languages.stems import stem
from app.languages.words import words
from app.search.recognition import Recogniser, Sample, Wanted
from benchmarks import synthetic
from benchmarks.clock import Clock
from benchmarks.data import Loaded
from benchmarks.memory import megabytes
from benchmarks.queries import declined
from benchmarks.report import Goal, Part, Table, ratio

TERMS = (10_000, 100_000)
PLANTED = 0.1
"""The share of the text that is made of terms, in another form; the rest is the prose of the shipped glossary."""
CHARACTERS = 500_000
BUILT_SECONDS, TERM_BYTES = 5.0, 1_000

FLOOR, PLAIN, SERVICE = "words and stems alone", "ahocorasick_rs alone", "the service"


@dataclass(frozen=True)
class Found:
    """What was measured for one language and number of terms."""

    language: LanguageCode
    terms: int
    occurrences: int
    built: float
    """Seconds."""
    bytes_a_term: float
    first: dict[str, float]
    """Megabytes a second when the words of the text are new."""
    speeds: dict[str, list[float]]
    """Megabytes a second in each round."""

    def speed(self, name: str) -> float:
        return median(self.speeds[name])

    def share(self, of: str) -> float:
        return median(own / other for own, other in zip(self.speeds[SERVICE], self.speeds[of], strict=True))


def measure(loaded: Loaded, *, rounds: int, say: Callable[[str], None]) -> Part:
    """Each language and number of terms in a process of its own, whose memory is looked at."""
    found = []
    prose = loaded.prose()
    for language, count in product(LANGUAGES, TERMS):
        say(f"running text, {language}, {count:,} terms")
        with get_context("spawn").Pool(1) as pool:
            found.append(pool.apply(_measured, (language, count, prose[language], rounds)))
    return _part(found)


def _measured(language: LanguageCode, count: int, prose: list[str], rounds: int) -> Found:
    terms = list(dict.fromkeys(islice(synthetic.phrases(language), 2 * count)))[:count]
    # One string, so that the terms that are kept are counted among what the recogniser takes.
    stored = "\n".join(f"{text}\t{_stems(text, language)}" for text in terms)
    segments = synthetic.running_text(prose, [declined(term, language) for term in terms], PLANTED, CHARACTERS)
    plain = AhoCorasick([term.lower() for term in terms], MatchKind.LeftmostLongest, store_patterns=False)
    del terms
    gc.collect()
    before = megabytes()
    built, recogniser = Clock().timed(lambda: Recogniser(language, _samples(stored)))
    gc.collect()
    taken = megabytes() - before
    lowered = "\n".join(segments).lower()
    ways: dict[str, Callable[[], object]] = {
        FLOOR: lambda: [[stem(word.text, language) for word in words(segment)] for segment in segments],
        PLAIN: lambda: plain.find_matches_as_indexes(lowered),
        SERVICE: lambda: recogniser.occurrences(segments, Wanted(statuses=1)),
    }
    size = len(lowered.encode()) / 1e6
    first = {}
    for name, way in ways.items():
        stem.cache_clear()
        first[name] = size / _seconds(way)
    speeds: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            speeds[name].append(size / _seconds(way))
    occurrences = len(recogniser.occurrences(segments, Wanted(statuses=1)))
    return Found(language, count, occurrences, built, taken * 1e6 / count, first, speeds)


def _stems(text: str, language: LanguageCode) -> str:
    indexed = IndexedTerm(0, language, 1, Term.model_validate({"text": text}))
    return str(indexed.row(1)["stems"])


def _samples(stored: str) -> Iterator[Sample]:
    for number, line in enumerate(stored.split("\n"), 1):
        text, stems = line.split("\t")
        yield Sample(number, text, stems, False, 1, 1)


def _seconds(way: Callable[[], object]) -> float:
    return Clock().timed(way)[0]


def _part(found: list[Found]) -> Part:
    header = (
        "language", "terms", "found", f"{FLOOR}, MB/s", f"{PLAIN}, MB/s", f"{SERVICE}, MB/s", "of words and stems",
        "of the automaton", "of words and stems, new words", "built in, s", "bytes a term",
    )  # fmt: skip
    rows = [
        (
            one.language,
            f"{one.terms:,}",
            f"{one.occurrences:,}",
            *(f"{one.speed(name):.1f}" for name in (FLOOR, PLAIN, SERVICE)),
            ratio(one.share(FLOOR)),
            ratio(one.share(PLAIN)),
            ratio(one.first[SERVICE] / one.first[FLOOR]),
            f"{one.built:.1f}",
            f"{one.bytes_a_term:,.0f}",
        )
        for one in found
    ]
    goals = [goal for one in found if one.terms == TERMS[-1] for goal in _goals(one)]
    return Part("texts", "Finding terms in running text", [Table(header, rows)], goals, "By processor time.")


def _goals(one: Found) -> list[Goal]:
    what = f"terms in text, {one.language}, {one.terms:,} terms"
    return [
        Goal(f"{what}: MB/s of words and stems alone", "≥", 0.7, one.share(FLOOR)),
        Goal(f"{what}: seconds to build", "≤", BUILT_SECONDS, one.built),
        Goal(f"{what}: bytes a term", "≤", TERM_BYTES, one.bytes_a_term),
    ]
