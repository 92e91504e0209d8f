"""XML in and out: a streaming reader that trusts nothing, and the two escapes a writer needs.

The reader is built on expat without any handler for external entities, so it never opens a file or
an address. A document type that declares something, or names an address, is refused at its first line. One
that only names a file, as most TBX of 2008 does, is taken out before the parser sees it: a document that
has one may use entities that nobody declared, and the parser would leave them out without a word.
"""

import re
from collections.abc import Iterator
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

_WHITESPACE = re.compile(r"[ \t\r\n]+")
_ENCODINGS = re.compile(r"utf-?(8|16(le|be)?)|us-ascii|(iso-8859|windows|cp|koi8)-?[0-9ru-]+", re.IGNORECASE)
_FILE_NAME = re.compile(r"[\w.-]*")
_FAMILIES = ("ascii", "utf-16-le", "utf-16-be")
"""How the characters of a declaration may be stored."""
_UNDEFINED_ENTITY = expat.errors.codes[expat.errors.XML_ERROR_UNDEFINED_ENTITY]


def collapsed(text: str) -> str:
    """The text on one line: ASCII whitespace trimmed and collapsed, no-break spaces left alone."""
    # Four searches for a text are faster than one for a pattern.
    if "\n" in text or "  " in text or "\t" in text or "\r" in text:
        text = _WHITESPACE.sub(" ", text)
    return text.strip(" ")


def escaped(text: str) -> str:
    """The text for use between tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def quoted(text: str) -> str:
    """The text as an attribute value, with its quotation marks."""
    return f'"{escaped(text).replace(chr(34), "&quot;")}"'


class Element:
    """An element of an entry. Names are local: prefixes and namespaces are gone."""

    __slots__ = ("attributes", "content", "line", "name")

    def __init__(self, name: str, attributes: dict[str, str], line: int) -> None:
        self.name = name
        self.attributes = attributes
        self.line = line
        self.content: str | list[str | Element] = ""
        """A text alone, as in most elements, or texts and elements in their order."""

    @property
    def text(self) -> str:
        """All text inside, inline markup included, on one line."""
        content = self.content
        return collapsed(content if isinstance(content, str) else self._raw_text())

    @property
    def own_text(self) -> str:
        """The text that stands in the element itself, as it is written."""
        if isinstance(self.content, str):
            return self.content
        return "".join([part for part in self.content if isinstance(part, str)])

    @property
    def category(self) -> str:
        """The data category: the type, or the name in the DCT style, where an element has no type."""
        return collapsed(self.attributes.get("type", self.name))

    @property
    def language(self) -> str | None:
        """The xml:lang of the element itself."""
        return self.attributes.get("lang")

    def elements(self) -> list["Element"]:
        """Those directly inside."""
        content = self.content
        return [] if isinstance(content, str) else [part for part in content if not isinstance(part, str)]

    def add(self, part: "str | Element") -> None:
        """Add what comes next inside."""
        content = self.content
        if isinstance(content, list):
            content.append(part)
        elif content:
            self.content = [content, part]
        else:
            self.content = part if isinstance(part, str) else [part]

    def _raw_text(self) -> str:
        content = self.content
        if isinstance(content, str):
            return content
        return "".join([part if isinstance(part, str) else part._raw_text() for part in content])


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
        """Of what is open around the entries."""
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
        self._hand_over(parser)
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

    def _hand_over(self, parser: expat.XMLParserType, element: Element | None = None) -> None:
        """Let what comes next be taken as the inside of an element, or as what is around the entries."""
        parser.StartElementHandler = self._start if element is None else self._start_inside
        parser.EndElementHandler = self._end if element is None else self._end_inside
        parser.CharacterDataHandler = self._characters if element is None else self._characters_inside

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = _local(name)
        if self._depth == 0:
            self._prolog = None
            if name not in self._roots:
                self._refuse("not_tbx")
            self.root_language = _by_local_name(attributes).get("lang")
        if name in self._names:
            self._entry_size = 0
            self._open_element(name, attributes)
            self._hand_over(self._parser, self._open[0])
            return
        self._depth += 1
        self._text_size = 0
        if self._depth > MAX_DEPTH:
            self._refuse("xml_too_deep")
        self._sized(attributes)

    def _end(self, _name: str) -> None:
        self._depth -= 1
        self._text_size = 0

    def _characters(self, text: str) -> None:
        self._text_size += len(text)
        if self._text_size > MAX_TEXT:
            self._refuse("xml_too_long")

    # Called for each tag and each text of an entry, the following do as little as can be.

    def _start_inside(self, name: str, attributes: dict[str, str]) -> None:
        parent = self._open[-1]
        self._open_element(name.rpartition(" ")[2], attributes)
        # As `add` does, without the call.
        if isinstance(parent.content, list):
            parent.content.append(self._open[-1])
        else:
            parent.add(self._open[-1])

    def _open_element(self, name: str, attributes: dict[str, str]) -> None:
        opened = self._open
        self._text_size = 0
        if self._depth + len(opened) >= MAX_DEPTH:
            self._refuse("xml_too_deep")
        size = self._entry_size + ELEMENT_COST
        if attributes:
            size += self._sized(attributes)
            attributes = _by_local_name(attributes)
        self._entry_size = size
        opened.append(Element(name, attributes, self._parser.CurrentLineNumber + self._lines_taken_out))
        if size > MAX_ENTRY:
            self._refuse("xml_too_long")

    def _end_inside(self, _name: str) -> None:
        self._text_size = 0
        element = self._open.pop()
        if not self._open:
            self._ready.append(element)
            self._hand_over(self._parser)

    def _characters_inside(self, text: str) -> None:
        size = len(text)
        self._text_size = of_element = self._text_size + size
        self._entry_size = of_entry = self._entry_size + size
        if of_element > MAX_TEXT or of_entry > MAX_ENTRY:
            self._refuse("xml_too_long")
        element = self._open[-1]
        if element.content == "":
            element.content = text
        else:
            element.add(text)

    def _sized(self, attributes: dict[str, str]) -> int:
        """The characters of the values."""
        whole = 0
        for value in attributes.values():
            size = len(value)
            if size > MAX_TEXT:
                self._refuse("xml_too_long")
            whole += size
        return whole

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
    for name in attributes:
        if " " in name:
            return {_local(name): value for name, value in attributes.items()}
    return attributes
