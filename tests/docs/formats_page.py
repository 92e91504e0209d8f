"""The tables in docs/formats.md, made from the registry of formats."""

from collections.abc import Iterable

from app.exchange.readers import READERS
from app.exchange.formats import FORMATS
from app.exchange.records import Format, Pair
from tests.docs.between import DOCS, renewed, table

PAGE = DOCS / "formats.md"

PAIR = {Pair.NEEDED: "a pair of languages is needed", Pair.OPTIONAL: "a pair of languages", Pair.NEVER: ""}


def formats() -> str:
    """A row a format."""
    return table(
        ["format", "for", "media type", "file", "direction", "to choose"],
        [
            [
                f"`{name}`",
                format_.purpose,
                f"`{format_.media_type.split(';')[0]}`",
                f"`{format_.suffix}`",
                "out and in" if format_.name in READERS else "out",
                choices(format_),
            ]
            for name, format_ in FORMATS.items()
        ],
    )


def choices(format_: Format) -> str:
    """What may be chosen about a file of the format."""
    styles = f"style {' or '.join(format_.styles)}" if format_.styles else ""
    return "; ".join(filter(None, [PAIR[format_.pair], styles]))


def losses() -> str:
    """A row a field that some format loses or carries in notes only."""
    fields = sorted({path for format_ in FORMATS.values() for path in (*format_.losses, *format_.lowered)})
    return table(
        ["field", "not in", "in notes only in"],
        [
            [
                f"`{field}`",
                named(field in format_.losses for format_ in FORMATS.values()),
                named(field in format_.lowered for format_ in FORMATS.values()),
            ]
            for field in fields
        ],
    )


def named(chosen: Iterable[bool]) -> str:
    """The names of the formats of which something is true."""
    return " ".join(f"`{name}`" for name, is_so in zip(FORMATS, chosen, strict=True) if is_so)


PARTS = {"formats": formats, "losses": losses}


def page_renewed(page: str) -> str:
    """The page with the tables as they are now."""
    for name, made in PARTS.items():
        page = renewed(page, name, made())
    return page


if __name__ == "__main__":
    PAGE.write_text(page_renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
