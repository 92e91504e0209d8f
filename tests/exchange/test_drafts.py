import pytest
from pydantic import ValidationError

from app.entries.content import Acceptability, EntryContent
from app.exchange.drafts import Draft, faults_of, language_of, shown_acceptability
from app.exchange.records import Fault


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("en", ("en", None)),
        ("EN-us", ("en", "US")),
        ("ru-ru", ("ru", "RU")),
        ("fr_CA", ("fr", "CA")),
        ("en-001", ("en", "001")),
        ("ru-Cyrl-RU", ("ru", "RU")),
        ("ru-Latn", (None, None)),
        ("de-DE", (None, None)),
        ("---", (None, None)),
        ("", (None, None)),
        ("english", (None, None)),
    ],
)
def test_language_tags_in_any_case(tag: str, expected: tuple[str | None, str | None]) -> None:
    assert language_of(tag) == expected


@pytest.mark.parametrize(
    ("status", "shown"),
    [
        ("agreed", ["preferred", "admitted", "deprecated", "superseded"]),
        ("proposed", ["admitted", "admitted", "deprecated", "superseded"]),
        ("diverged", ["admitted", "admitted", "deprecated", "superseded"]),
        ("superseded", ["superseded", "superseded", "superseded", "superseded"]),
        ("withdrawn", ["deprecated", "deprecated", "deprecated", "superseded"]),
        ("unheard-of", ["admitted", "admitted", "deprecated", "superseded"]),
    ],
)
def test_only_an_agreed_entry_shows_a_preferred_term(status: str, shown: list[str]) -> None:
    assert [shown_acceptability(acceptability, status) for acceptability in Acceptability] == shown


def test_validation_errors_become_faults_by_field() -> None:
    with pytest.raises(ValidationError) as error:
        EntryContent.model_validate(
            {
                "subject_fields": [],
                "languages": {"ru": {"terms": [{"text": "ёж "}, {"text": "a\u200bb", "register": "posh"}]}},
            }
        )
    assert faults_of(error.value) == (
        Fault("subject_fields", "too_short", {"field_type": "Tuple", "min_length": 1, "actual_length": 0}),
        Fault("languages.ru.terms.0.text", "edge_space", {}),
        Fault("languages.ru.terms.1.text", "forbidden_character", {"character": "U+200B", "position": 2}),
        Fault(
            "languages.ru.terms.1.register",
            "enum",
            {"expected": "'neutral', 'technical', 'in_house', 'colloquial' or 'slang'"},
        ),
    )


def test_a_fault_leaves_no_content() -> None:
    draft = Draft(3, "TMD-0001")
    draft.add_subject("threat")
    draft.add_term("en", {"text": "missile", "acceptability": "preferred"})
    assert draft.incoming().content is not None
    draft.fail("languages", "csv_no_language", line=4)
    incoming = draft.incoming()
    assert incoming.content is None
    assert incoming.faults == (Fault("languages", "csv_no_language", {"line": 4}),)


def test_names_of_subject_fields_become_codes() -> None:
    draft = Draft(1, None)
    for text in ("Missile Defence", "missile-defence", "Latin America;FINANCE", "противоракетная оборона"):
        draft.add_subject(text)
    assert draft.fields["subject_fields"] == ["missile-defence", "latin-america-finance"]
    draft.add_term("en", {"text": "missile", "acceptability": "preferred"})
    assert [(warning.code, *warning.params.values()) for warning in draft.incoming().warnings] == [
        ("subject_field_changed", "Missile Defence", "missile-defence"),
        ("subject_field_changed", "Latin America;FINANCE", "latin-america-finance"),
        ("unknown_value", "subjectField", "противоракетная оборона"),
    ]


def test_a_status_is_assumed_only_for_the_one_full_form_of_a_language() -> None:
    draft = Draft(1, None)
    draft.add_subject("threat")
    for language, text, type_ in (
        ("en", "ballistic missile", "full_form"),
        ("en", "BM", "abbreviation"),
        ("fr", "engin balistique", "full_form"),
        ("fr", "missile balistique", "full_form"),
    ):
        draft.add_term(language, {"text": text, "type": type_})
    incoming = draft.incoming()
    assert {(w.params["term"], w.params["status"]) for w in incoming.warnings if w.code == "status_assumed"} == {
        ("ballistic missile", "preferred"),
        ("BM", "admitted"),
        ("engin balistique", "admitted"),
        ("missile balistique", "admitted"),
    }
    assert incoming.content.languages["en"].preferred.text == "ballistic missile"
    assert incoming.content.languages["fr"].preferred is None


def raised(note: str, status: str = "agreed", **fields: str) -> tuple[dict[str, str], list[str]]:
    draft = Draft(1, None)
    draft.status = status
    term = {"text": "ёж", **fields}
    assert draft.raise_term_note("ru", term, note)
    del term["text"]
    return term, [warning.code for warning in draft.incoming().warnings]


@pytest.mark.parametrize(
    ("note", "status", "fields", "expected"),
    [
        ("acceptability: preferred", "proposed", {"acceptability": "admitted"}, {"acceptability": "preferred"}),
        ("acceptability: admitted", "withdrawn", {"acceptability": "deprecated"}, {"acceptability": "admitted"}),
        ("acceptability: preferred", "agreed", {}, {"acceptability": "preferred"}),
        ("term type: initialism", "agreed", {"type": "abbreviation"}, {"type": "initialism"}),
        ("term type: symbol", "agreed", {"type": "variant"}, {"type": "symbol"}),
        ("part of speech: proper_noun", "agreed", {"part_of_speech": "other"}, {"part_of_speech": "proper_noun"}),
        ("number: plural", "agreed", {}, {"number": "plural"}),
        ("number: plural", "agreed", {"number": "plural"}, {"number": "plural"}),
    ],
)
def test_a_note_makes_the_value_beside_it_more_exact(note, status, fields, expected) -> None:
    assert raised(note, status, **fields) == (expected, [])


@pytest.mark.parametrize(
    ("note", "status", "fields"),
    [
        ("acceptability: preferred", "proposed", {"acceptability": "deprecated"}),
        ("acceptability: preferred", "agreed", {"acceptability": "admitted"}),
        ("acceptability: preferred", "withdrawn", {"acceptability": "admitted"}),
        ("term type: initialism", "agreed", {"type": "acronym"}),
        ("part of speech: proper_noun", "agreed", {"part_of_speech": "verb"}),
        ("register: slang", "agreed", {"register": "neutral"}),
    ],
)
def test_a_note_does_not_overrule_a_value_that_was_changed_since(note, status, fields) -> None:
    assert raised(note, status, **fields) == (fields, ["note_contradicted"])


def test_a_second_usage_note_does_not_replace_the_first() -> None:
    draft = Draft(1, None)
    term = {"text": "ёж"}
    assert draft.raise_term_note("ru", term, "usage note: устар.")
    assert not draft.raise_term_note("ru", term, "usage note: редк.")
    assert term["usage_note"] == "устар."


def test_the_status_in_the_file_is_read_and_goes_no_further() -> None:
    draft = Draft(1, None)
    assert draft.raise_entry_note("workflow: proposed")
    assert (draft.status, draft.fields) == ("proposed", {})
