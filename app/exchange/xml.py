"""XML in and out: a streaming reader that trusts nothing, and the two escapes a writer needs.

The reader is built on expat without any handler for external entities, so it never opens a file or
an address. A document type that declares something, or names an address, is refused at its first line. One
that only names a file, as most TBX of 2008 does, is taken out before the parser sees it: a document that
has one may use entities that nobody declared, and the parser would leave them out without a word.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, NoReturn
from xml.parsers import expat

from app.errors import UnreadableFile

MAX_DEPTH = 64
MAX_TEXT = 100_000
"""Characters of one element or attribute."""
MAX_ENTRY = 20_000_000
"""Characters of one entry, an element counting as ELEMENT_COST of them: bounds the memory of a tree."""
ELEMENT_COST = 200
MAX_PENDING = 1_000_000
"""Bytes that expat may hold back while it waits for the end of a tag, a comment or the like."""
CHUNK = 65_536

_WIDE_SPACE = re.compile(r"[\t\r\n]|  ")
_WHITESPACE = re.compile(r"[ \t\r\n]+")
_ENCODINGS = re.compile(r"utf-?(8|16(le|be)?)|us-ascii|(iso-8859|windows|cp|koi8)-?[0-9ru-]+", re.IGNORECASE)
_FILE_NAME = re.compile(r"[\w.-]*")
_FAMILIES = ("ascii", "utf-16-le", "utf-16-be")
"""How the characters of a declaration may be stored."""
_UNDEFINED_ENTITY = expat.errors.codes[expat.errors.XML_ERROR_UNDEFINED_ENTITY]


def collapsed(text: str) -> str:
    """The text on one line: ASCII whitespace trimmed and collapsed, no-break spaces left alone."""
    if _WIDE_SPACE.search(text):
        text = _WHITESPACE.sub(" ", text)
    return text.strip(" ")


def escaped(text: str) -> str:
    """The text for use between tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def quoted(text: str) -> str:
    """The text as an attribute value, with its quotation marks."""
    return f'"{escaped(text).replace(chr(34), "&quot;")}"'


