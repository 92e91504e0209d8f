"""TBX written by lxml, element by element: how a file that does not fit into memory is usually written."""

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any, NamedTuple

from lxml import etree

from app.exchange.tbx_writer import CHUNK

# Without it, lxml invents another prefix for xml:lang.
_OF_XML = {"xml": "http://www.w3.org/XML/1998/namespace"}


class Node(NamedTuple):
    """An element without anything of lxml in it."""

    name: str
    attributes: dict[str, str]
    text: str | None
    children: list["Node"]


def nodes(file: bytes) -> list[Node]:
    """The entries of a TBX file, made before the clock starts."""
    return [
        _node(entry) for _, entry in etree.iterparse(BytesIO(file), tag="{*}conceptEntry", remove_blank_text=True)
    ]


def write(entries: Iterable[Node]) -> Iterator[bytes]:
    """The entries in pieces of the same size as the service writes."""
    buffer = BytesIO()
    with etree.xmlfile(buffer, encoding="utf-8") as file, file.element("body", nsmap=_OF_XML):
        for entry in entries:
            _write(file, entry)
            file.flush()
            if buffer.tell() >= CHUNK:
                yield buffer.getvalue()
                buffer.seek(0)
                buffer.truncate()
    yield buffer.getvalue()


def _node(element: Any) -> Node:
    attributes = {str(name): str(value) for name, value in element.attrib.items()}
    return Node(etree.QName(element).localname, attributes, element.text, [_node(child) for child in element])


def _write(file: Any, node: Node) -> None:
    with file.element(node.name, node.attributes):
        if node.text is not None:
            file.write(node.text)
        for child in node.children:
            _write(file, child)
