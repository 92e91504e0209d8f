"""What a table does not say of itself: its encoding, and what stands between its cells."""

import codecs
import re

from app.errors import UnreadableFile

HEAD = 65_536
"""Bytes from which the encoding is found out."""
DELIMITERS = ",;\t|"

_ENCODINGS = re.compile(r"utf-?(8|16(-?[lb]e)?)|us-ascii|(iso-?8859|windows|cp|koi8)-?[0-9ru-]+", re.IGNORECASE)
_MARKS = (
    (codecs.BOM_UTF32_LE, ""),
    (codecs.BOM_UTF32_BE, ""),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_GUESSES = ("windows-1251", "koi8-r", "windows-1252")
"""What spreadsheets and editors of Russia and France have written."""
_WORD = re.compile(r"[^\W\d_]+")
_CYRILLIC = re.compile(r"[Ѐ-ӿ]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")


def encoding_of(head: bytes, *, complete: bool, asked: str | None = None) -> tuple[str, bool]:
    """The encoding of a file that begins so, and whether it is no more than likely. Raises UnreadableFile.

    `complete` says that the head is the whole file; otherwise a character may be cut at its end.
    """
    if asked is not None:
        return _known(asked), False
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            if not encoding:
                raise UnreadableFile(reason="csv_encoding", line=1)
            return encoding, False
    nulls = head[:1000].count(0)
    if nulls and nulls * 4 >= len(head[:1000]):
        return ("utf-16-le" if 0 in head[1:1000:2] else "utf-16-be"), False
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head, final=complete)
    except UnicodeDecodeError:
        return max(_GUESSES, key=lambda encoding: _likelihood(head, encoding)), True
    return "utf-8", False


def delimiter_of(line: str) -> str:
    """What stands between the cells of a heading: that which makes most of them."""
    return max(DELIMITERS, key=lambda mark: len(line.split(mark)))


def _known(encoding: str) -> str:
    # Python would take any of its codecs for an encoding, even one that evaluates escapes.
    if not _ENCODINGS.fullmatch(encoding):
        raise UnreadableFile(reason="csv_encoding", line=1)
    try:
        return codecs.lookup(encoding).name.replace("utf-8", "utf-8-sig")
    except LookupError as error:
        raise UnreadableFile(reason="csv_encoding", line=1) from error


def _likelihood(head: bytes, encoding: str) -> int:
    """How many words look like words, less those that do not."""
    text = head.decode(encoding, "replace")
    found = [word for word in _WORD.findall(text) if not word.isascii()]
    return sum(map(_credit, found)) - 2 * text.count("\ufffd")


def _credit(word: str) -> int:
    """1 for what looks like a word, -1 for what does not, nothing for what tells nothing."""
    if _CYRILLIC.search(word):
        if _LATIN.search(word):
            return -1
        # Of the Russian code pages, each has capitals where another has small letters.
        return 1 if word[1:].islower() else 0 if word.isupper() else -1
    # French has few letters outside ASCII; a Russian word read as French has no others.
    foreign = sum(not letter.isascii() for letter in word)
    return 1 if word[1:].islower() and foreign * 2 <= len(word) + 1 else -1
