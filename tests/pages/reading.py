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
    forms: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    """What a browser would send of each form, by its address, were nothing typed; buttons are not pressed."""

    def __post_init__(self) -> None:
        super().__init__()
        self._open: list[Element] = []
        self._form: dict[str, list[str]] | None = None
        self._area: str | None = None
        self._select: str | None = None
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
        self._note_field(element)
        # In SVG an element may close itself.
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop().tag == tag, f"</{tag}> closes another element"
        if tag == "form":
            self._form = None
        elif tag == "textarea":
            self._area = None
        elif tag == "select":
            self._select = None

    def handle_data(self, data: str) -> None:
        if self._area is not None and self._form is not None:
            # Browsers leave the line end after the opening tag away.
            self._form[self._area] = [data.removeprefix("\n")]
        if data.strip():
            self.said.append((data, tuple(self._open)))

    def _note_field(self, element: Element) -> None:
        given = element.attributes
        name = given.get("name", "")
        if element.tag == "form":
            self._form = self.forms.setdefault(given.get("action", ""), {})
        elif self._form is None or (not name and element.tag != "option"):
            return
        elif element.tag == "textarea":
            self._area = name
            self._form[name] = [""]
        elif element.tag == "select":
            self._select = name
        elif element.tag == "option" and self._select is not None:
            if "selected" in given or self._select not in self._form:
                self._form[self._select] = [given.get("value", "")]
        elif element.tag == "input" and (given.get("type") not in ("checkbox", "radio") or "checked" in given):
            self._form.setdefault(name, []).append(given.get("value", ""))

    def texts(self) -> Iterator[str]:
        """What stands on the page."""
        yield from (text for text, _ in self.said)
