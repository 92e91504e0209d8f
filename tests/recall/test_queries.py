"""What holds for the query set itself, whatever the look-up makes of it."""

import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from rapidfuzz.distance import OSA

from tests.recall import generate
from tests.recall.generate import LAYOUTS
from tests.recall.mistakes import QWERTY, RUSSIAN, typed_on
from tests.recall.queries import GENERATED, WRITTEN, Query, all_queries, escaped, not_meant, off_topic, read, write

QUERIES = all_queries()

CLASSES = {
    "exact", "case", "inflected", "article", "accents", "spelling", "hyphen", "transliterated", "layout",
    "lookalike", "typo", "typo-inflected", "abbreviation", "reordered", "yo", "pasted",
    "part", "initialism", "digit",
}  # fmt: skip


@pytest.fixture(scope="module")
def owners() -> dict[str, set[str]]:
    return generate.owners_of_terms()


def scripts(text: str) -> set[str]:
    return {unicodedata.name(letter).partition(" ")[0] for letter in text if letter.isalpha()}


def of(kind: str) -> list[Query]:
    return [query for query in QUERIES if query.kind == kind]


def test_the_set_is_large_and_has_every_class() -> None:
    assert {query.kind for query in QUERIES} == CLASSES
    assert len(QUERIES) >= 800
    assert Counter(query.language for query in off_topic()) == {"en": 100, "fr": 100, "ru": 100}


def test_forms_were_written_by_hand_for_enough_terms_of_each_language() -> None:
    inflected = {(query.term, query.language) for name in ("inflected", "article") for query in of(name)}
    terms = Counter(language for _, language in inflected)
    assert all(terms[language] >= 40 for language in ("en", "fr", "ru"))
    assert terms.total() >= 120


def test_no_query_is_there_twice_in_its_class() -> None:
    counted = Counter((query.kind, query.text) for query in QUERIES)
    assert [key for key, count in counted.items() if count > 1] == []
    texts = Counter(query.text.casefold() for query in off_topic())
    assert [text for text, count in texts.items() if count > 1] == []


def test_each_query_names_all_entries_that_have_the_term_it_means(owners: dict[str, set[str]]) -> None:
    gone = {query.term for query in QUERIES if query.term.casefold() not in owners}
    assert gone == set(), "terms that the glossary has no longer: write their queries for others"
    wrong = {query.term for query in QUERIES if owners[query.term.casefold()] != set(query.entries)}
    assert wrong == set(), "other entries have these terms now: python -m tests.recall.generate"


def test_no_query_is_the_term_of_an_entry_that_it_does_not_name(owners: dict[str, set[str]]) -> None:
    wrong = [query for query in QUERIES if owners.get(query.text.casefold(), set()) - set(query.entries)]
    assert wrong == []


def test_queries_are_not_their_terms_but_where_the_class_says_so() -> None:
    same = [
        q for q in QUERIES if q.kind != "exact" and (q.text == q.term or q.text.casefold() == q.term.casefold())
    ]
    assert {query.kind for query in same} <= {"case", "abbreviation"}
    assert all(query.text != query.term for query in same)


def test_off_topic_queries_are_no_terms(owners: dict[str, set[str]]) -> None:
    assert [query.text for query in off_topic() if query.text.casefold() in owners] == []


def test_off_topic_queries_are_not_terms_with_a_slip(owners: dict[str, set[str]]) -> None:
    long_enough = [term for term in owners if len(term) > 4]
    near = {
        (query.text, term)
        for query in off_topic()
        for term in long_enough
        if OSA.distance(query.text.casefold(), term, score_cutoff=1) <= 1
    }
    assert near == set()


def test_queries_near_a_term_are_no_terms(owners: dict[str, set[str]]) -> None:
    assert len(not_meant()) >= 80
    assert [query for query in not_meant() if query.text.casefold() in owners] == []
    assert [query for query in not_meant() if query.term.casefold() not in owners] == []


def test_a_typo_is_one_slip_away_from_its_term() -> None:
    slips = {query: OSA.distance(query.text.casefold(), query.term.casefold()) for query in of("typo")}
    assert [query for query, slip in slips.items() if slip != 1] == []


def test_a_typo_is_no_nearer_to_the_term_of_another_entry(owners: dict[str, set[str]]) -> None:
    ambiguous = [
        (query.text, term)
        for query in of("typo")
        for term, entries in owners.items()
        if not entries & set(query.entries) and OSA.distance(query.text.casefold(), term, score_cutoff=1) <= 1
    ]
    assert ambiguous == []


def test_look_alikes_have_letters_of_the_other_script() -> None:
    for query in of("lookalike"):
        assert ("LATIN" if query.language == "ru" else "CYRILLIC") in scripts(query.text), query


def test_abbreviations_on_the_wrong_layout_are_what_the_keys_give() -> None:
    shifted = str.maketrans("<", ",")
    swapped = [query for query in of("abbreviation") if scripts(query.text).isdisjoint(scripts(query.term))]
    assert len(swapped) > 30
    for query in swapped:
        meant = LAYOUTS[query.language]
        active = QWERTY if meant is RUSSIAN else RUSSIAN
        assert typed_on(query.term.lower(), meant, active) == query.text.lower().translate(shifted), query


def test_the_mechanical_classes_are_what_the_generator_writes(tmp_path: Path) -> None:
    generate.main(tmp_path)
    written = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()}
    assert written == {path.name: path.read_text(encoding="utf-8") for path in GENERATED.iterdir()}


@pytest.mark.parametrize("path", sorted((*WRITTEN.glob("*.tsv"), *GENERATED.glob("*.tsv"))), ids=lambda p: p.stem)
def test_what_cannot_be_seen_is_written_out(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [line for line in text.splitlines() if escaped(line.replace("\t", "")) != line.replace("\t", "")] == []


def test_a_file_that_was_written_reads_as_the_same_queries(tmp_path: Path) -> None:
    meant = ("TMD-0138", "TMD-0139"), "ракета-перехватчик"
    texts = ("  ракета ", "раке\u0301та", "пере\u00adхват", "a\u00a0b\tc\nd", "è \u2011")
    queries = [Query(text, "pasted", "ru", *meant) for text in texts]
    write(tmp_path / "pasted.tsv", "A comment.", queries)
    assert read(tmp_path / "pasted.tsv") == queries
