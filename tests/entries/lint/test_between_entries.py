"""What the examples cannot show: missing sections, contents that stand alone, and numbers of any size."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.entries.content import EntryContent
from app.entries.lint.collection import Collection
from app.entries.lint.finding import Finding, Severity
from app.entries.lint.reading import Neighbour, Reading, Stage
from app.entries.lint.running import CHECKS
from app.entries.status import EntryStatus
from tests.contents import contents
from tests.entries.lint.cases import content_of, section_of

BETWEEN = [check.id for check in CHECKS.values() if check.number in (2, 9, *range(17, 26), 28, 29, 39, 40, 44, 45)]

ranges = st.integers(min_value=21, max_value=99_999)


def findings(check: str, reading: Reading) -> list[Finding]:
    return list(CHECKS[check].findings(reading))


def ranged(en: int, fr: int, ru: int) -> EntryContent:
    """A content whose definitions give a range in kilometres."""
    texts = {
        "en": f"missile with a range of {en:,} km",
        "fr": f"missile d'une portée de {fr:,} km".replace(",", "\u202f"),
        "ru": f"ракета с дальностью полёта {ru} км",
    }
    return content_of({code: section_of({"definition": text}) for code, text in texts.items()}, {})


@given(ranges)
def test_the_same_number_is_the_same_in_every_notation(number: int) -> None:
    assert findings("numbers-differ", Reading(ranged(number, number, number))) == []


@given(ranges, ranges)
def test_the_language_with_another_number_is_named(number: int, other: int) -> None:
    found = findings("numbers-differ", Reading(ranged(number, number, other)))
    assert [(f.mark.language, f.severity) for f in found] == ([("ru", Severity.ERROR)] if number != other else [])


def test_a_language_without_a_section_is_missing() -> None:
    content = content_of({"fr": section_of({"terms": ["leurre"], "definition": "objet qui trompe la défense"})}, {})
    found = findings("missing-language", Reading(content))
    assert [(f.mark.element, f.mark.fault, f.severity) for f in found] == [
        ("languages.en", "section", Severity.ERROR),
        ("languages.ru", "section", Severity.ERROR),
    ]
    drafted = findings("missing-language", Reading(content, stage=Stage.DRAFT))
    assert {f.severity for f in drafted} == {Severity.INFORMATION}


def test_a_content_by_itself_is_not_blamed_for_what_others_would_have_to_say() -> None:
    section = section_of(
        {"terms": ["radar"], "definition": "a [sensor] of the Missile Warning System, see TMD-0007"}
    )
    content = content_of({"en": section}, {"relations": [{"type": "generic", "target": "TMD-0002"}]})
    for check in ("undefined-term", "concept-system", "superordinate-not-genus", "circular-chain"):
        assert findings(check, Reading(content, "TMD-0001")) == []


def test_a_circle_among_other_entries_is_theirs() -> None:
    chain = {"TMD-0001": "TMD-0002", "TMD-0002": "TMD-0003", "TMD-0003": "TMD-0002"}
    entries = {
        number: content_of(
            {"en": section_of({"terms": ["radar"]})}, {"relations": [{"type": "generic", "target": above}]}
        )
        for number, above in chain.items()
    }
    around = Collection(Neighbour(number, EntryStatus.AGREED, content) for number, content in entries.items())

    def faults(number: str) -> list[str]:
        reading = Reading(entries[number], number, surroundings=around.seen_from(number))
        return [finding.mark.fault for finding in findings("concept-system", reading)]

    assert faults("TMD-0001") == []
    assert faults("TMD-0002") == ["cycle"]
    assert faults("TMD-0003") == ["cycle"]


def test_every_chain_that_is_reported_is_quoted_in_full() -> None:
    texts = {
        "TMD-0001": ("fire unit", "smallest group of weapons able to conduct an engagement"),
        "TMD-0002": ("engagement", "attack on a target under the direction of fire control"),
        "TMD-0003": ("fire control", "direction of the weapons of fire units"),
    }
    entries = {
        number: content_of({"en": section_of({"terms": [term], "definition": text})}, {})
        for number, (term, text) in texts.items()
    }
    around = Collection(Neighbour(number, EntryStatus.AGREED, content) for number, content in entries.items())
    reading = Reading(entries["TMD-0003"], "TMD-0003", surroundings=around.seen_from("TMD-0003"))
    (found,) = findings("circular-chain", reading)
    assert found.mark.params["chain"] == "fire control → fire unit → engagement → fire control"


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(content=contents(), other=contents())
def test_any_content_can_be_read_and_marks_lie_inside_its_texts(content: EntryContent, other: EntryContent) -> None:
    entries = {"TMD-0001": content, "TMD-0002": other}
    around = Collection(Neighbour(number, EntryStatus.AGREED, entry) for number, entry in entries.items())
    reading = Reading(content, "TMD-0001", surroundings=around.seen_from("TMD-0001"))
    texts = {passage.element: passage.text for passage in reading.passages()}
    for finding in [finding for check in BETWEEN for finding in findings(check, reading)]:
        if finding.mark.span:
            start, end = finding.mark.span
            assert 0 <= start < end <= len(texts[finding.mark.element])