@dataclass(slots=True)
class Element:
    """An element of an entry. Names are local: prefixes and namespaces are gone."""

    name: str
    attributes: dict[str, str]
    line: int
    content: list["str | Element"] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All text inside, inline markup included, on one line."""
        return collapsed(self._raw_text())

    @property
    def category(self) -> str:
        """The data category: the type, or the name in the DCT style, where an element has no type."""
        return collapsed(self.attributes.get("type", self.name))

    @property
    def language(self) -> str | None:
        """The xml:lang of the element itself."""
        return self.attributes.get("lang")

    def elements(self) -> Iterator["Element"]:
        return (part for part in self.content if isinstance(part, Element))

    def _raw_text(self) -> str:
        return "".join(part if isinstance(part, str) else part._raw_text() for part in self.content)


class _DocumentType(Exception):
    """A document type that only names a file; where the sign stands that ends it."""

    def __init__(self, end: int) -> None:
        super().__init__(end)
        self.end = end


class EntryReader:
    """Reads the elements of given names out of a file, one at a time.

    `root_language` is the xml:lang of the root, known from the first entry on.
    """

    def __init__(self, stream: BinaryIO, *, roots: frozenset[str], entries: frozenset[str]) -> None:
        self._stream = stream
        self._roots = roots
        self._names = entries
        self._ready: list[Element] = []
        self._open: list[Element] = []
        self._depth = 0
        self._text_size = 0
        self._entry_size = 0
        self._prolog: bytearray | None = bytearray()
        """What came before the root element, as long as a document type may be found in it."""
        self._was_taken_out = False
        self._lines_taken_out = 0
        self._parser = self._new_parser()
        self.root_language: str | None = None

    def __iter__(self) -> Iterator[Element]:
        """Raises UnreadableFile, with a `reason` and the line."""
        fed = 0
        found = False
        more = True
        while more:
            chunk = self._stream.read(CHUNK)
            fed += len(chunk)
            more = bool(chunk)
            fed -= self._feed(chunk)
            # A tag is parsed only when it is complete, so an endless one would be an endless buffer.
            if more and fed - self._parser.CurrentByteIndex > MAX_PENDING:
                self._refuse("xml_too_long")
            ready, self._ready = self._ready, []
            found = found or bool(ready)
            yield from ready
        if not found:
            raise UnreadableFile(reason="not_tbx", line=1)

    def _feed(self, chunk: bytes) -> int:
        """Parse a piece of the file; how many bytes were taken out of it."""
        if self._prolog is None:
            self._parse(chunk)
            return 0
        self._prolog += chunk
        if len(self._prolog) > MAX_PENDING:
            self._refuse("xml_too_long")
        try:
            self._parse(chunk)
        except _DocumentType as found:
            taken = self._take_out(found)
            self._parse(bytes(self._prolog))
            return taken
        return 0

    def _new_parser(self) -> expat.XMLParserType:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EndDoctypeDeclHandler = self._doctype_end
        parser.XmlDeclHandler = self._declaration
        return parser

    def _parse(self, chunk: bytes) -> None:
        try:
            self._parser.Parse(chunk, not chunk)
        except expat.ExpatError as error:
            reason = "xml_entity" if error.code == _UNDEFINED_ENTITY else "xml_malformed"
            raise UnreadableFile(reason=reason, line=error.lineno + self._lines_taken_out) from error
        except (LookupError, ValueError) as error:
            # Python, not expat, decodes what is neither UTF-8, UTF-16 nor Latin-1; it may not know how.
            raise UnreadableFile(reason="xml_malformed", line=1) from error

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = _local(name)
        line = self._line
        if self._depth == 0:
            self._prolog = None
            if name not in self._roots:
                self._refuse("not_tbx")
            self.root_language = _by_local_name(attributes).get("lang")
        self._depth += 1
        self._text_size = 0
        if self._depth > MAX_DEPTH:
            self._refuse("xml_too_deep")
        if any(len(value) > MAX_TEXT for value in attributes.values()):
            self._refuse("xml_too_long")
        if self._open or name in self._names:
            element = Element(name, _by_local_name(attributes), line)
            if self._open:
                self._open[-1].content.append(element)
            else:
                self._entry_size = 0
            self._open.append(element)
            self._grow(ELEMENT_COST + sum(map(len, attributes.values())))

    def _end(self, _name: str) -> None:
        self._depth -= 1
        self._text_size = 0
        if self._open:
            element = self._open.pop()
            if not self._open:
                self._ready.append(element)

    def _characters(self, text: str) -> None:
        self._text_size += len(text)
        if self._text_size > MAX_TEXT:
            self._refuse("xml_too_long")
        if self._open:
            self._open[-1].content.append(text)
            self._grow(len(text))

    def _grow(self, size: int) -> None:
        self._entry_size += size
        if self._entry_size > MAX_ENTRY:
            self._refuse("xml_too_long")

    def _doctype(self, _name: str, system: str | None, _public: str | None, has_subset: int) -> None:
        if has_subset or self._was_taken_out or not _FILE_NAME.fullmatch(system or ""):
            self._refuse("xml_dtd")

    def _doctype_end(self) -> None:
        # Raised through the parser, which stops there.
        raise _DocumentType(self._parser.CurrentByteIndex)

    def _take_out(self, found: "_DocumentType") -> int:
        """Begin anew without the document type; how many bytes it had."""
        prolog = self._prolog
        if prolog is None:
            raise RuntimeError("a document type stands before the root element")
        starts = {encoding: prolog.rfind("<!DOCTYPE".encode(encoding), 0, found.end) for encoding in _FAMILIES}
        # What is the one at an even place is the other at an odd one.
        encoding, start = next(
            (encoding, start)
            for encoding, start in starts.items()
            if start >= 0 and (encoding == "ascii" or start % 2 == 0)
        )
        end = found.end + len(">".encode(encoding))
        taken = prolog[start:end]
        del prolog[start:end]
        self._was_taken_out, self._lines_taken_out = True, taken.count(b"\n")
        self._parser = self._new_parser()
        return len(taken)

    def _declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        # Python would take any of its codecs for an encoding, even one that evaluates escapes.
        if encoding is not None and not _ENCODINGS.fullmatch(encoding):
            self._refuse("xml_malformed")

    def _refuse(self, reason: str) -> NoReturn:
        raise UnreadableFile(reason=reason, line=self._line)

    @property
    def _line(self) -> int:
        return self._parser.CurrentLineNumber + self._lines_taken_out


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _by_local_name(attributes: dict[str, str]) -> dict[str, str]:
    if not any(" " in name for name in attributes):
        return attributes
    return {_local(name): value for name, value in attributes.items()}
