"""Hostile and broken XML is refused, early, with a reason and a line."""

import io
import itertools
import tracemalloc

import pytest

from app.errors import UnreadableFile
from app.exchange import xml
from app.exchange.xml import EntryReader, collapsed, escaped, quoted

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<tbx xml:lang="en"><text><body>\n'
TAIL = "</body></text></tbx>"
BOMB = """<?xml version="1.0"?>
<!DOCTYPE tbx [<!ENTITY a "boom"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>
<tbx><conceptEntry>&c;</conceptEntry></tbx>"""


class Pieces(io.RawIOBase):
    """A file that is made while it is read, and counts what was taken of it."""

    def __init__(self, *first: bytes, then: bytes = b"", times: int = 0, last: bytes = b"") -> None:
        self.pieces = itertools.chain(first, itertools.repeat(then, times), [last])
        self.left = b""
        self.taken = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:
        self.left = self.left or next(self.pieces, b"")
        size = min(len(buffer), len(self.left))
        buffer[:size] = self.left[:size]
        self.left = self.left[size:]
        self.taken += size
        return size


def reader(stream: io.IOBase) -> EntryReader:
    return EntryReader(stream, roots=frozenset({"tbx"}), entries=frozenset({"conceptEntry"}))


def refusal(data: str | bytes) -> dict[str, object]:
    data = data.encode() if isinstance(data, str) else data
    with pytest.raises(UnreadableFile) as error:
        list(reader(io.BytesIO(data)))
    return error.value.params


def entry(inner: str) -> str:
    return f"{HEAD}<conceptEntry>{inner}</conceptEntry>{TAIL}"


@pytest.mark.parametrize(
    ("data", "reason", "line"),
    [
        (BOMB, "xml_dtd", 2),
        ('<!DOCTYPE tbx SYSTEM "http://127.0.0.1:9/tbx.dtd"><tbx/>', "xml_dtd", 1),
        ('<!DOCTYPE tbx PUBLIC "-//X//EN" "http://127.0.0.1:9/tbx.dtd"><tbx/>', "xml_dtd", 1),
        ('<!DOCTYPE tbx SYSTEM "file:///etc/passwd"><tbx/>', "xml_dtd", 1),
        ('<!DOCTYPE tbx SYSTEM "/etc/passwd"><tbx/>', "xml_dtd", 1),
        ('<!DOCTYPE tbx SYSTEM "../x.dtd"><tbx/>', "xml_dtd", 1),
        ('<!DOCTYPE tbx SYSTEM "\\\\host\\x.dtd"><tbx/>', "xml_dtd", 1),
        ("<!DOCTYPE tbx []><tbx/>", "xml_dtd", 1),
        ('<!DOCTYPE tbx>\n<!DOCTYPE tbx SYSTEM "x.dtd"><tbx/>', "xml_dtd", 2),
        ("<!DOCTYPE tbx>\n<tbx><conceptEntry>caf&eacute;</conceptEntry></tbx>", "xml_entity", 2),
        ('<!DOCTYPE tbx SYSTEM "x.dtd">\n<tbx><conceptEntry a="&eacute;"/></tbx>', "xml_entity", 2),
        ('<!DOCTYPE tbx SYSTEM "x.dtd"', "xml_malformed", 1),
        ('<!DOCTYPE tbx [<!ENTITY x SYSTEM "file:///etc/passwd">]><tbx>&x;</tbx>', "xml_dtd", 1),
        ('\n<!DOCTYPE tbx [<!ENTITY % x SYSTEM "file:///etc/passwd"> %x;]><tbx/>', "xml_dtd", 2),
        (entry("caf&eacute;"), "xml_entity", 3),
        (entry("&nbsp;"), "xml_entity", 3),
        (entry("<term>ёж</trem>"), "xml_malformed", 3),
        (HEAD + "\n\n<conceptEntry><term>ёж", "xml_malformed", 5),
        (entry("\x00"), "xml_malformed", 3),
        (entry("a & b"), "xml_malformed", 3),
        (entry('<t:term xml:id="1"/>'), "xml_malformed", 3),
        ("", "xml_malformed", 1),
        ("TMD-0017;ракета", "xml_malformed", 1),
        ("<html><conceptEntry/></html>", "not_tbx", 1),
        (HEAD + TAIL, "not_tbx", 1),
        (entry("<hi>" * 64 + "</hi>" * 64), "xml_too_deep", 3),
        (entry("œ" * 100_001), "xml_too_long", 3),
        (entry(f'<xref target="{"x" * 100_001}"/>'), "xml_too_long", 3),
        (HEAD + "<p>" + "x" * 100_001 + "</p>", "xml_too_long", 3),
    ],
)
def test_what_cannot_be_trusted_or_read_is_refused(data: str, reason: str, line: int) -> None:
    assert refusal(data) == {"reason": reason, "line": line}


@pytest.mark.parametrize(
    "encoding", ["no-such-code", "cp999", "cp932", "gb2312", "utf-7", "idna", "unicode_escape"]
)
def test_an_encoding_that_cannot_be_decoded_is_refused(encoding: str) -> None:
    data = f'<?xml version="1.0" encoding="{encoding}"?><tbx><conceptEntry>x</conceptEntry></tbx>'
    assert refusal(data) == {"reason": "xml_malformed", "line": 1}


def test_bytes_that_are_not_the_stated_encoding_are_refused() -> None:
    assert refusal((HEAD + "<conceptEntry>ракета").encode("cp1251"))["reason"] == "xml_malformed"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1251", "koi8-r", "iso-8859-5"])
