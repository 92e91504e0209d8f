"""Reading a page as a browser would: its tags, addresses and texts."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"meta", "link", "input", "br", "img", "hr"})
SPOKEN = ("title", "aria-label", "placeholder", "alt", "data-list-label", "data-some", "data-none")
"""Attributes that people read or hear."""


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]


@dataclass
class Page(HTMLParser):
    """A page, read once."""

    text: str
    addresses: list[str] = field(default_factory=list)
    tags: list[Element] = field(default_factory=list)
    said: list[tuple[str, tuple[Element, ...]]] = field(default_factory=list)
    """Every text and spoken attribute, with the elements around it."""

    def __post_init__(self) -> None:
        super().__init__()
        self._open: list[Element] = []
        self.feed(self.text)
        self.close()
        assert self._open == [], f"never closed: {self._open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.tags.append(element)
        self.addresses += [
            element.attributes[name] for name in ("href", "action", "src") if name in element.attributes
        ]
        around = (*self._open, element)
        self.said += [(element.attributes[name], around) for name in SPOKEN if name in element.attributes]
        if tag == "meta" and element.attributes.get("name") == "description":
            self.said.append((element.attributes["content"], around))
        # In SVG an element may close itself.
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop().tag == tag, f"</{tag}> closes another element"

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.said.append((data, tuple(self._open)))

    def texts(self) -> Iterator[str]:
        """What stands on the page."""
        yield from (text for text, _ in self.said)
