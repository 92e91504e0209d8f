"""Finding the terms of one language in running text, whatever forms their words take there.

Each stem that occurs in terms is given a character of its own. A term then is a short string of such
characters, a text a long one, and one pass of an Aho-Corasick automaton finds all terms at once. What it finds
is held against the text itself: the letters of abbreviations, and what stands between the words.
"""

import re
from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice, product
from typing import TypeVar
from unicodedata import normalize

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from app.languages.codes import LanguageCode
from app.languages.function_words import carries_no_meaning, depends_on_place
from app.languages.initialisms import is_declined
from app.languages.keys import carrying_words
from app.languages.stems import stem
from app.languages.words import _WORD, Word, plain, words

Key = TypeVar("Key")
Sign = TypeVar("Sign")

_UNKNOWN = "\0"
"""A word that is in no term: nothing is found across it."""
_PASSED_OVER = ""
"""A word without a meaning of its own: terms are found across it."""
_BORDER = "\n"
"""Between two segments; in one it is the end of a line, across which no term goes either."""
_SURROGATES = range(0xD800, 0xE000)

_MOST_FORMS = 8
_MOST_KEPT = 200_000
"""Forms of words whose signs are kept in memory."""
_SHORT = 3
_JOINERS = frozenset("'’‘ʼ`´-‐‑")
_WINDOW = 4
"""Characters before a short word on which its meaning may depend."""

_HYPHEN = re.compile("[-‐‑]")
_STOP = re.compile(r"[^\w\s'’‘ʼ`´«»“”„\"\-‐‑]|[\n\r\t]")
_ARTICLES: dict[LanguageCode, frozenset[str]] = {
    "en": frozenset(("a", "an", "the", "s")),
    "fr": frozenset(("l", "le", "la", "les", "un", "une", "des", "du", "de", "d", "au", "aux")),
    "ru": frozenset(),
}


@dataclass(frozen=True, slots=True)
class Sample:
    """A term to be found."""

    term_id: int
    text: str
    stems: str
    """As they are stored: those of one word separated by bars."""
    abbreviated: bool
    status: int
    """A bit."""
    languages: int
    """In which its entry has terms, as bits."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which occurrences are wanted."""

    statuses: int
    languages: int = 0
    """In at least one of these the entry must have a term, if there are any."""
    overlapping: bool = False
    """Also those that lie within longer ones, or overlap with one that begins earlier."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A term in a segment, between two code points."""

    segment: int
    start: int
    end: int
    term_id: int


@dataclass(frozen=True, slots=True)
class _Read:
    """A text as the automaton reads it."""

    text: str
    signs: str
    starts: list[int]
    """Where the word of each sign begins."""

    def end(self, place: int) -> int:
        """Where the word of a sign ends."""
        word = _WORD.match(self.text, self.starts[place])
        return word.end() if word else self.starts[place]


