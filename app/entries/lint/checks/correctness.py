"""Whether a text is in the letters, the language and the spelling that it should be in."""

import re
from collections.abc import Iterator
from functools import lru_cache

from app.entries.content import PartOfSpeech
from app.entries.lint.catalogue import check
from app.entries.lint.finding import Mark, Severity
from app.entries.lint.grammar.pieces import Piece, pieces
from app.entries.lint.lists import words_of
from app.entries.lint.reading import Kind, PlacedTerm, Reading
from app.languages.codes import LanguageCode
from app.languages.function_words import FUNCTION_WORDS
from app.languages.scripts import Script, lookalikes, mixed_script_words, script
from app.languages.spelling import british, is_american, is_british
from app.languages.transliteration import to_latin
from app.languages.words import Word, plain, words

# A Latin c, o or a for «с», «о» and «, а».
_PREPOSITION = re.compile(r"(?:(?<=[а-яё][ \u00a0])|^)[coCO](?=[ \u00a0]+[а-яё«])|(?<=, )a(?=[ \u00a0]+[а-яё«])")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_DESIGNATOR = re.compile(r"(?<![\w-])[ACHKMPTX]{1,3}-\d+")


_ALPHABETS: dict[LanguageCode, tuple[Script, Script]] = {
    "en": ("latin", "cyrillic"),
    "fr": ("latin", "cyrillic"),
    "ru": ("cyrillic", "latin"),
}
"""In which one a word was most probably meant."""


@check(33, "mixed-scripts", Severity.ERROR)
def mixed_scripts(reading: Reading) -> Iterator[Mark]:
    """No word mixes Latin and Cyrillic letters or is typed in letters of the other alphabet that look alike.

    Each part of a hyphenated word is a word of its own: Ka-диапазон is right.
    """
    for piece in pieces(reading):
        for word in mixed_script_words(piece.text):
            mended = (_in_letters_of(alphabet, word.text) for alphabet in _ALPHABETS[piece.language])
            yield Mark(piece.element, piece.language, (word.start, word.end), fix=next(filter(None, mended), None))
        yield from _typed_in_latin(piece) if piece.language == "ru" else _typed_in_cyrillic(piece)


def _in_letters_of(alphabet: Script, word: str) -> str | None:
    """The word in one alphabet, if each letter of another looks like one of it."""
    letters = [letter if script(letter) in (alphabet, None) else "".join(lookalikes(letter)) for letter in word]
    return "".join(letters) if all(letters) and scripts_of("".join(letters)) == {alphabet} else None


def _typed_in_latin(piece: Piece) -> Iterator[Mark]:
    """«c помощью» with a Latin c, and «C-300» with a Latin C."""
    for match in (*_PREPOSITION.finditer(piece.text), *_DESIGNATOR.finditer(piece.text)):
        in_cyrillic = next(iter(lookalikes(match[0])), "")
        if len(match[0]) == 1 or in_cyrillic in words_of("designators", "ru"):
            # A single letter may be a symbol, and a designator that of another country.
            yield Mark(piece.element, "ru", match.span(), "look-alike", Severity.WARNING, in_cyrillic)


def _typed_in_cyrillic(piece: Piece) -> Iterator[Mark]:
    """“С-300” with a Cyrillic С."""
    for word in words(piece.text) if _CYRILLIC.search(piece.text) else ():
        in_latin = next(iter(lookalikes(word.text)), word.text)
        if scripts_of(word.text) == {"cyrillic"} and scripts_of(in_latin) == {"latin"}:
            # A running text may quote a Russian abbreviation that has none but such letters.
            severity = Severity.ERROR if piece.kind is None else Severity.WARNING
            yield Mark(piece.element, piece.language, (word.start, word.end), "look-alike", severity, in_latin)


@lru_cache(maxsize=4_096)
def scripts_of(text: str) -> frozenset[Script]:
    """The alphabets that the letters of a text belong to."""
    return frozenset(name for name in map(script, set(text)) if name is not None)


_QUOTED = re.compile(r"“[^”]*”|(?<!\w)‘[^’]*’|\"[^\"]*\"|«[^»]*»")


@check(37, "english-spelling", Severity.WARNING, ("en",))
def english_spelling(reading: Reading) -> Iterator[Mark]:
    """English texts are in British spelling, with -ise or -ize; an American form of a term has the region US."""
    for placed in reading.terms():
        if placed.language == "en" and placed.term.part_of_speech is not PartOfSpeech.PROPER_NOUN:
            yield from _spelling_of_term(placed)
    for passage in reading.passages():
        # A usage note may be about the American spelling; names and quotations keep their own.
        if passage.language == "en" and passage.kind is not Kind.USAGE_NOTE:
            text = _QUOTED.sub(lambda match: "…" * len(match[0]), passage.text)
            for word in words(text):
                if is_american(word.text) and (word.start == 0 or word.text.islower()):
                    yield _american(passage.element, word)


def _spelling_of_term(placed: PlacedTerm) -> Iterator[Mark]:
    element = f"{placed.element}.text"
    for word in words(placed.term.text):
        if placed.term.region != "US" and is_american(word.text):
            yield _american(element, word)
        elif placed.term.region == "US" and is_british(word.text):
            yield Mark(element, "en", (word.start, word.end), "region")


def _american(element: str, word: Word) -> Mark:
    return Mark(element, "en", (word.start, word.end), "american", fix=british(word.text))


