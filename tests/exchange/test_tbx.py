"""The export of ISO 30042:2019 is valid under both dialects of TBX-Basic."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from app.entries.content import EntryContent
from tests.contents import contents, full_content
from tests.exchange.makers import make_content, make_record, read, written
from tests.exchange.validation import SCHEMAS, findings, grammar_errors

NS = {"t": "urn:iso:std:iso:30042:ed-2"}
STATUSES = ("agreed", "proposed", "diverged", "superseded", "withdrawn")


def tree(*records) -> etree._Element:
    return etree.fromstring(written("tbx", *records))


@pytest.mark.parametrize("sample", sorted((SCHEMAS / "samples").glob("*.tbx")), ids=lambda path: path.stem)
def test_the_validator_tells_the_samples_apart(sample: Path) -> None:
    edition = {"valid-both": "both", "valid-v4": "v4"}.get(sample.stem, "2019")
    assert bool(findings(sample, edition)) == sample.stem.startswith("neg-")


@pytest.mark.parametrize("edition", ["both", "2019", "v4"])
def test_every_field_and_status_is_valid_in_every_edition(tmp_path: Path, edition: str) -> None:
    records = [make_record(full_content(), f"TMD-{n:04}", status) for n, status in enumerate(STATUSES, start=1)]
    file = tmp_path / "export.tbx"
    file.write_bytes(written("tbx", *records))
    assert findings(file, edition) == []


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(content=contents())
def test_any_content_keeps_to_the_grammar(content: EntryContent) -> None:
    assert grammar_errors(written("tbx", make_record(content)), "tbx-core.rng") == []


def test_many_contents_together_are_valid(tmp_path: Path) -> None:
    batch: list[EntryContent] = []

    @settings(max_examples=60, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(content=contents())
    def collect(content: EntryContent) -> None:
        batch.append(content)

    collect()
    file = tmp_path / "batch.tbx"
    file.write_bytes(written("tbx", *(make_record(c, f"TMD-{n:04}", STATUSES[n % 5]) for n, c in enumerate(batch))))
    assert len(batch) >= 60
    assert findings(file, "both") == []


def test_ids_are_the_permanent_numbers() -> None:
    root = tree(make_record(full_content(), "TMD-0042"))
    assert root.xpath("//t:conceptEntry/@id", namespaces=NS) == ["TMD-0042"]
    assert root.xpath("//t:langSec[@xml:lang='en']/t:termSec/@id", namespaces=NS) == [
        f"TMD-0042-en-{place}" for place in (1, 2, 3, 4, 5)
    ]


def test_relations_link_to_the_public_address_of_the_target() -> None:
    links = tree(make_record(full_content())).xpath("//t:xref", namespaces=NS)
    assert (links[0].get("target"), links[0].text) == (
        "https://terms.example/id/TMD-0001",
        "generic: TMD-0001",
    )


@pytest.mark.parametrize("format_", ["tbx", "tbx-v2"])
@pytest.mark.parametrize("status", ["proposed", "diverged", "superseded", "withdrawn"])
def test_what_is_not_agreed_is_never_preferred(format_: str, status: str) -> None:
    data = written(format_, make_record(full_content(), status=status)).decode()
    assert "preferredTerm-admn-sts" not in data
    assert f"<note>workflow: {status}</note>" in data
    assert data.count("<note>acceptability: preferred</note>") == 3


@pytest.mark.parametrize("format_", ["tbx", "tbx-v2"])
def test_an_agreed_entry_says_nothing_of_its_workflow(format_: str) -> None:
    data = written(format_, make_record(full_content())).decode()
    assert data.count("preferredTerm-admn-sts") == 3
    assert "workflow" not in data
    assert "acceptability" not in data


def test_the_date_is_that_of_the_text_in_utc() -> None:
    assert tree(make_record()).xpath("string(//t:date)", namespaces=NS) == "2026-01-02T03:04:05Z"


def test_a_language_without_a_term_is_told_at_the_entry() -> None:
    content = make_content(
        en={"terms": [{"text": "boost phase"}]},
        fr={"no_equivalent": "Le français n’a pas de terme.", "notes": ["Voir « œil »."]},
        ru={
            "definition": {
                "text": "Активный участок.",
                "sources": [{"citation": "БСЭ", "relation": "identical"}],
            }
        },
    )
    root = tree(make_record(content))
    assert root.xpath("//t:langSec/@xml:lang", namespaces=NS) == ["en"]
    assert root.xpath("//t:note[@xml:lang='fr']/text()", namespaces=NS) == [
        "Voir « œil ».",
        "no equivalent: Le français n’a pas de terme.",
    ]
    (definition,) = root.xpath("//t:conceptEntry/t:descripGrp", namespaces=NS)
    assert [child.text for child in definition] == ["Активный участок.", "БСЭ"]
    assert definition[0].get("{http://www.w3.org/XML/1998/namespace}lang") == "ru"


@pytest.mark.parametrize(
    "uri", ["https://a.b/{x}|y", "http://[", "https://a:b/", "https://a.b/#x#y", "https://a/%zz"]
)
def test_addresses_that_no_schema_takes_travel_in_notes(uri: str) -> None:
    content = EntryContent.model_validate(
        {
            **make_content().model_dump(),
            "references": [{"uri": uri, "label": "ПРО"}, {"uri": "https://a.b/c", "match": "close"}],
        }
    )
    data = written("tbx", make_record(content))
    assert grammar_errors(data, "tbx-core.rng") == []
    assert etree.fromstring(data).xpath("//t:note/text()", namespaces=NS) == [
        f"reference: <{uri}> exactMatch: ПРО",
        "reference: <https://a.b/c> closeMatch",
    ]
    assert read("tbx", data)[0].content == content
