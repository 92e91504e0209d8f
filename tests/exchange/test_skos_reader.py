"""SKOS that comes in, as Turtle and as JSON-LD."""

import io
import json

import pytest
from rdflib import Graph

from app.errors import UnreadableFile
from app.exchange import skos_reader
from app.exchange.options import ReadOptions
from app.exchange.records import Fault, Incoming

PREFIXES = """\
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix ex: <https://terms.example/id/> .
"""
DECOY = """
ex:TMD-0007 a skos:Concept ; skos:inScheme ex:scheme ; dct:subject ex:threat ; skos:notation "2.4.1" ;
  skos:prefLabel "decoy"@en, "leurre"@fr, "ложная цель"@ru, "Attrappe"@de ;
  skos:altLabel "dummy target"@en-US ; skos:hiddenLabel "dummy"@en ;
  skos:definition [ rdf:value "Object that draws fire."@en ; dct:source "Handbook" ], "Engin factice."@fr ;
  skos:scopeNote "Often plural."@en ; skos:example "Decoys flew ahead."@en ;
  skos:broader ex:TMD-0001 ; skos:related <https://other.example/9> ;
  skos:exactMatch <https://iate.example/254003> ; dct:creator "Agency" ; dct:modified "2026-01-02" .
ex:threat a skos:Concept ; skos:prefLabel "Threat"@en .
<https://other.example/9> a skos:Concept ; skos:prefLabel "chaff"@en .
"""


def entries(data: str | bytes, **options: str) -> list[Incoming]:
    data = data.encode() if isinstance(data, str) else data
    return list(skos_reader.read(io.BytesIO(data), ReadOptions(**options)))  # type: ignore[arg-type]


def refusal(data: str | bytes) -> str:
    with pytest.raises(UnreadableFile) as error:
        entries(data)
    return str(error.value.params["reason"])


@pytest.fixture(params=["turtle", "json-ld"])
def written(request: pytest.FixtureRequest) -> str:
    if request.param == "turtle":
        return PREFIXES + DECOY
    return Graph().parse(data=PREFIXES + DECOY, format="turtle").serialize(format="json-ld")


def test_a_concept_is_an_entry(written: str) -> None:
    other, ours = entries(written)
    assert (other.reference, ours.reference) == ("https://other.example/9", "TMD-0007")
    content = ours.content
    assert content is not None, ours.faults
    english = content.languages["en"]
    assert [(t.text, t.acceptability, t.region) for t in english.terms] == [
        ("decoy", "preferred", None),
        ("dummy target", "admitted", "US"),
        ("dummy", "deprecated", None),
    ]
    assert (content.subject_fields, content.notation) == (("threat",), "2.4.1")
    assert [(s.citation, s.relation) for s in english.definition.sources] == [("Handbook", "identical")]
    assert content.languages["fr"].definition.text == "Engin factice."
    assert content.languages["ru"].preferred.text == "ложная цель"
    assert english.examples == ("Decoys flew ahead.",)
    assert [(relation.type, relation.target) for relation in content.relations] == [("generic", "TMD-0001")]
    assert [(r.uri, r.match) for r in content.references] == [("https://iate.example/254003", "exact")]
    assert english.notes == ("Often plural.", "related: https://other.example/9", "creator: Agency")


def test_what_was_left_out_or_kept_otherwise_is_named(written: str) -> None:
    _, ours = entries(written)
    assert ours.warnings == (
        Fault("languages", "language_not_kept", {"language": "de"}),
        Fault("relations", "value_kept", {"category": "related", "value": "https://other.example/9"}),
        Fault("", "category_kept", {"category": "creator"}),
    )


def test_subject_fields_are_no_entries(written: str) -> None:
    assert len(entries(written)) == 2


def test_two_preferred_labels_in_one_language_are_a_fault() -> None:
    (incoming,) = entries(
        PREFIXES + 'ex:1 a skos:Concept ; dct:subject "threat" ; skos:prefLabel "decoy"@en, "dummy"@en .'
    )
    assert [fault.code for fault in incoming.faults] == ["several_preferred_terms"]


def test_labels_without_a_language_have_that_of_the_caller() -> None:
    data = PREFIXES + 'ex:1 a skos:Concept ; dct:subject "threat" ; skos:prefLabel "ракета" .'
    (incoming,) = entries(data, language="ru")
    assert incoming.content.languages["ru"].preferred.text == "ракета"
    (incoming,) = entries(data)
    assert [fault.code for fault in incoming.faults] == ["too_short"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("", "skos_no_concept"),
        (PREFIXES, "skos_no_concept"),
        ("ракета;missile", "skos_malformed"),
        ("<html/>", "skos_malformed"),
        ("{", "skos_malformed"),
        (b"\xff\xfe\x00", "skos_malformed"),
        ("[" * 100_000, "skos_malformed"),
        ("[" * 1_000 + "]" * 1_000, "skos_malformed"),
        (PREFIXES + "ex:1 skos:note " + "[ skos:note " * 20_000, "skos_malformed"),
        (PREFIXES + "ex:1 skos:note " + "( " * 20_000, "skos_malformed"),
        (json.dumps({"@context": "http://127.0.0.1:9/skos.jsonld"}), "skos_context"),
        (json.dumps({"@context": [{}, "file:///etc/passwd"]}), "skos_context"),
        (json.dumps({"@context": {"@import": "http://127.0.0.1:9/skos.jsonld"}}), "skos_context"),
        (json.dumps({"@graph": [{"a": {"@context": "http://127.0.0.1:9/x"}}]}), "skos_context"),
    ],
)
def test_what_cannot_be_read_or_would_be_fetched_is_refused(data: str | bytes, reason: str) -> None:
    assert refusal(data) == reason


def test_a_file_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(skos_reader, "MAX_SIZE", 900)
    assert refusal(PREFIXES + DECOY) == "skos_too_large"
