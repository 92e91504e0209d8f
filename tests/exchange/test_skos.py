"""RDF, parsed and checked by rdflib: both syntaxes say the same, and keep to the conditions of SKOS."""

import warnings

import pytest
from hypothesis import HealthCheck, given, settings
from rdflib import OWL, RDF, BNode, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, SKOS

from app.entries.content import EntryContent
from app.exchange.records import Record
from tests.contents import contents, full_content
from tests.exchange.makers import make_record, written
from tests.languages import glossary

LABELS = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
ENTRY = URIRef("https://terms.example/id/TMD-0017")


def turtle(*records: Record) -> Graph:
    return Graph().parse(data=written("skos", *records), format="turtle")


def json_ld(*records: Record) -> Graph:
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", DeprecationWarning
        )  # rdflib's reader of JSON-LD uses an old class of its own
        return Graph().parse(data=written("skos-jsonld", *records), format="json-ld")


def said(graph: Graph) -> set[object]:
    """The triples; a definition, which has no address, is what is said of it."""
    nodes = {node: frozenset(graph.predicate_objects(node)) for node in graph.subjects() if isinstance(node, BNode)}
    return {
        (subject, name, nodes.get(value, value)) for subject, name, value in graph if not isinstance(subject, BNode)
    }


def broken(graph: Graph) -> list[str]:
    """Where the graph breaks S13 (labels are disjoint), S14 (one preferred label a language) or S46."""
    found = []
    for concept in graph.subjects(RDF.type, SKOS.Concept):
        preferred, alternative, hidden = (
            list(graph.objects(concept, name)) for name in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
        )
        if set(preferred) & set(alternative) or set(preferred) & set(hidden) or set(alternative) & set(hidden):
            found.append(f"S13 {concept}")
        languages = [label.language for label in preferred]
        if len(set(languages)) < len(languages):
            found.append(f"S14 {concept}")
    return found


def test_the_check_finds_what_is_broken() -> None:
    graph = turtle(make_record(full_content()))
    graph.add((ENTRY, SKOS.altLabel, Literal("theatre missile defence", lang="en")))
    graph.add((ENTRY, SKOS.prefLabel, Literal("TMD", lang="en")))
    assert [one[:3] for one in broken(graph)] == ["S13", "S14"]


def test_all_shipped_entries_keep_to_the_conditions() -> None:
    records = [make_record(entry.content, entry.number, entry.status) for entry in glossary.entries()]
    graph = turtle(*records)
    assert broken(graph) == []
    scheme = URIRef("https://terms.example/id")
    assert len(set(graph.subjects(SKOS.inScheme, scheme))) == len(records)
    assert len(set(graph.objects(None, DCTERMS.subject))) == len(
        {code for record in records for code in record.content.subject_fields}
    )


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(content=contents())
def test_any_content_keeps_to_the_conditions_and_is_the_same_in_both_syntaxes(content: EntryContent) -> None:
    record = make_record(content)
    graph = turtle(record)
    assert broken(graph) == []
    assert said(graph) == said(json_ld(record))
    texts = {term.text for section in content.languages.values() for term in section.terms}
    labels = {
        str(label)
        for name in ("prefLabel", "altLabel", "hiddenLabel")
        for label in graph.objects(ENTRY, SKOS[name])
    }
    assert texts <= labels


def test_terms_are_labels_by_their_acceptability() -> None:
    graph = turtle(make_record(full_content()))
    english = {
        name: {str(label) for label in graph.objects(ENTRY, SKOS[name]) if label.language == "en"}
        for name in ("prefLabel", "altLabel", "hiddenLabel")
    }
    assert english == {
        "prefLabel": {"theatre missile defence"},
        "altLabel": {"theater missile defense", "TMD"},
        "hiddenLabel": {"TM-D", "missile shield"},
    }
    readings = {str(label) for label in graph.objects(ENTRY, SKOS.altLabel) if label.language == "ru-Latn"}
    assert "protivoraketnaya oborona: na teatre" in readings


def test_relations_and_references_are_those_of_skos() -> None:
    graph = turtle(make_record(full_content()))
    base = "https://terms.example/id/TMD-000"
    assert set(graph.objects(ENTRY, SKOS.broader)) == {URIRef(f"{base}1"), URIRef(f"{base}2")}
    assert set(graph.objects(ENTRY, SKOS.related)) == {URIRef(f"{base}3")}
    assert URIRef("http://www.wikidata.org/entity/Q1") in set(graph.objects(ENTRY, SKOS.closeMatch))
    definitions = [graph.value(node, RDF.value) for node in graph.objects(ENTRY, SKOS.definition)]
    assert {text.language for text in definitions} == {"en", "fr", "ru"}


@pytest.mark.parametrize("status", ["proposed", "diverged", "superseded", "withdrawn"])
def test_what_is_not_agreed_has_no_preferred_label_and_says_its_status(status: str) -> None:
    graph = turtle(make_record(full_content(), status=status))
    assert list(graph.objects(ENTRY, SKOS.prefLabel)) == []
    assert Literal(f"workflow: {status}", lang="en") in set(graph.objects(ENTRY, SKOS.editorialNote))
    ended = status in ("superseded", "withdrawn")
    assert ((ENTRY, OWL.deprecated, Literal(True)) in graph) == ended