def test_encodings_of_the_field_are_read(encoding: str) -> None:
    name = encoding.removesuffix("-sig")
    data = f'<?xml version="1.0" encoding="{name}"?><tbx><conceptEntry>ракета</conceptEntry></tbx>'
    (element,) = reader(io.BytesIO(data.encode(encoding)))
    assert element.text == "ракета"


@pytest.mark.parametrize(
    "declared",
    [
        "<!DOCTYPE tbx>",
        '<!DOCTYPE tbx SYSTEM "TBXcoreStructV02.dtd">',
        '<!DOCTYPE\ntbx PUBLIC\n"ISO 12200:1999A//DTD MARTIF core (DXFcdV04)//EN"\n"TBXcdv04.dtd" >\n',
        "<!-- <!DOCTYPE x [ -->\n<!DOCTYPE tbx SYSTEM 'x.dtd'><!-- <!DOCTYPE tbx [ -->",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "windows-1251"])
def test_a_document_type_that_declares_nothing_is_passed_over(declared: str, encoding: str) -> None:
    name = encoding.removesuffix("-sig").removesuffix("-le").removesuffix("-be")
    entry_ = '<tbx xml:lang="ru">\n<conceptEntry>ёж</conceptEntry></tbx>'
    data = f'<?xml version="1.0" encoding="{name}"?>\n{declared}\n{entry_}'
    for pieces in (Pieces(data.encode(encoding)), Pieces(*(bytes([byte]) for byte in data.encode(encoding)))):
        source = reader(pieces)
        (element,) = source
        assert (element.text, source.root_language) == ("ёж", "ru")
        assert element.line == data[: data.index("<conceptEntry")].count("\n") + 1


def test_an_endless_prolog_is_refused_in_little_memory() -> None:
    endless = Pieces(then=b"<!-- x -->" * 6_000, times=1_600)
    with pytest.raises(UnreadableFile, match="xml_too_long"):
        list(reader(endless))
    assert endless.taken < 3_000_000


def test_the_longest_text_and_the_deepest_element_are_read() -> None:
    (element,) = reader(io.BytesIO(entry("œ" * 100_000).encode()))
    assert len(element.text) == 100_000
    (element,) = reader(io.BytesIO(entry("<hi>" * 60 + "x" + "</hi>" * 60).encode()))
    assert element.text == "x"


@pytest.mark.parametrize(
    "start",
    [
        *(b"<tbx><conceptEntry><term>", b"<tbx><tbxHeader><p>"),
        *(
            b'<tbx><conceptEntry><xref target="',
            b"<tbx><!-- ",
            b"<tbx><?pi ",
            b"<tbx><conceptEntry><![CDATA[",
        ),
        *(b"<tbx><conceptEntry ", b"<"),
    ],
)
def test_an_endless_element_is_refused_in_little_memory(start: bytes) -> None:
    endless = Pieces(start, then=b"x" * 65_536, times=1_600)  # 100 MB
    tracemalloc.start()
    try:
        with pytest.raises(UnreadableFile, match="xml_too_long"):
            list(reader(endless))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert endless.taken < 3_000_000
    assert peak < 5_000_000


@pytest.mark.parametrize("child", [b"<a/>", b"<a>" + b"x" * 9_000 + b"</a>", b'<a b="' + b"c" * 9_000 + b'"/>'])
def test_an_endless_entry_is_refused(child: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml, "MAX_ENTRY", 500_000)
    endless = Pieces(b"<tbx><conceptEntry>", then=child * (20_000 // len(child)), times=1_000)
    with pytest.raises(UnreadableFile, match="xml_too_long"):
        list(reader(endless))
    assert endless.taken < 1_000_000


def test_a_file_of_any_length_is_read_in_little_memory() -> None:
    body = (b"<conceptEntry><term>" + b"x" * 1_000 + b"</term></conceptEntry>") * 50
    pieces = Pieces(b"<tbx>", then=body, times=200, last=b"</tbx>")
    tracemalloc.start()
    try:
        count = sum(1 for _ in reader(pieces))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count == 10_000
    assert peak < 3_000_000


def test_entries_come_before_the_end_is_reached() -> None:
    pieces = Pieces(b"<tbx>\n<conceptEntry id='c1'/>", b"<conceptEntry>", b"</tbx>")
    entries = iter(reader(pieces))
    assert next(entries).attributes == {"id": "c1"}
    with pytest.raises(UnreadableFile, match="xml_malformed"):
        next(entries)


def test_elements_keep_line_language_and_the_order_of_inline_markup() -> None:
    source = reader(
        io.BytesIO(
            b'<t:tbx xmlns:t="urn:iso:std:iso:30042:ed-2" xml:lang="fr">\n\n<t:conceptEntry>\n'
            b'<t:term xml:lang="EN-us">H<t:hi type="subscript">2</t:hi>O\n  <!-- x --> and '
            b"<![CDATA[<b>]]>&#233;</t:term></t:conceptEntry></t:tbx>"
        )
    )
    (element,) = source
    (term,) = element.elements()
    assert source.root_language == "fr"
    assert (element.name, element.line, term.line, term.language) == ("conceptEntry", 3, 4, "EN-us")
    assert term.text == "H2O and <b>é"


def test_only_ascii_whitespace_is_collapsed() -> None:
    assert collapsed("\n  à \t\r\n voir\u00a0: 1\u202f000 ") == "à voir\u00a0: 1\u202f000"


def test_escapes() -> None:
    assert escaped('a<b & ]]> "c"') == 'a&lt;b &amp; ]]&gt; "c"'
    assert quoted('https://x/?a="1"&b=<2>') == '"https://x/?a=&quot;1&quot;&amp;b=&lt;2&gt;"'