class Recogniser:
    """The terms of one language, ready to be found. What it holds does not change."""

    def __init__(self, language: LanguageCode, samples: Iterable[Sample]) -> None:
        self._language = language
        self._ids = array("q")
        self._status = array("B")
        self._languages = array("B")
        self._special: dict[int, tuple[str, bool]] = {}
        """The texts of abbreviations and of terms with more than words in them, by place."""
        spelt = _Spelt()
        for place, sample in enumerate(samples):
            self._ids.append(sample.term_id)
            self._status.append(sample.status)
            self._languages.append(sample.languages)
            if sample.abbreviated or _has_more_than_words(sample):
                self._special[place] = (sample.text, sample.abbreviated)
            for stems in _sequences(sample, language):
                spelt.add(place, stems)
        self._signs = spelt.signs()
        self._sign_of: dict[str, str | None] = {}
        self._sign_amid: dict[tuple[str, int, int], str] = {}
        self._build(spelt)

    def _build(self, spelt: "_Spelt") -> None:
        patterns: list[str] = []
        self._first, self._meant = array("L"), array("L")
        for pattern, place in sorted(spelt.patterns(self._signs)):
            if not patterns or patterns[-1] != pattern:
                patterns.append(pattern)
                self._first.append(len(self._meant))
            self._meant.append(place)
        self._first.append(len(self._meant))
        self._automaton = AhoCorasick(
            patterns, MatchKind.Standard, store_patterns=False, implementation=Implementation.ContiguousNFA
        )

    def occurrences(self, segments: Sequence[str], wanted: Wanted, most: int | None = None) -> list[Occurrence]:
        """The terms in segments of text, in their order; of terms that begin together, the longest first.

        Once there are more than `most`, it is not looked further.
        """
        read = self._read(_BORDER.join(segments))
        begins = list(accumulate((len(segment) + 1 for segment in segments), initial=0))
        matches = self._automaton.find_matches_as_indexes(read.signs, overlapping=True)
        found: list[Occurrence] = []
        free_from = 0
        for number, first, after in sorted(matches, key=lambda match: (match[1], -match[2])):
            if first < free_from and not wanted.overlapping:
                continue
            meant = self._confirmed(number, read, first, after, wanted)
            if meant:
                start = read.starts[first]
                segment = bisect_right(begins, start) - 1
                span = start - begins[segment], read.end(after - 1) - begins[segment]
                found += (Occurrence(segment, *span, self._ids[one]) for one in meant)
                free_from = after
                if most is not None and len(found) > most:
                    break
        return found

    def _read(self, text: str) -> _Read:
        signs: list[str] = []
        starts: list[int] = []
        known = self._sign_of
        for match in _WORD.finditer(text):
            form = match[0]
            sign = known[form] if form in known else self._sign(form)
            if sign is None:
                sign = self._sign_here(text, match)
            if sign:
                signs.append(sign)
                starts.append(match.start())
        return _Read(text, "".join(signs), starts)

    def _sign(self, form: str) -> str | None:
        """The sign of a form of a word; None if it depends on what stands beside it."""
        sign: str | None = self._sign_of_stem(form)
        if depends_on_place(form, self._language):
            if len(plain(form)) <= _SHORT or form.isupper():
                sign = None
            elif not self._carries(form, form, 0):
                sign = _PASSED_OVER
        _keep(self._sign_of, form, sign)
        return sign

    def _sign_here(self, text: str, match: re.Match[str]) -> str:
        """The sign of a short word, or of one in capitals, where it stands."""
        form, (start, end) = match[0], match.span()
        window, begin = form, start
        if form.isupper() or text[start - 1 : start] in _JOINERS or text[end : end + 1] in _JOINERS:
            begin = max(0, start - _WINDOW)
            window = text[begin : end + 1]
        around = (window, start - begin, end - begin)
        sign = self._sign_amid.get(around)
        if sign is None:
            sign = self._sign_of_stem(form) if self._carries(form, window, start - begin) else _PASSED_OVER
            _keep(self._sign_amid, around, sign)
        return sign

    def _sign_of_stem(self, form: str) -> str:
        sign = self._signs.get(stem(form, self._language), _UNKNOWN)
        if sign is _UNKNOWN and self._language == "en" and form.endswith("s") and form[:-1].isupper():
            # The rules that cut stems leave the s on WMDs.
            return self._signs.get(stem(form[:-1], self._language), _UNKNOWN)
        return sign

    def _carries(self, form: str, window: str, start: int) -> bool:
        """Whether the word that begins there carries a meaning, by what stands around it."""
        # Capitals among capitals say nothing.
        in_capitals = start > 0 and window.isupper()
        word = Word(form, start, start + len(form))
        return not carries_no_meaning(word, window, self._language, has_small_letters=not in_capitals)

    def _confirmed(self, number: int, read: _Read, first: int, after: int, wanted: Wanted) -> list[int]:
        """The terms that a match stands for, of those that are wanted."""
        start, end = read.starts[first], read.end(after - 1)
        gaps = [read.text[read.end(place) : read.starts[place + 1]] for place in range(first, after - 1)]
        return [
            meant
            for meant in self._meant[self._first[number] : self._first[number + 1]]
            if self._status[meant] & wanted.statuses
            and (not wanted.languages or self._languages[meant] & wanted.languages)
            and self._stands(meant, read.text[start:end], gaps)
        ]

    def _stands(self, meant: int, written: str, gaps: Sequence[str]) -> bool:
        """Whether the term is what is written, and not other words with the same stems."""
        term, abbreviated = self._special.get(meant, ("", False))
        if abbreviated:
            return _is_abbreviation(written, term, self._language)
        for gap in gaps:
            if gap in (" ", "-"):
                continue
            if _BORDER in gap or (_STOP.search(gap) and not _STOP.search(term)):
                return False
            between = {plain(word.text) for word in words(gap)} - _ARTICLES[self._language]
            if between and not between <= {plain(word.text) for word in words(term)}:
                return False
        return True


def _keep(kept: dict[Key, Sign], key: Key, sign: Sign) -> None:
    """Remember a sign, and forget all others once they are too many."""
    if len(kept) >= _MOST_KEPT:
        kept.clear()
    kept[key] = sign


class _Spelt:
    """The stems of many terms in a row, as numbers: as strings they would take as much memory as all that stays."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._written = array("L")
        self._ends = array("L")
        self._places = array("L")

    def add(self, place: int, stems: Sequence[str]) -> None:
        """Add one spelling of the term at a place."""
        numbers = self._numbers
        self._written.extend(numbers.setdefault(stem, len(numbers)) for stem in stems)
        self._ends.append(len(self._written))
        self._places.append(place)

    def signs(self) -> dict[str, str]:
        """A character for each stem, the shorter to store the more frequent it is."""
        stems = list(self._numbers)
        codes = (code for code in range(1, 0x110000) if code not in _SURROGATES)
        common = Counter(self._written).most_common()
        return {stems[number]: chr(code) for (number, _), code in zip(common, codes, strict=False)}

    def patterns(self, signs: dict[str, str]) -> Iterator[tuple[str, int]]:
        """Each spelling in signs, with the place of its term."""
        written = [signs[stem] for stem in self._numbers]
        start = 0
        for end, place in zip(self._ends, self._places, strict=True):
            yield "".join([written[number] for number in self._written[start:end]]), place
            start = end


def _sequences(sample: Sample, language: LanguageCode) -> Iterator[Sequence[str]]:
    """The stems of a term in order, in each form that its words may take; of hyphenated words also joined."""
    yield from islice(product(*(word.split("|") for word in sample.stems.split())), _MOST_FORMS)
    if _HYPHEN.search(sample.text):
        joined = [stem(word.text, language) for word in carrying_words(_HYPHEN.sub("", sample.text), language)]
        if joined:
            yield joined


def _has_more_than_words(sample: Sample) -> bool:
    """Whether it has prepositions and the like, or marks, that the text must have as well."""
    return len(sample.stems.split()) != len(_WORD.findall(sample.text)) or bool(_STOP.search(sample.text))


def _is_abbreviation(written: str, term: str, language: LanguageCode) -> bool:
    """An abbreviation is meant where its very letters stand, perhaps with a plural or a case that it really has."""
    letters, own = _letters(written), _letters(term)
    if not letters.startswith(own):
        return False
    ending = letters.removeprefix(own)
    if language == "ru" and ending.islower():
        return is_declined(own, ending)
    return not ending or (language == "en" and ending == "s")


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, normalize("NFC", text)))
