"""Entries from SKOS, as Turtle or JSON-LD: a concept is an entry.

Nothing is fetched: a JSON-LD file has to bring its context along. SKOS names one preferred label a language, others
admitted or hidden; of what a term is beside that it says nothing. Properties that are none of ours become notes.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, cast

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DC, DCTERMS, RDF, RDFS, SKOS
from rdflib.plugins.parsers.jsonld import to_rdf
from rdflib.plugins.parsers.notation3 import BadSyntax
from rdflib.term import Node

from app.entries.content import Acceptability, ReferenceMatch, RelationType, Uri
from app.entries.numbers import own_number
from app.errors import UnreadableFile
from app.exchange.drafts import SHOWN, Draft, Extra, language_of
from app.exchange.lowered import Fields, fits, raise_section_note, relation_fields, source_fields
from app.exchange.options import DEFAULTS, ReadOptions
from app.exchange.records import Incoming
from app.exchange.xml import collapsed

MAX_SIZE = 16_000_000
"""Bytes. A graph is held in memory, in some ten times as many."""
MAX_DEPTH = 64
BASE = "urn:file:"
"""What addresses without a beginning are relative to."""

_LABELS = {
    SKOS.prefLabel: Acceptability.PREFERRED,
    SKOS.altLabel: Acceptability.ADMITTED,
    SKOS.hiddenLabel: Acceptability.DEPRECATED,
}
_NOTES = (SKOS.note, SKOS.scopeNote, SKOS.editorialNote, RDFS.comment)
_MATCHES = {
    SKOS.exactMatch: ReferenceMatch.EXACT,
    SKOS.closeMatch: ReferenceMatch.CLOSE,
    SKOS.broadMatch: ReferenceMatch.BROADER,
    SKOS.narrowMatch: ReferenceMatch.NARROWER,
    SKOS.relatedMatch: ReferenceMatch.RELATED,
    RDFS.seeAlso: ReferenceMatch.RELATED,
}
_RELATIONS = {SKOS.broader: RelationType.GENERIC, SKOS.related: RelationType.ASSOCIATIVE}
_SUBJECTS = (DCTERMS.subject, DC.subject)
_PASSED_OVER = frozenset(
    {
        *(RDF.type, SKOS.inScheme, SKOS.topConceptOf, SKOS.narrower, SKOS.definition, SKOS.example, SKOS.notation),
        *(DCTERMS.identifier, DC.identifier, DCTERMS.created, DCTERMS.modified),
    }
)
"""What is read elsewhere, follows from what is read, or tells the history of a text, which is not ours."""


def read(stream: BinaryIO, options: ReadOptions = DEFAULTS) -> Iterator[Incoming]:
    """The concepts by their addresses. Raises UnreadableFile."""
    data = stream.read(MAX_SIZE + 1)
    if len(data) > MAX_SIZE:
        raise UnreadableFile(reason="skos_too_large", line=1)
    graph = _graph(data)
    subjects = {subject for name in _SUBJECTS for subject in graph.objects(None, name)}
    concepts = sorted(
        concept
        for concept in set(graph.subjects(RDF.type, SKOS.Concept))
        if isinstance(concept, URIRef) and concept not in subjects
    )
    if not concepts:
        raise UnreadableFile(reason="skos_no_concept", line=1)
    for place, concept in enumerate(concepts, 1):
        yield _Concept(graph, concept, place, options).incoming()


def _graph(data: bytes) -> Graph:
    text = data.decode("utf-8-sig", "replace")
    try:
        if text.lstrip()[:1] in ("{", "["):
            # Not by `parse`, which warns of what it uses itself.
            parsed = json.loads(text)
            _check_json(parsed, 0)
            return cast(Graph, to_rdf(parsed, Graph(bind_namespaces="none"), BASE))
        return Graph(bind_namespaces="none").parse(data=text, format="turtle", publicID=BASE)
    except BadSyntax as error:
        raise UnreadableFile(reason="skos_malformed", line=error.lines + 1) from error
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, AssertionError) as error:
        raise UnreadableFile(reason="skos_malformed", line=1) from error


def _check_json(value: Any, depth: int) -> None:
    """Raise UnreadableFile if a context would have to be fetched, ValueError for what is nested too deeply."""
    if depth > MAX_DEPTH:
        raise ValueError
    if isinstance(value, Mapping):
        for name, item in value.items():
            contexts = item if isinstance(item, list) else [item]
            if name == "@import" or (name == "@context" and any(isinstance(one, str) for one in contexts)):
                raise UnreadableFile(reason="skos_context", line=1)
            _check_json(item, depth + 1)
    elif isinstance(value, list):
        for item in value:
            _check_json(item, depth + 1)


class _Concept:
    """One concept, from its properties to its draft."""

    def __init__(self, graph: Graph, concept: URIRef, place: int, options: ReadOptions) -> None:
        self._graph = graph
        self._concept = concept
        self._draft = Draft(place, _reference(graph, concept), options)

    def incoming(self) -> Incoming:
        for acceptability in Acceptability:
            for name, given in _LABELS.items():
                if given is acceptability:
                    self._labels(name, given)
        for literal in self._literals(SKOS.notation):
            if own_number(literal) is None and not self._draft.raise_entry_note(f"notation: {literal}"):
                self._draft.add_extra(Extra("notation", "notation", literal, is_value=True))
        for node in self._objects(SKOS.definition):
            self._definition(node)
        for name in _NOTES:
            for node in self._objects(name):
                self._passage(node, "notes")
        for node in self._objects(SKOS.example):
            self._passage(node, "examples")
        self._links()
        self._unknown()
        return self._draft.incoming()

    def _labels(self, name: URIRef, acceptability: Acceptability) -> None:
        for node in self._objects(name):
            if not isinstance(node, Literal):
                continue
            language, region = self._language(node)
            if language is None:
                continue
            term: Fields = {"text": collapsed(str(node)), "region": region, "acceptability": acceptability}
            self._draft.add_term(language, term)

    def _language(self, literal: Literal) -> tuple[Any, str | None]:
        tag = literal.language or self._draft.options.language
        return self._draft.language(tag or "und")

    def _definition(self, node: Node) -> None:
        literal, sources = _written(self._graph, node)
        if literal is None:
            return
        language, _ = self._language(literal)
        section = self._draft.section(language) if language else None
        if section is None or "definition" in section:
            self._draft.warn("languages", "definition_left_out", value=str(literal)[:SHOWN])
            return
        section["definition"] = {
            "text": collapsed(str(literal)),
            "sources": [source_fields(collapsed(source)) for source in sources],
        }

    def _passage(self, node: Node, kind: str) -> None:
        literal, _ = _written(self._graph, node)
        if literal is None:
            return
        text = collapsed(str(literal))
        if kind == "notes" and literal.language is None and self._draft.raise_entry_note(text):
            return
        if self._draft.is_beside(text):
            return
        language, _region = self._language(literal)
        if language is None:
            self._draft.warn("", "note_left_out", value=text[:SHOWN])
        elif kind == "notes":
            raise_section_note(self._draft.section(language), text)
        else:
            self._draft.section(language)["examples"].append(text)

    def _links(self) -> None:
        for name in _SUBJECTS:
            for node in self._objects(name):
                self._draft.add_subjects(_tail(node) if isinstance(node, URIRef) else str(node))
        for name, type_ in _RELATIONS.items():
            for node in self._objects(name):
                relation = relation_fields(type_, _reference(self._graph, node) or "")
                if relation is not None:
                    self._draft.fields.setdefault("relations", []).append(relation)
                else:
                    self._draft.add_extra(Extra("relations", _tail(name), str(node), is_value=True))
        for name, match in _MATCHES.items():
            for node in self._objects(name):
                if isinstance(node, URIRef) and fits(Uri, str(node)):
                    self._draft.fields.setdefault("references", []).append({"uri": str(node), "match": match})
                else:
                    self._draft.add_extra(Extra("references", _tail(name), str(node), is_value=True))

    def _unknown(self) -> None:
        known = {*_LABELS, *_NOTES, *_MATCHES, *_RELATIONS, *_SUBJECTS, *_PASSED_OVER}
        for name in sorted(set(self._graph.predicates(self._concept)) - known, key=str):
            for node in self._objects(name):
                literal, _ = _written(self._graph, node)
                language = language_of(literal.language)[0] if literal is not None and literal.language else None
                value = collapsed(str(literal if literal is not None else node))
                self._draft.add_extra(Extra("", _tail(name), value, language))

    def _literals(self, name: URIRef) -> list[str]:
        return [collapsed(str(node)) for node in self._objects(name) if isinstance(node, Literal)]

    def _objects(self, name: Node) -> list[Node]:
        return sorted(set(self._graph.objects(self._concept, name)), key=repr)


def _written(graph: Graph, node: Node) -> tuple[Literal | None, list[str]]:
    """The text of a node, which may be a literal or have one as its value, and where it comes from."""
    if isinstance(node, Literal):
        return node, []
    value = next((item for item in graph.objects(node, RDF.value) if isinstance(item, Literal)), None)
    return value, sorted(str(source) for source in graph.objects(node, DCTERMS.source))


def _reference(graph: Graph, concept: Node) -> str | None:
    """Our number, if a concept has one in its address, identifier or notation; else its address."""
    names = [
        str(name)
        for kind in (DCTERMS.identifier, DC.identifier, SKOS.notation)
        for name in graph.objects(concept, kind)
    ]
    ours = (name for name in [_tail(concept), *sorted(names)] if own_number(name) is not None)
    return next(ours, str(concept))


def _tail(node: Node) -> str:
    return str(node).rstrip("/").rpartition("#")[2].rpartition("/")[2]
