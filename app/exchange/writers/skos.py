"""SKOS: what RDF says of an entry, as Turtle and as JSON-LD.

Of each language the preferred term is the `prefLabel`, others that may be used are `altLabel`, and those that may
not are `hiddenLabel`; no text is two of them in a language (S13), and there is one `prefLabel` at most (S14). An
entry that is not agreed has no `prefLabel`. A definition is a node with its text and its sources. What SKOS has no
property for stands in `editorialNote`, in the words of `lowered`.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote

from app.entries.content import Acceptability, Definition, EntryContent, ReferenceMatch, RelationType, Section
from app.exchange import lowered
from app.exchange.beside import beside
from app.exchange.drafts import shown_acceptability
from app.exchange.records import PLAIN, Options, Record
from app.exchange.writers.tables import CHUNK, instant

PREFIXES = {
    "dct": "http://purl.org/dc/terms/",
    "isothes": "http://purl.org/iso25964/skos-thes#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
LOSSES = (
    "languages.*.terms.*.abbreviation_of",
    "languages.*.terms.*.acceptability",
    "languages.*.terms.*.contexts.*.source",
    "languages.*.terms.*.contexts.*.text",
    "languages.*.terms.*.gender",
    "languages.*.terms.*.number",
    "languages.*.terms.*.part_of_speech",
    "languages.*.terms.*.region",
    "languages.*.terms.*.register",
    "languages.*.terms.*.sources.*",
    "languages.*.terms.*.transliterations.*.scheme",
    "languages.*.terms.*.type",
    "references.*.label",
)
_RELATIONS = {
    RelationType.GENERIC: ("skos:broader", "isothes:broaderGeneric"),
    RelationType.PARTITIVE: ("skos:broader", "isothes:broaderPartitive"),
    RelationType.ASSOCIATIVE: ("skos:related",),
    RelationType.SEE_ALSO: ("rdfs:seeAlso",),
    RelationType.CONTRAST: ("rdfs:seeAlso",),
}
_MATCHES = {match: f"skos:{name}" for match, name in lowered.MATCHES.items()}
_LABELS = {
    Acceptability.PREFERRED: "skos:prefLabel",
    Acceptability.ADMITTED: "skos:altLabel",
    Acceptability.DEPRECATED: "skos:hiddenLabel",
    Acceptability.SUPERSEDED: "skos:hiddenLabel",
}
_ENDED = ("superseded", "withdrawn")


@dataclass(frozen=True)
class Iri:
    """A resource."""

    address: str


@dataclass(frozen=True)
class Text:
    """A literal, with its language or its type."""

    text: str
    language: str = ""
    type: str = ""


@dataclass(frozen=True)
class Node:
    """A resource without an address."""

    said: tuple[tuple[str, "Value"], ...]


Value = Iri | Text | Node
Said = list[tuple[str, Value]]
"""What is said of a resource: properties with their values."""


def write_turtle(records: Iterable[Record], _options: Options = PLAIN, /) -> Iterator[bytes]:
    """The file in small pieces."""
    head = "".join(f"@prefix {name}: <{address}> .\n" for name, address in PREFIXES.items())
    return _in_pieces(head, (_turtle(address, said) for address, said in _resources(records)), "")


def write_json_ld(records: Iterable[Record], _options: Options = PLAIN, /) -> Iterator[bytes]:
    """The file in small pieces."""
    head = f'{{"@context":{_json(PREFIXES)},"@graph":['
    return _in_pieces(head, _separated(_json_ld(*resource) for resource in _resources(records)), "\n]}\n")


# ---- what is said


def _resources(records: Iterable[Record]) -> Iterator[tuple[str, Said]]:
    """Each resource once: the scheme, each subject field where it first occurs, each entry."""
    subjects: set[str] = set()
    for number, record in enumerate(records):
        scheme = record.uri.rpartition("/")[0]
        fields = scheme.rpartition("/")[0] + "/v1/subject-fields"
        if number == 0:
            yield from _schemes(scheme, fields)
        for code in record.content.subject_fields:
            if code not in subjects:
                subjects.add(code)
                yield (
                    f"{fields}#{code}",
                    [
                        ("rdf:type", Iri("skos:Concept")),
                        ("skos:inScheme", Iri(fields)),
                        ("skos:notation", Text(code)),
                    ],
                )
        yield record.uri, list(_entry(record, scheme, fields))


def _schemes(scheme: str, fields: str) -> Iterator[tuple[str, Said]]:
    for address, title in ((scheme, "Compendium of theatre missile defence terms"), (fields, "Subject fields")):
        yield address, [("rdf:type", Iri("skos:ConceptScheme")), ("dct:title", Text(title, "en"))]


def _entry(record: Record, scheme: str, fields: str) -> Iterator[tuple[str, Value]]:
    content = record.content
    yield "rdf:type", Iri("skos:Concept")
    yield "skos:inScheme", Iri(scheme)
    yield "dct:identifier", Text(record.number)
    yield "dct:modified", Text(instant(record.updated_at), type="xsd:dateTime")
    if record.status in _ENDED:
        yield "owl:deprecated", Text("true", type="xsd:boolean")
    for code in content.subject_fields:
        yield "dct:subject", Iri(f"{fields}#{code}")
    if content.notation is not None:
        yield "skos:notation", Text(content.notation)
    for language, section in content.languages.items():
        yield from _labels(section, language, record.status)
        yield from _texts(section, language)
    yield from _links(content, scheme)
    for note in _editorial(record):
        yield "skos:editorialNote", Text(note, "en")
    for one in beside(record):
        yield "skos:editorialNote", Text(one.text, one.language or "en")


def _labels(section: Section, language: str, status: str) -> Iterator[tuple[str, Value]]:
    """The labels of a language. An abbreviation is no second prefLabel."""
    taken: set[str] = set()
    for term in section.terms:
        shown = shown_acceptability(term.acceptability, status)
        label = _LABELS[shown]
        if shown is Acceptability.PREFERRED and term is not section.preferred:
            label = "skos:altLabel"
        yield label, Text(term.text, language)
        for reading in term.transliterations:
            if reading.text not in taken:
                taken.add(reading.text)
                hidden = label == "skos:hiddenLabel"
                yield "skos:hiddenLabel" if hidden else "skos:altLabel", Text(reading.text, f"{language}-Latn")


def _texts(section: Section, language: str) -> Iterator[tuple[str, Value]]:
    if section.definition is not None:
        yield "skos:definition", _definition(section.definition, language)
    for note in section.notes:
        yield "skos:note", Text(note, language)
    for example in section.examples:
        yield "skos:example", Text(example, language)
    if section.no_equivalent is not None:
        yield "skos:scopeNote", Text(lowered.lowered("no equivalent", section.no_equivalent), language)
    for term in section.terms:
        if term.usage_note is not None:
            yield "skos:scopeNote", Text(f"{term.text}: {term.usage_note}", language)


def _definition(definition: Definition, language: str) -> Node:
    said: Said = [("rdf:value", Text(definition.text, language))]
    said += [("dct:source", Text(lowered.source_text(source))) for source in definition.sources]
    return Node(tuple(said))


def _links(content: EntryContent, scheme: str) -> Iterator[tuple[str, Value]]:
    for relation in content.relations:
        for name in _RELATIONS[relation.type]:
            yield name, Iri(f"{scheme}/{relation.target}")
    for reference in content.references:
        yield _MATCHES[ReferenceMatch(reference.match)], Iri(_iri(reference.uri))


def _editorial(record: Record) -> Iterator[str]:
    content = record.content
    if record.status != "agreed":
        yield lowered.lowered("workflow", record.status)
    for activity in content.activities:
        yield lowered.lowered("activity", activity)
    for pair, equivalence in content.equivalence.items():
        yield lowered.lowered("equivalence", lowered.equivalence_text(equivalence), pair)
    for relation in content.relations:
        if relation.type is RelationType.CONTRAST:
            yield lowered.relation_note(relation)


def _iri(address: str) -> str:
    """The address without the characters that no IRI may have."""
    return quote(address, safe="%/:?#[]@!$&'()*+,;=~-._")


# ---- how it is written


def _in_pieces(head: str, resources: Iterable[str], tail: str) -> Iterator[bytes]:
    pieces, size = [head], 0
    for resource in resources:
        pieces.append(resource)
        size += len(resource)
        if size >= CHUNK:
            yield "".join(pieces).encode()
            pieces, size = [], 0
    pieces.append(tail)
    yield "".join(pieces).encode()


def _separated(resources: Iterable[str]) -> Iterator[str]:
    for number, resource in enumerate(resources):
        yield f",\n{resource}" if number else f"\n{resource}"


def _turtle(address: str, said: Said) -> str:
    lines = ";\n    ".join(f"{name} {_turtle_value(value)}" for name, value in said)
    return f"\n<{address}> {lines} .\n"


def _turtle_value(value: Value) -> str:
    if isinstance(value, Iri):
        return value.address if value.address.startswith("skos:") else f"<{value.address}>"
    if isinstance(value, Node):
        return f"[ {'; '.join(f'{name} {_turtle_value(one)}' for name, one in value.said)} ]"
    # The escapes of a JSON string are those of Turtle, but for the solidus, which json leaves alone.
    text = json.dumps(value.text, ensure_ascii=False)
    return f"{text}@{value.language}" if value.language else f"{text}^^{value.type}" if value.type else text


def _json_ld(address: str, said: Said) -> str:
    return _json({"@id": address, **_grouped(said)})


def _grouped(said: Iterable[tuple[str, Value]]) -> dict[str, object]:
    """The values by property, in the order in which properties first occur."""
    values: dict[str, list[object]] = {}
    types = [value.address for name, value in said if name == "rdf:type" and isinstance(value, Iri)]
    for name, value in said:
        if name != "rdf:type":
            values.setdefault(name, []).append(_json_value(value))
    return {**({"@type": types} if types else {}), **values}


def _json_value(value: Value) -> object:
    if isinstance(value, Iri):
        return {"@id": value.address}
    if isinstance(value, Node):
        return _grouped(value.said)
    if value.language:
        return {"@value": value.text, "@language": value.language}
    return {"@value": value.text, "@type": value.type} if value.type else value.text


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
