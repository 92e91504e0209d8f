"""What holds for the shipped glossary as a whole, beside what its reader checks in each file."""

from collections import Counter, defaultdict

import pytest

from app.entries.content import RelationType
from app.exchange.glossary import GlossaryEntry, read_subject_fields
from app.linting import Remarked, remarks_on_folder
from tests.exchange.folders import SHIPPED
from tests.languages import glossary

UPWARDS = (RelationType.GENERIC, RelationType.PARTITIVE)


@pytest.fixture(scope="module")
def entries() -> list[GlossaryEntry]:
    return list(glossary.entries())


@pytest.fixture(scope="module")
def remarked() -> list[Remarked]:
    """What the linter says of every entry."""
    return list(remarks_on_folder(SHIPPED))


def links(entries: list[GlossaryEntry]) -> list[tuple[str, str]]:
    return [(entry.number, relation.target) for entry in entries for relation in entry.content.relations]


def test_each_file_is_named_after_its_number(entries: list[GlossaryEntry]) -> None:
    names = [path.name[:4] for path in sorted((SHIPPED / "entries").glob("*.yaml"))]
    assert names == [entry.number.removeprefix("TMD-") for entry in entries]


def test_each_entry_is_complete_but_for_preferred_terms_that_are_still_open(entries: list[GlossaryEntry]) -> None:
    for entry in entries:
        missing = entry.content.missing_for_agreement()
        assert not missing or entry.status == "proposed", entry.number
        assert all(field.endswith(".terms") for field in missing), (entry.number, missing)


def test_each_noun_has_a_gender_in_french_and_in_russian(entries: list[GlossaryEntry]) -> None:
    without = [
        (entry.number, term.text)
        for entry in entries
        for language in ("fr", "ru")
        for term in entry.content.languages[language].terms
        if term.gender is None and term.part_of_speech in ("noun", "proper_noun") and term.number != "plural"
    ]
    assert not without


def test_entries_are_related_to_entries_that_are_there_and_each_pair_once(entries: list[GlossaryEntry]) -> None:
    numbers = {entry.number for entry in entries}
    assert {target for _, target in links(entries)} <= numbers
    pairs = Counter(frozenset(link) for link in links(entries))
    assert [sorted(pair) for pair, count in pairs.items() if count > 1] == []


def test_nearly_all_entries_are_connected(entries: list[GlossaryEntry]) -> None:
    linked = {number for link in links(entries) for number in link}
    assert len(linked) >= 0.85 * len(entries)


def test_no_concept_is_above_itself(entries: list[GlossaryEntry]) -> None:
    above = defaultdict(list)
    for entry in entries:
        above[entry.number] = [r.target for r in entry.content.relations if r.type in UPWARDS]
    for start in list(above):
        seen, waiting = set(), list(above[start])
        while waiting:
            number = waiting.pop()
            assert number != start, f"{start} is above itself"
            if number not in seen:
                seen.add(number)
                waiting.extend(above[number])


def test_each_subject_field_has_entries(entries: list[GlossaryEntry]) -> None:
    used = {code for entry in entries for code in entry.content.subject_fields}
    assert used == {field.code for field in read_subject_fields(SHIPPED)}


def test_every_equivalence_that_is_not_exact_says_why(entries: list[GlossaryEntry]) -> None:
    silent = [
        (entry.number, pair)
        for entry in entries
        for pair, equivalence in entry.content.equivalence.items()
        if equivalence.degree != "exact" and equivalence.remark is None
    ]
    assert silent == []


def test_the_linter_finds_no_error_and_no_warning_without_an_answer(
    entries: list[GlossaryEntry], remarked: list[Remarked]
) -> None:
    assert [number for number, _ in remarked] == [entry.number for entry in entries]
    in_the_way = [
        f"{number} {finding.severity} {finding.check}: {finding.mark.element}"
        for number, remarks in remarked
        for finding in [*remarks.errors, *remarks.unanswered]
    ]
    assert in_the_way == []


def test_each_answer_in_a_file_is_to_a_warning_that_there_is(remarked: list[Remarked]) -> None:
    """One that has outlived its warning would answer the next one, which nobody has seen."""
    idle = [
        (number, check, element)
        for number, remarks in remarked
        for check, element in remarks.answers
        if not any((f.check, f.mark.element, f.severity) == (check, element, "warning") for f in remarks.findings)
    ]
    assert idle == []
