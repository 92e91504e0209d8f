"""The query set: what people type, and the entries that they mean.

Each file in `query_set/written` and `query_set/generated` holds one class, named after the file. Its rows are

    query      as it is typed; `\\u` and four hexadecimal digits stand for a character that cannot be seen
    language   of the term that is meant
    entries    the entries that answer it: more than one where the term belongs to several
    term       the term that is meant, as the glossary has it

`query_set/off_topic.tsv` holds queries that no term answers, and `query_set/not_meant.tsv` queries near a term
that nobody means by them.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "query_set"
WRITTEN, GENERATED = FOLDER / "written", FOLDER / "generated"
OFF_TOPIC = FOLDER / "off_topic.tsv"
NOT_MEANT = FOLDER / "not_meant.tsv"

_ESCAPE = re.compile(r"\\u([0-9a-f]{4})")
_UNSEEN = re.compile("[^\\S ]|[\u00ad\u0300-\u036f\u200b-\u200f\u2010\u2011\u2060\ufeff]|^ | $|(?<= ) ")


@dataclass(frozen=True)
class Query:
    """What somebody types for a term of the glossary."""

    text: str
    kind: str
    language: str
    entries: tuple[str, ...]
    term: str


@dataclass(frozen=True)
class OffTopic:
    """What somebody types who means no term of the glossary."""

    text: str
    language: str


@dataclass(frozen=True)
class NotMeant:
    """What somebody types who means another word than a term that is near it."""

    text: str
    language: str
    term: str


def all_queries() -> list[Query]:
    """The whole set, by class."""
    paths = sorted((*WRITTEN.glob("*.tsv"), *GENERATED.glob("*.tsv")), key=lambda path: path.stem)
    return [query for path in paths for query in read(path)]


def off_topic() -> list[OffTopic]:
    """The queries that no term answers."""
    return [OffTopic(text, language) for text, language in _rows(OFF_TOPIC)]


def not_meant() -> list[NotMeant]:
    """The queries that are not taken for a term, each with the term."""
    return [NotMeant(*row) for row in _rows(NOT_MEANT)]


def read(path: Path) -> list[Query]:
    """The queries of one file."""
    return [
        Query(text, path.stem, language, tuple(entries.split(" ")), term)
        for text, language, entries, term in _rows(path)
    ]


def comment_of(path: Path) -> str:
    """What a file says of its class."""
    return path.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ")


def write(path: Path, comment: str, queries: Iterable[Query]) -> None:
    """A file that `read` reads."""
    rows = ("\t".join((escaped(q.text), q.language, " ".join(q.entries), q.term)) for q in queries)
    path.write_text("\n".join((f"# {comment}", "query\tlanguage\tentries\tterm", *rows, "")), encoding="utf-8")


def escaped(text: str) -> str:
    """A query with the characters that cannot be seen written out."""
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _rows(path: Path) -> Iterator[list[str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    columns = next(line for line in lines if not line.startswith("#")).split("\t")
    for line in lines[lines.index("\t".join(columns)) + 1 :]:
        fields = [_ESCAPE.sub(lambda found: chr(int(found[1], 16)), field) for field in line.split("\t")]
        if len(fields) != len(columns):
            raise ValueError(f"{path.name}: {len(columns)} columns are expected in {line!r}")
        yield fields
