"""The three languages side by side: none lacks what the others say, and numbers are the same."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.entries.content import PartOfSpeech
from app.entries.lint.catalogue import check
from app.entries.lint.finding import Mark, Severity
from app.entries.lint.grammar.quantities import MONTH, Quantity, quantities, spelled
from app.entries.lint.grammar.usage import Reference, references
from app.entries.lint.reading import Kind, PlacedPassage, Reading, Stage
from app.languages.codes import LANGUAGES, LanguageCode
from app.languages.function_words import is_function_word
from app.languages.words import words

# How much longer the same text is than in English, in letters: the median over some 400 definitions.
USUAL_LENGTH = {"en": 1.0, "fr": 1.12, "ru": 1.09}
GREATEST_RATIO = 2.0
SHORT = 40
"""Letters by which texts have to differ at least: one word more is much in a short definition."""

SAME_BY_CHANCE = 2
"""As many ordinary words may be the same in English and French without being a copy."""


@check(9, "length-ratio", Severity.WARNING)
def lengths_differ(reading: Reading) -> Iterator[Mark]:
    """A definition is not half or twice as long as in another language, the usual difference taken off."""
    passages = {passage.language: passage for passage in reading.definitions()}
    lengths = {code: len(passage.text) / USUAL_LENGTH[code] for code, passage in passages.items()}
    if len(lengths) < 2:
        return
    shortest, *middle, longest = sorted(lengths, key=lambda code: lengths[code])
    ratio = lengths[longest] / lengths[shortest]
    if ratio <= GREATEST_RATIO or lengths[longest] - lengths[shortest] < SHORT:
        return
    # The odd one of three is the one farther from the third.
    is_long = bool(middle) and lengths[middle[0]] ** 2 < lengths[shortest] * lengths[longest]
    odd, other = (longest, shortest) if is_long else (shortest, longest)
    params = {
        "ratio": f"{ratio:.1f}",
        "other": other,
        "length": len(passages[odd].text),
        "other_length": len(passages[other].text),
    }
    yield Mark(passages[odd].element, odd, fault="long" if is_long else "short", params=params)


@check(22, "missing-language", Severity.ERROR)
def language_is_missing(reading: Reading) -> Iterator[Mark]:
    """Each language has a definition and a term, or says that it has no equivalent."""
    severity = Severity.ERROR if reading.stage is Stage.FINAL else Severity.INFORMATION
    for language in LANGUAGES:
        section = reading.content.languages.get(language)
        base = f"languages.{language}"
        if section is None:
            yield Mark(base, language, fault="section", severity=severity)
            continue
        if section.definition is None:
            yield Mark(f"{base}.definition", language, fault="definition", severity=severity)
        if not section.terms and section.no_equivalent is None:
            yield Mark(f"{base}.terms", language, fault="term", severity=severity)


@check(23, "uneven-notes", Severity.WARNING)
def notes_are_uneven(reading: Reading) -> Iterator[Mark]:
    """Each language has as many notes, and as many examples, as the others."""
    sections = reading.content.languages
    for field in ("notes", "examples"):
        counts = {code: len(getattr(section, field)) for code, section in sections.items()}
        most = max(counts.values())
        for code, count in counts.items():
            if count < most:
                params = {"count": count, "most": most}
                yield Mark(f"languages.{code}.{field}", code, fault=field, params=params)


@dataclass(frozen=True)
class Numbers:
    """The numbers of a passage."""

    text: str
    digits: Sequence[Quantity]
    spelled: frozenset[Decimal]

    def beyond(self, other: "Numbers") -> list[Quantity]:
        """The numbers that another passage does not have, neither in digits nor in words.

        Passages with as many numbers are compared one by one, others as sets: what one repeats, another need not.
        """
        if len(self.digits) != len(other.digits):
            return [q for q in self.digits if not any(q.agrees(o) for o in other.digits) and not other.spells(q)]
        pairs = [(q, o) for q, o in zip(self.digits, other.digits, strict=True) if not q.agrees(o)]
        left = [o for _, o in pairs]
        alone = []
        for quantity, _ in pairs:
            same = next((o for o in left if quantity.agrees(o)), None)
            if same is not None:
                left.remove(same)
            elif not other.spells(quantity):
                alone.append(quantity)
        return alone

    def spells(self, quantity: Quantity) -> bool:
        return quantity.unit != MONTH and quantity.number in self.spelled

    def written(self, quantity: Quantity) -> str:
        start, end = quantity.span
        return self.text[start:end]


@check(24, "numbers-differ", Severity.ERROR)
def numbers_differ(reading: Reading) -> Iterator[Mark]:
    """Numbers, units and dates are the same in all languages.

    A number that others replace by another one is an error; one that others may have put into words, a warning.
    """
    for group in parallel(reading):
        numbers = {
            code: Numbers(passage.text, quantities(passage.text, code), spelled(passage.text, code))
            for code, passage in group.items()
        }
        for code, passage in group.items():
            others = [other for key, other in numbers.items() if key != code]
            yield from _number_marks(passage, numbers[code], others)


def _number_marks(passage: PlacedPassage, own: Numbers, others: Sequence[Numbers]) -> Iterator[Mark]:
    beyond = [own.beyond(other) for other in others]
    alone = [quantity for quantity in beyond[0] if all(quantity in further for further in beyond)]
    strange = [(q, other.written(q)) for other in others for q in other.beyond(own)]
    lacking = _lacking(own, others)
    for quantity in alone:
        same_number = [text for q, text in strange if q.number == quantity.number]
        instead = ", ".join(dict.fromkeys(same_number or lacking or [text for _, text in strange]))
        params = {"number": own.written(quantity), "instead": instead}
        if instead:
            figures = _figures(own.written(quantity))
            is_notation = bool(figures) and figures in [_figures(text) for _, text in strange]
            fault = "unit" if same_number else "notation" if is_notation else "different"
            yield Mark(passage.element, passage.language, quantity.span, fault=fault, params=params)
        elif len(others) > 1:
            severity = Severity.WARNING
            yield Mark(passage.element, passage.language, quantity.span, "surplus", severity, params=params)
    if lacking and not alone:
        params = {"number": ", ".join(dict.fromkeys(lacking))}
        yield Mark(passage.element, passage.language, fault="missing", severity=Severity.WARNING, params=params)


def _figures(written: str) -> str:
    """The digits with what parts them: 3,000 is three in French."""
    return "".join(character for character in written if not character.isalpha()).strip()


def _lacking(own: Numbers, others: Sequence[Numbers]) -> list[str]:
    """What all the others have in digits, and this passage not at all."""
    first, *rest = others
    beyond = [other.beyond(own) for other in rest]
    lacking = [q for q in first.beyond(own) if all(any(q.agrees(o) for o in further) for further in beyond)]
    return [first.written(quantity) for quantity in lacking]


@check(25, "references-differ", Severity.ERROR)
def references_differ(reading: Reading) -> Iterator[Mark]:
    """A text names the same entries, by number or in brackets, in all languages."""
    for group in parallel(reading):
        named = {code: references(reading, passage) for code, passage in group.items()}
        for code, passage in group.items():
            others = [other for key, other in named.items() if key != code]
            yield from _reference_marks(passage, named[code], others)


def _reference_marks(
    passage: PlacedPassage, own: Sequence[Reference], others: Sequence[Sequence[Reference]]
) -> Iterator[Mark]:
    first, *rest = others
    for reference in own:
        if rest and not any(_names(other, reference) for other in others):
            params = {"reference": reference.text}
            yield Mark(passage.element, passage.language, reference.span, fault="surplus", params=params)
    for reference in first:
        if not _names(own, reference) and all(_names(other, reference) for other in rest):
            params = {"reference": reference.text}
            yield Mark(passage.element, passage.language, fault="missing", params=params)


def _names(references: Sequence[Reference], wanted: Reference) -> bool:
    return any(wanted.agrees(reference) for reference in references)


@check(39, "same-text-twice", Severity.WARNING)
def text_stands_twice(reading: Reading) -> Iterator[Mark]:
    """No two languages have the same text, names and symbols excepted."""
    same: dict[str, dict[LanguageCode, str]] = defaultdict(dict)
    for element, language, text in _texts_of_a_language(reading):
        same[text.casefold()].setdefault(language, element)
    for text, elements in same.items():
        # The language that it is written in may keep it.
        original = max(elements, key=lambda code: sum(is_function_word(word.text, code) for word in words(text)))
        for language, element in elements.items():
            if language != original:
                yield Mark(element, language, params={"other": original})


def _texts_of_a_language(reading: Reading) -> Iterator[tuple[str, LanguageCode, str]]:
    """Passages and terms that can hardly be the same in two languages."""
    texts = [(passage.element, passage.language, passage.text) for passage in reading.passages()]
    for placed in reading.terms():
        term = placed.term
        if not term.type.is_abbreviated and term.part_of_speech is not PartOfSpeech.PROPER_NOUN:
            texts.append((f"{placed.element}.text", placed.language, term.text))
    for element, language, text in texts:
        # Names keep their capitals in every language; missile and radar are the same word in English and French.
        ordinary = [word for word in words(text) if word.text.islower()]
        if len(ordinary) > SAME_BY_CHANCE:
            yield element, language, text


def parallel(reading: Reading) -> Iterator[Mapping[LanguageCode, PlacedPassage]]:
    """Passages that are to say the same: definitions, and notes and examples where languages have as many."""
    of_kind: dict[tuple[LanguageCode, Kind], list[PlacedPassage]] = defaultdict(list)
    for passage in reading.passages():
        if passage.kind in (Kind.DEFINITION, Kind.NOTE, Kind.EXAMPLE):
            of_kind[passage.language, passage.kind].append(passage)
    groups: dict[tuple[Kind, int, int], dict[LanguageCode, PlacedPassage]] = defaultdict(dict)
    for (language, kind), passages in of_kind.items():
        for place, passage in enumerate(passages):
            groups[kind, len(passages), place][language] = passage
    return (group for group in groups.values() if len(group) > 1)
