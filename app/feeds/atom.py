"""Atom documents (RFC 4287), paged as RFC 5005 says; pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from app.languages.codes import LanguageCode

MEDIA_TYPE = "application/atom+xml"

_ATOM = "http://www.w3.org/2005/Atom"
_XHTML = "http://www.w3.org/1999/xhtml"


@dataclass(frozen=True)
class Link:
    """A link of a feed or an entry."""

    rel: str
    href: str
    type: str | None = None
    hreflang: str | None = None
    title: str | None = None


@dataclass(frozen=True)
class AtomEntry:
    """One entry of a feed."""

    id: str
    title: str
    at: datetime
    category: str
    """A code; `label` is its name in the language of the feed."""
    label: str
    links: Sequence[Link]
    sentences: Sequence[str]
    """What it says, in the language of the feed."""
    quoted: Sequence[tuple[LanguageCode, str]]
    """Texts of the compendium that it shows, each in its own language."""


@dataclass(frozen=True)
class Feed:
    """A page of a feed."""

    id: str
    language: LanguageCode
    title: str
    author: str
    updated: datetime
    links: Sequence[Link]
    entries: Sequence[AtomEntry]


def written(feed: Feed) -> bytes:
    """The document in UTF-8."""
    root = Element("feed", {"xmlns": _ATOM, "xml:lang": feed.language})
    _text(root, "id", feed.id)
    _text(root, "title", feed.title)
    _text(root, "updated", _instant(feed.updated))
    _text(SubElement(root, "author"), "name", feed.author)
    for link in feed.links:
        _link(root, link)
    for entry in feed.entries:
        _entry(root, entry)
    document: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return document


def _entry(root: Element, entry: AtomEntry) -> None:
    element = SubElement(root, "entry")
    _text(element, "id", entry.id)
    _text(element, "title", entry.title)
    _text(element, "published", _instant(entry.at))
    _text(element, "updated", _instant(entry.at))
    SubElement(element, "category", {"term": entry.category, "label": entry.label})
    for link in entry.links:
        _link(element, link)
    content = SubElement(element, "content", {"type": "xhtml"})
    page = SubElement(content, "div", {"xmlns": _XHTML})
    for sentence in entry.sentences:
        _text(page, "p", sentence)
    if entry.quoted:
        terms = SubElement(page, "ul")
        for language, text in entry.quoted:
            _text(terms, "li", text, {"lang": language, "xml:lang": language})


def _text(parent: Element, name: str, text: str, attributes: dict[str, str] | None = None) -> None:
    SubElement(parent, name, attributes or {}).text = text


def _link(parent: Element, link: Link) -> None:
    given = {
        "rel": link.rel,
        "href": link.href,
        "type": link.type,
        "hreflang": link.hreflang,
        "title": link.title,
    }
    SubElement(parent, "link", {name: value for name, value in given.items() if value is not None})


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