_NOT_RUSSIAN = re.compile("[іїєґўјљњђћѓќџѕІЇЄҐЎЈЉЊЂЋЃЌЏЅ]+")
_MAY_QUOTE = (Kind.NOTE, Kind.EXAMPLE, Kind.USAGE_NOTE)
_PROFILE = 3
"""Words that have to speak for another language, while none speaks for that of the field."""

_OF_BOTH = words_of("function-words-of-both", "en")
_CERTAIN: dict[LanguageCode, frozenset[str]] = {
    "en": frozenset(word for word in FUNCTION_WORDS["en"] - FUNCTION_WORDS["fr"] - _OF_BOTH if len(word) > 1),
    "fr": frozenset(word for word in FUNCTION_WORDS["fr"] - FUNCTION_WORDS["en"] - _OF_BOTH if len(word) > 1),
}
"""Function words of one language that are no words of the other."""
_IN_TERMS: dict[LanguageCode, frozenset[str]] = {
    "en": frozenset({"of", "the", "and", "with", "from"}),
    "fr": frozenset({"des", "du", "les", "aux", "et", "pour", "sur", "une"}),
}
"""Function words that terms of the other language hardly ever borrow; “coup de main” and « hit-to-kill » exist."""


@check(38, "wrong-language", Severity.ERROR)
def wrong_language(reading: Reading) -> Iterator[Mark]:
    """A text is in the alphabet and in the language of its section.

    Notes and examples may quote another language at length: there it is a warning.
    """
    for placed in reading.terms():
        if placed.term.part_of_speech is not PartOfSpeech.PROPER_NOUN:
            piece = Piece(f"{placed.element}.text", placed.language, placed.term.text)
            yield from _term_in_other_language(piece)
    for piece in pieces(reading):
        severity = Severity.WARNING if piece.kind in _MAY_QUOTE else Severity.ERROR
        if piece.language == "ru":
            for match in _NOT_RUSSIAN.finditer(piece.text):
                yield Mark(piece.element, "ru", match.span(), "letter", severity)
        if piece.kind is not None and (fault := _language_read(piece)):
            yield Mark(piece.element, piece.language, fault=fault, severity=severity)


def _term_in_other_language(piece: Piece) -> Iterator[Mark]:
    in_small_letters = [word.text for word in words(piece.text) if word.text.islower() and len(word.text) > 2]
    used = scripts_of(piece.text)
    if piece.language == "ru" and used == {"latin"} and in_small_letters:
        yield Mark(piece.element, "ru", fault="latin")
    elif piece.language != "ru" and used == {"cyrillic"} and not _looks_latin(piece.text):
        yield Mark(piece.element, piece.language, fault="cyrillic")
    elif piece.language != "ru":
        own, other = _two(piece.language)
        found = {plain(word.text) for word in words(piece.text)}
        if found & _IN_TERMS[other] and not found & _CERTAIN[own]:
            yield Mark(piece.element, own, fault=other, severity=Severity.WARNING)


def _looks_latin(text: str) -> bool:
    return any(scripts_of(respelled) == {"latin"} for respelled in lookalikes(text))


def _language_read(piece: Piece) -> str | None:
    """What a passage is certainly written in, if not in its own language."""
    lower = [word.text for word in words(piece.text) if word.text.islower() and len(word.text) > 1]
    in_latin = [word for word in lower if scripts_of(word) == {"latin"}]
    in_cyrillic = [word for word in lower if scripts_of(word) == {"cyrillic"}]
    if piece.language == "ru":
        return "latin" if len(in_latin) >= _PROFILE and len(in_latin) > len(in_cyrillic) else None
    if len(in_cyrillic) >= _PROFILE and len(in_cyrillic) > len(in_latin):
        return "cyrillic"
    own, other = _two(piece.language)
    plain_words = [plain(word) for word in in_latin]
    speak_for_other = sum(word in _CERTAIN[other] for word in plain_words)
    return other if speak_for_other >= _PROFILE and not any(word in _CERTAIN[own] for word in plain_words) else None


def _two(language: LanguageCode) -> tuple[LanguageCode, LanguageCode]:
    return ("en", "fr") if language == "en" else ("fr", "en")


_SIGNS = str.maketrans({"'": "ʹ", "’": "ʹ", "ʼ": "ʹ", "′": "ʹ", '"': "ʺ", "”": "ʺ", "″": "ʺ"})
"""What people type for the soft and the hard sign."""


@check(41, "transliteration", Severity.WARNING, ("ru",))
def transliteration_follows_its_scheme(reading: Reading) -> Iterator[Mark]:
    """A transliteration is what its scheme makes of the Russian term.

    By GOST 7.79 A and ISO 9 a letter stands for a letter, so that the transliteration leads back to the term.
    """
    for placed in reading.terms():
        if placed.language != "ru":
            continue
        for given in placed.term.transliterations:
            scheme = given.scheme.value
            expected = to_latin(placed.term.text, scheme)
            if _as_typed(given.text) != _as_typed(expected):
                element = f"{placed.element}.transliterations[{given.text}].text"
                params = {
                    "term": placed.term.text,
                    "given": given.text,
                    "expected": expected,
                    "scheme": scheme,
                }
                yield Mark(element, "ru", fix=expected, params=params)


def _as_typed(latin: str) -> str:
    return latin.translate(_SIGNS).casefold()
