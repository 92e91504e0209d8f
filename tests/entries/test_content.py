"""What a content may say: each rule by the code of its refusal."""

import copy
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from pydantic import ValidationError

from app.entries.content import Acceptability, EntryContent, TermType
from app.texts.faults import FAULTS
from tests.contents import FULL, contents
from tests.makers import body, content

Body = dict[str, Any]


def term(text: str = "missile", **fields: Any) -> Body:
    return {"text": text, **fields}


def with_terms(*terms: Body) -> Body:
    """A content with these English terms."""
    return {"subject_fields": ["threat"], "languages": {"en": {"terms": list(terms)}}}


def with_term(**fields: Any) -> Body:
    return with_terms(term(**fields))


def with_english(**fields: Any) -> Body:
    return {"subject_fields": ["threat"], "languages": {"en": fields}}


def with_top(**fields: Any) -> Body:
    return body() | fields


def without(name: str) -> Body:
    made = body()
    del made[name]
    return made


def repeated(kind: Callable[[int], Any], times: int) -> list[Any]:
    return [kind(place) for place in range(times)]


def refusals(given: Any) -> set[tuple[str, str]]:
    """The path and code of each refusal."""
    with pytest.raises(ValidationError) as caught:
        EntryContent.model_validate(given)
    return {(".".join(map(str, error["loc"])), error["type"]) for error in caught.value.errors()}


