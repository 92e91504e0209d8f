"""An Atom document has the structure of RFC 4287 and carries every character."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from app.feeds.atom import AtomEntry, Feed, Link, written

NAMES = {"a": "http://www.w3.org/2005/Atom", "h": "http://www.w3.org/1999/xhtml"}
SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).parent / "atom.rng"))
WORDS = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=40)


def checked(document: bytes) -> etree._Element:
    """The document, which must be a valid feed."""
    root = etree.fromstring(document)
    SCHEMA.assertValid(root)
    assert_rules_beyond_the_grammar(root)
    return root


def assert_rules_beyond_the_grammar(root: etree._Element) -> None:
    """What RFC 4287, sections 4.1.1 and 4.1.2, asks and a grammar cannot say."""
    ids = root.xpath("a:entry/a:id/text()", namespaces=NAMES)
    assert len(ids) == len(set(ids))
    for holder in (root, *root.iterfind("a:entry", NAMES)):
        alternates = [
            (link.get("type"), link.get("hreflang")) for link in holder.iterfind("a:link[@rel='alternate']", NAMES)
        ]
        assert len(alternates) == len(set(alternates))
        assert alternates or holder.find("a:content", NAMES) is not None
    assert len(root.findall("a:link[@rel='self']", NAMES)) == 1


def feed(*entries: AtomEntry) -> Feed:
    return Feed(
        id="https://terms.example.org/v1/changes.atom",
        language="ru",
        title="Свод терминов: изменения",
        author="Свод терминов",
        updated=datetime(2027, 2, 1, 12, tzinfo=timezone(timedelta(hours=3))),
        links=[
            Link("self", "https://terms.example.org/v1/changes.atom?limit=50", "application/atom+xml"),
            Link("alternate", "https://terms.example.org/v1/changes.atom?lang=fr", hreflang="fr"),
        ],
        entries=entries,
    )


def entry(title: str, *sentences: str) -> AtomEntry:
    return AtomEntry(
        id="https://terms.example.org/v1/changes?since=16&limit=1",
        title=title,
        at=datetime(2027, 2, 1, 9, tzinfo=UTC),
        category="adopted",
        label="текст согласован",
        links=[Link("alternate", "https://terms.example.org/id/TMD-0017")],
        sentences=sentences,
        quoted=[("fr", "leurre"), ("ru", "ложная цель")],
    )


def test_a_feed_is_valid_with_and_without_entries() -> None:
    assert len(checked(written(feed())).findall("a:entry", NAMES)) == 0
    root = checked(written(feed(entry("TMD-0017 ложная цель: согласована версия 1", "Текст принят."))))
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "ru"
    assert root.findtext("a:updated", namespaces=NAMES) == "2027-02-01T09:00:00Z"
    shown = root.find("a:entry/a:content/h:div", NAMES)
    assert shown is not None
    assert shown.findtext("h:p", namespaces=NAMES) == "Текст принят."
    assert [(item.get("lang"), item.text) for item in shown.iterfind("h:ul/h:li", NAMES)] == [
        ("fr", "leurre"),
        ("ru", "ложная цель"),
    ]


@given(WORDS, WORDS)
def test_any_text_comes_through_as_it_is(title: str, sentence: str) -> None:
    root = checked(written(feed(entry(title, sentence))))
    assert root.findtext("a:entry/a:title", namespaces=NAMES) == title
    assert root.findtext("a:entry/a:content/h:div/h:p", namespaces=NAMES) == sentence


def test_markup_in_a_term_stays_text() -> None:
    root = checked(written(feed(entry("<script>alert('ракета')</script> & ]]>", "<b>Ложная цель</b>"))))
    assert root.xpath("//*[local-name()='script' or local-name()='b']") == []


@pytest.mark.parametrize(
    ("taken", "put"),
    [
        (b"<updated>2027-02-01T09:00:00Z</updated><author>", b"<author>"),
        (b"<name>", b"<name/><name>"),
        (b'type="xhtml"', b'type="html5"'),
        (b"2027-02-01T09:00:00Z", b"2027-02-01"),
        (b'rel="alternate"', b'rel="alternate" colour="red"'),
    ],
)
def test_the_schema_of_these_tests_finds_mistakes(taken: bytes, put: bytes) -> None:
    document = written(feed(entry("TMD-0017", "Текст принят.")))
    assert taken in document
    assert not SCHEMA.validate(etree.fromstring(document.replace(taken, put)))
