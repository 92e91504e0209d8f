"""The editions and dialects beyond the portable profile, each under its own schema."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree
from translate.storage.tbx import tbxfile

from app.entries.content import EntryContent
from app.exchange.narrowing import usable
from app.exchange.records import Options, Record, Style
from app.languages.codes import LanguageCode
from tests.contents import contents, full_content
from tests.exchange.makers import make_content, make_record, read, written
from tests.exchange.validation import findings, grammar_errors
from tests.languages import glossary

NS = {"t": "urn:iso:std:iso:30042:ed-2"}
STATUSES = ("agreed", "proposed", "diverged", "superseded", "withdrawn")
EDITIONS = {
    "tbx": "both",
    "tbx-2019": "2019",
    "tbx-v4": "v4",
    "tbx-v2": "auto",
    "tbx-linguist": "2019",
}
V3 = [name for name in EDITIONS if name != "tbx-v2"]
DCT = Options(style=Style.DCT)

# What each module defines, and as which element of the DCA style.
MODULES = {
    "min": {
        "admin": ["customerSubset"],
        "descrip": ["subjectField"],
        "termNote": ["administrativeStatus", "partOfSpeech"],
    },
    "basic": {
        "admin": ["projectSubset", "source"],
        "descrip": ["context", "definition"],
        "ref": ["crossReference"],
        "termNote": ["geographicalUsage", "grammaticalGender", "termLocation", "termType"],
        "transac": ["transactionType"],
        "transacNote": ["responsibility"],
        "xref": ["externalCrossReference", "xGraphic"],
    },
    "linguist": {
        "admin": ["reading", "transferComment"],
        "adminNote": ["readingNote"],
        "termNote": ["grammaticalNumber", "register"],
    },
}


def every_status() -> list[Record]:
    return [make_record(full_content(), f"TMD-{n:04}", status) for n, status in enumerate(STATUSES, start=1)]


def shipped() -> list[Record]:
    return [make_record(entry.content, entry.number, entry.status) for entry in glossary.entries()]


def found(tmp_path: Path, name: str, data: bytes) -> list[str]:
    file = tmp_path / "export.tbx"
    file.write_bytes(data)
    return findings(file, EDITIONS[name])


@pytest.mark.parametrize("name", EDITIONS)
def test_every_field_and_status_is_valid(tmp_path: Path, name: str) -> None:
    assert found(tmp_path, name, written(name, *every_status())) == []
    pair = written(name, *every_status(), options=Options("ru", "en"))
    assert found(tmp_path, name, pair) == []


def test_all_shipped_entries_are_valid_in_every_edition(tmp_path: Path) -> None:
    records = shipped()
    assert len(records) >= 400
    for name in EDITIONS:
        grammar = "tbx-v2-basic.rng" if name == "tbx-v2" else "tbx-core.rng"
        assert grammar_errors(written(name, *records), grammar) == []
        # Schematron takes long, and the richest edition has all that the others have.
        some = records if name == "tbx-2019" else records[::6]
        assert found(tmp_path, name, written(name, *some)) == []


@pytest.mark.parametrize("damage", ["grammaticalNumber", "register", "readingNote"])
def test_the_schema_of_linguist_tells_wrong_values(tmp_path: Path, damage: str) -> None:
    data = written("tbx-linguist", make_record(full_content())).decode()
    wrong = {
        "grammaticalNumber": ('"grammaticalNumber">mass', '"grammaticalNumber">some'),
        "register": ('"register">technicalRegister', '"register">technical'),
        "readingNote": ('type="readingNote"', 'type="note"'),
    }[damage]
    assert wrong[0] in data
    assert found(tmp_path, "tbx-linguist", data.replace(*wrong).encode()) != []


@pytest.mark.parametrize("name", ["tbx-2019", "tbx-v4", "tbx-linguist"])
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(content=contents())
def test_any_content_keeps_to_the_grammar_and_comes_back(name: str, content: EntryContent) -> None:
    data = written(name, make_record(content))
    assert grammar_errors(data, "tbx-core.rng") == []
    (incoming,) = read("tbx", data)
    assert (incoming.content, incoming.faults) == (content, ())
    # What our reader takes from notes stands in data categories too, which it passes over.
    assert {warning.code for warning in incoming.warnings} <= {"unknown_category"}


# ---- style


def in_dca(data: bytes) -> bytes:
    """A file in the DCT style as the same file in the DCA style, by what the modules define."""
    root = etree.fromstring(data)
    root.set("style", "dca")
    for element in root.iter():
        name = etree.QName(element)
        if name.namespace != NS["t"]:
            module = name.namespace.removeprefix("http://www.tbxinfo.net/ns/")
            (kind,) = (kind for kind, names in MODULES[module].items() if name.localname in names)
            element.tag = f"{{{NS['t']}}}{kind}"
            element.set("type", name.localname)
    etree.cleanup_namespaces(root)
    return etree.tostring(root)


@pytest.mark.parametrize("name", ["tbx-2019", "tbx-linguist"])
def test_the_dct_style_says_the_same_in_elements_of_the_modules(tmp_path: Path, name: str) -> None:
    data = written(name, *every_status(), options=DCT)
    assert b'style="dct"' in data
    assert b"<descrip type=" not in data
    assert grammar_errors(data, "tbx-core.rng") == []
    assert found(tmp_path, name, in_dca(data)) == []
    dca = etree.canonicalize(written(name, *every_status()).decode())
    assert etree.canonicalize(in_dca(data).decode()) == dca


def test_a_file_in_the_dct_style_comes_back() -> None:
    (incoming,) = read("tbx", written("tbx-2019", make_record(full_content()), options=DCT))
    assert (incoming.content, incoming.faults) == (full_content(), ())


# ---- what the editions add


def test_activities_are_subsets_and_short_forms_point_to_their_full_form() -> None:
    root = etree.fromstring(written("tbx-2019", make_record(full_content())))
    assert root.xpath("//t:admin[@type='projectSubset']/text()", namespaces=NS) == ["cpx-2004", "cax"]
    (first, second) = root.xpath("//t:ref", namespaces=NS)
    assert (first.getparent().get("id"), first.get("target")) == ("TMD-0017-en-3", "TMD-0017-en-2")
    assert second.get("target") == "TMD-0017-ru-1"


def test_version_4_has_words_of_its_own() -> None:
    root = etree.fromstring(written("tbx-v4", make_record(full_content())))
    by_term = {
        term.findtext("t:term", namespaces=NS): term.xpath("t:termNote[contains(@type, 'Status')]", namespaces=NS)
        for term in root.iter("{*}termSec")
    }
    assert [note.text for note in by_term["theatre missile defence"]] == ["preferred"]
    assert [note.text for note in by_term["TM-D"]] == ["deprecated", "supersededTerm-admn-sts"]
    assert "properNoun" in root.xpath("//t:termNote[@type='partOfSpeech']/text()", namespaces=NS)


def test_linguist_has_number_register_and_readings() -> None:
    root = etree.fromstring(written("tbx-linguist", make_record(full_content())))
    assert root.get("type") == "TBX-Linguist"
    readings = root.xpath("//t:adminGrp", namespaces=NS)
    assert [(group[0].text, group[1].text) for group in readings] == [
        ("protivoraketnaâ oborona na teatre voennyh dejstvij", "iso-9"),
        ("protivoraketnaya oborona: na teatre", "bgn-pcgn"),
    ]
    assert "<note>number:" not in written("tbx-linguist", make_record(full_content())).decode()


def test_linguist_has_the_remarks_on_equivalents_at_the_terms_into_which_they_lead() -> None:
    root = etree.fromstring(written("tbx-linguist", make_record(full_content())))
    comments = root.xpath("//t:admin[@type='transferComment']", namespaces=NS)
    assert [(comment.getparent().get("id"), comment.text) for comment in comments] == [
        ("TMD-0017-ru-1", "ПРО ТВД — термин более узкий | шире"),
        ("TMD-0017-ru-1", "à revoir"),
    ]


@pytest.mark.parametrize("name", EDITIONS)
def test_relations_within_a_file_are_references_where_all_of_basic_is_written(tmp_path: Path, name: str) -> None:
    records = [make_record(full_content()), make_record(make_content(), "TMD-0002")]
    data = written(name, *records, options=Options(inside=frozenset({"TMD-0002"})))
    assert found(tmp_path, name, data) == []
    root = etree.fromstring(data)
    entry = next(root.iter("{*}conceptEntry", "{*}termEntry"))
    inside = [(ref.get("target"), ref.text) for ref in entry if ref.get("target") == "TMD-0002"]
    outside = {ref.get("target") for ref in entry if (ref.text or "").startswith("generic: ")}
    refers = name in ("tbx-2019", "tbx-v4", "tbx-linguist")
    assert inside == ([("TMD-0002", "partitive: TMD-0002")] if refers else [])
    assert outside == {"https://terms.example/id/TMD-0001"}
    assert read("tbx", data)[0].content == full_content()


# ---- a pair of languages


@pytest.mark.parametrize("name", EDITIONS)
def test_a_pair_leaves_out_the_third_language_and_entries_without_the_two(name: str) -> None:
    lone = make_record(make_content(en={"terms": [{"text": "booster"}]}), "TMD-0018")
    root = etree.fromstring(written(name, make_record(full_content()), lone, options=Options("ru", "en")))
    entries = list(root.iter("{*}conceptEntry", "{*}termEntry"))
    assert [entry.get("id") for entry in entries] == ["TMD-0017"]
    sections = [
        section.get("{http://www.w3.org/XML/1998/namespace}lang")
        for section in entries[0].iter("{*}langSec", "{*}langSet")
    ]
    assert sections == ["ru", "en"]
    notes = [note.text for note in entries[0].iter("{*}note")]
    assert "equivalence (en-ru): near — ПРО ТВД — термин более узкий | шире" in notes
    assert not any((note or "").startswith(("equivalence (en-fr)", "no equivalent")) for note in notes)


@pytest.mark.parametrize("target", ["fr", "ru"])
def test_translate_toolkit_sees_the_first_pair_of_every_shipped_entry(target: LanguageCode) -> None:
    records = [replace(record, status="agreed") for record in shipped()]
    store = tbxfile(sourcelanguage="en", targetlanguage=target)
    store.parse(written("tbx-v2", *records, options=Options("en", target)))
    seen = [(unit.source, unit.target) for unit in store.units]
    expected = []
    for record in records:
        sections = record.content.languages
        one, other = sections["en"], sections.get(target)
        if one.terms and other and other.terms:
            expected.append(tuple((usable(part, "agreed") or part.terms)[0].text for part in (one, other)))
    assert len(expected) > 400
    preferred = [
        pair
        for pair, record in zip(seen, records, strict=False)
        if record.content.languages["en"].preferred and record.content.languages[target].preferred
    ]
    assert len(seen) == len(expected)
    assert set(preferred) <= set(expected)