REFUSED: list[tuple[Body, str, str]] = [
    # what is not there, or not known
    (without("subject_fields"), "subject_fields", "missing"),
    (without("languages"), "languages", "missing"),
    (with_top(colour="red"), "colour", "extra_forbidden"),
    (with_english(terms=[term()], remark="?"), "languages.en.remark", "extra_forbidden"),
    (with_term(colour="red"), "languages.en.terms.0.colour", "extra_forbidden"),
    (with_terms({"type": "acronym"}), "languages.en.terms.0.text", "missing"),
    (with_top(languages={"de": {"terms": [term("Rakete")]}}), "languages.de.[key]", "literal_error"),
    (with_top(equivalence={"ru-en": {"degree": "exact"}}), "equivalence.ru-en.[key]", "literal_error"),
    # codes
    (with_term(type="nickname"), "languages.en.terms.0.type", "enum"),
    (with_term(acceptability="agreed"), "languages.en.terms.0.acceptability", "enum"),
    (with_term(part_of_speech="article"), "languages.en.terms.0.part_of_speech", "enum"),
    (with_term(gender="common"), "languages.en.terms.0.gender", "enum"),
    (with_term(number="many"), "languages.en.terms.0.number", "enum"),
    (with_term(register="formal"), "languages.en.terms.0.register", "enum"),
    (with_term(region="uk"), "languages.en.terms.0.region", "string_pattern_mismatch"),
    (with_top(subject_fields=["threat", "Threat"]), "subject_fields.1", "string_pattern_mismatch"),
    (with_top(subject_fields=["threat", "угроза"]), "subject_fields.1", "string_pattern_mismatch"),
    (with_top(activities=["CAX 2004"]), "activities.0", "string_pattern_mismatch"),
    (with_top(notation="2 4"), "notation", "string_pattern_mismatch"),
    (
        with_top(relations=[{"type": "cause", "target": "TMD-0001"}]),
        "relations.0.type",
        "enum",
    ),
    (
        with_top(relations=[{"type": "generic", "target": "17"}]),
        "relations.0.target",
        "string_pattern_mismatch",
    ),
    (with_top(references=[{"uri": "ftp://example.org/a"}]), "references.0.uri", "string_pattern_mismatch"),
    (
        with_top(references=[{"uri": "https://example.org/ракета"}]),
        "references.0.uri",
        "string_pattern_mismatch",
    ),
    (with_top(equivalence={"en-fr": {"degree": "same"}}), "equivalence.en-fr.degree", "enum"),
    (
        with_term(transliterations=[{"scheme": "own", "text": "raketa"}]),
        "languages.en.terms.0.transliterations.0.scheme",
        "enum",
    ),
    (
        with_english(definition={"text": "a", "sources": [{"citation": "b", "relation": "stolen"}]}),
        "languages.en.definition.sources.0.relation",
        "enum",
    ),
    # texts, wherever they stand
    (with_term(text="missile "), "languages.en.terms.0.text", "edge_space"),
    (with_english(terms=[term()], notes=["one", "a  b"]), "languages.en.notes.1", "double_space"),
    (with_english(definition={"text": "a\tb"}), "languages.en.definition.text", "forbidden_character"),
    (with_term(usage_note="щ" * 501), "languages.en.terms.0.usage_note", "string_too_long"),
    (with_term(text=""), "languages.en.terms.0.text", "string_too_short"),
    (with_term(text=17), "languages.en.terms.0.text", "string_type"),
    # limits
    (with_top(subject_fields=[]), "subject_fields", "too_short"),
    (with_top(languages={}), "languages", "too_short"),
    (with_top(subject_fields=repeated(lambda n: f"field-{n}", 11)), "subject_fields", "too_long"),
    (with_top(activities=repeated(lambda n: f"cax-{n}", 21)), "activities", "too_long"),
    (
        with_top(relations=repeated(lambda n: {"type": "generic", "target": f"TMD-{n + 1:04}"}, 101)),
        "relations",
        "too_long",
    ),
    (
        with_terms(*repeated(lambda n: term(f"missile {n}", acceptability="admitted"), 51)),
        "languages.en.terms",
        "too_long",
    ),
    (with_english(terms=[term()], notes=repeated(str, 51)), "languages.en.notes", "too_long"),
    (with_term(sources=repeated(str, 21)), "languages.en.terms.0.sources", "too_long"),
    # what is wrong with the whole
    (with_english(notes=["see missile"]), "languages.en", "empty_section"),
    (
        with_terms(term("decoy"), term("lure")),
        "languages.en",
        "several_preferred_terms",
    ),
    (
        with_english(terms=[term("decoy")], no_equivalent="English has no such word."),
        "languages.en",
        "preferred_without_equivalent",
    ),
    (
        with_terms(term("decoy"), term("decoy", acceptability="admitted")),
        "languages.en",
        "repeated_term",
    ),
    (
        with_terms(term("décoy"), term("de\u0301coy", acceptability="admitted")),
        "languages.en",
        "repeated_term",
    ),
    (
        with_terms(term("TMD", type="initialism", abbreviation_of="theatre missile defence")),
        "languages.en",
        "unknown_full_form",
    ),
    (
        with_terms(term("TMD", type="initialism", abbreviation_of="TMD")),
        "languages.en",
        "unknown_full_form",
    ),
    (with_top(subject_fields=["threat", "threat"]), "", "repeated_value"),
    (with_top(activities=["cax", "cax"]), "", "repeated_value"),
    (with_top(relations=[{"type": "see_also", "target": "TMD-0001"}] * 2), "", "repeated_value"),
    (
        {"subject_fields": ["threat"], "languages": {"en": {"definition": {"text": "a thing without a name"}}}},
        "",
        "no_term",
    ),
    (
        with_terms(term()) | {"equivalence": {"en-ru": {"degree": "exact"}}},
        "",
        "equivalence_without_language",
    ),
]


@pytest.mark.parametrize(
    ("given", "path", "code"), REFUSED, ids=[f"{path or 'whole'}: {code}" for _, path, code in REFUSED]
)
def test_a_content_that_breaks_a_rule_is_refused_at_the_field(given: Body, path: str, code: str) -> None:
    assert refusals(given) == {(path, code)}


def test_every_refusal_has_a_sentence_for_the_reader() -> None:
    assert {code for _, _, code in REFUSED} <= FAULTS.keys()


def test_a_content_that_fills_every_field_is_accepted() -> None:
    assert EntryContent.model_validate(FULL).missing_for_agreement() == []


@settings(max_examples=25)
@given(contents())
def test_a_content_read_back_from_its_own_fields_is_the_same(value: EntryContent) -> None:
    assert EntryContent.model_validate(value.model_dump()) == value
    assert EntryContent.model_validate_json(value.model_dump_json()) == value


@pytest.mark.parametrize("kind", list(TermType))
def test_only_an_abbreviation_may_be_preferred_beside_the_preferred_full_form(kind: TermType) -> None:
    given = with_terms(term("theatre missile defence"), term("TMD", type=kind))
    if kind in ("abbreviation", "acronym", "initialism", "symbol"):
        preferred = EntryContent.model_validate(given).languages["en"].preferred
        assert preferred is not None
        assert preferred.text == "theatre missile defence"
    else:
        assert refusals(given) == {("languages.en", "several_preferred_terms")}


def test_an_abbreviation_may_stand_before_its_full_form() -> None:
    given = with_terms(
        term("ПРО", type="initialism", abbreviation_of="противоракетная оборона"), term("противоракетная оборона")
    )
    assert EntryContent.model_validate(given).languages["en"].preferred


def test_a_language_without_an_equivalent_may_have_an_admitted_term() -> None:
    given = with_english(terms=[term(acceptability="admitted")], no_equivalent="Only a paraphrase is in use.")
    assert EntryContent.model_validate(given).languages["en"].preferred is None


def test_terms_that_differ_in_case_or_accent_are_different_terms() -> None:
    given = with_terms(term("Ёж"), term("ёж", acceptability="admitted"), term("еж", acceptability="admitted"))
    assert len(EntryContent.model_validate(given).languages["en"].terms) == 3


def test_languages_and_pairs_stand_in_one_order_however_they_were_written() -> None:
    given = copy.deepcopy(FULL)
    turned = given | {
        "languages": dict(reversed(given["languages"].items())),
        "equivalence": dict(reversed(given["equivalence"].items())),
    }
    value = EntryContent.model_validate(turned)
    assert list(value.languages) == ["en", "fr", "ru"]
    assert list(value.equivalence) == ["en-fr", "en-ru", "fr-ru"]
    assert value == EntryContent.model_validate(given)


def test_the_fields_of_a_content_cannot_be_set() -> None:
    value = content()
    for part, field in (
        (value, "notation"),
        (value.languages["en"], "no_equivalent"),
        (value.languages["en"].terms[0], "text"),
        (value.languages["en"].definition, "text"),
    ):
        with pytest.raises(ValidationError, match="frozen"):
            setattr(part, field, "changed")


def test_lists_in_a_content_cannot_grow() -> None:
    value = content()
    parts = (value.subject_fields, value.relations, value.languages["en"].terms, value.languages["en"].notes)
    assert all(isinstance(part, tuple) for part in parts)


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        (body(), []),
        (body(ru=None), ["languages.ru"]),
        (with_terms(term()), ["languages.en.definition", "languages.fr", "languages.ru"]),
        (
            {**body(), "languages": {**body()["languages"], "fr": {"definition": {"text": "leurre"}}}},
            ["languages.fr.terms"],
        ),
        (
            {
                **body(),
                "languages": {
                    **body()["languages"],
                    "fr": {"definition": {"text": "leurre"}, "no_equivalent": "Pas de terme."},
                },
            },
            [],
        ),
    ],
)
def test_agreement_needs_a_definition_and_a_term_in_each_language(given: Body, missing: list[str]) -> None:
    assert EntryContent.model_validate(given).missing_for_agreement() == missing


def test_a_term_that_is_only_admitted_is_not_enough_for_agreement() -> None:
    given = body()
    given["languages"]["en"]["terms"][0]["acceptability"] = "admitted"
    assert EntryContent.model_validate(given).missing_for_agreement() == ["languages.en.terms"]


def test_a_term_is_preferred_unless_it_says_otherwise() -> None:
    assert content().languages["ru"].terms[0].acceptability is Acceptability.PREFERRED
