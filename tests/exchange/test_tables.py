"""Tables of others: their headings, their layouts, and what a caller may say of them."""

import io

import pytest

from app.errors import InvalidInput, UnreadableFile
from app.exchange import csv_reader
from app.exchange.options import Extras, Layout, ReadOptions, columns_from
from app.exchange.records import Fault, Incoming


def entries(*lines: str, **options: object) -> list[Incoming]:
    wanted = ReadOptions(**({"subject": "threat"} | options))  # type: ignore[arg-type]
    return list(csv_reader.read(io.BytesIO("\n".join(lines).encode()), wanted))


def terms(incoming: Incoming) -> dict[str, list[tuple[str, str]]]:
    assert incoming.content is not None, incoming.faults
    return {
        code: [(term.text, term.acceptability.value) for term in section.terms]
        for code, section in incoming.content.languages.items()
    }


@pytest.mark.parametrize(
    "headings",
    [
        "id;en;fr;ru",
        "№;English;French;Russian",
        "Numéro;anglais;français;russe",
        "Номер;Английский;Французский;Русский",
        "Entry ID;EN term;Terme fr;Термин (рус.)",
        "concept_id;en_term;term_fr;ru-RU",
    ],
)
def test_a_row_an_entry_is_recognised_by_its_languages(headings: str) -> None:
    first, second = entries(headings, "7;decoy;leurre;ложная цель", "8;chaff;;")
    assert terms(first) == {
        "en": [("decoy", "preferred")],
        "fr": [("leurre", "preferred")],
        "ru": [("ложная цель", "preferred")],
    }
    assert (first.line, first.reference, second.line, second.reference) == (2, "7", 3, "8")
    assert terms(second) == {"en": [("chaff", "preferred")]}
    assert {warning.code for warning in first.warnings} == {"subject_field_assumed"}


@pytest.mark.parametrize(
    "headings",
    [
        "id,lang,term,status,pos",
        "Numéro,Langue,Terme,Statut,Catégorie grammaticale",
        "№,Язык,Термин,Статус,Часть речи",
    ],
)
def test_a_row_a_term_is_recognised_by_headings_in_three_languages(headings: str) -> None:
    (incoming,) = entries(
        headings,
        "7,en,decoy,Preferred,Noun",
        "7,EN-us,dummy,not recommended,nom",
        "7,ru,ложная цель,preferredTerm-admn-sts,существительное",
    )
    assert terms(incoming) == {
        "en": [("decoy", "preferred"), ("dummy", "deprecated")],
        "ru": [("ложная цель", "preferred")],
    }
    assert [term.part_of_speech for term in incoming.content.languages["en"].terms] == ["noun", "noun"]
    assert incoming.content.languages["en"].terms[1].region == "US"


def test_all_that_a_wide_row_can_say() -> None:
    (incoming,) = entries(
        "concept_id,subject,en,en_alt,en_abbreviation,en_definition,en_definition_source,en_note,en_example,"
        "en_context,en_context_source,en_source,en_gender,ru,ru_gender,ru_deprecated,equivalence,note",
        "TMD-0007,interception|Sensors,kinetic kill vehicle,kill vehicle|KV stage,KKV,Hits.,Handbook,N.|M.,E.,"
        "It hit.,Report,Glossary,,перехватчик,мужской,снаряд,en-ru: near — шире,notation: 2.4|remark",
    )
    content = incoming.content
    assert content is not None, incoming.faults
    english, russian = content.languages["en"], content.languages["ru"]
    assert content.subject_fields == ("interception", "sensors")
    assert [(t.text, t.type, t.acceptability, t.abbreviation_of) for t in english.terms] == [
        ("kinetic kill vehicle", "full_form", "preferred", None),
        ("kill vehicle", "full_form", "admitted", None),
        ("KV stage", "full_form", "admitted", None),
        ("KKV", "abbreviation", "admitted", "kinetic kill vehicle"),
    ]
    assert english.definition.text == "Hits."
    assert [source.citation for source in english.definition.sources] == ["Handbook"]
    assert (english.notes, english.examples) == (("N.", "M.", "note: remark"), ("E.",))
    assert [(c.text, c.source) for c in english.terms[0].contexts] == [("It hit.", "Report")]
    assert english.terms[0].sources == ("Glossary",)
    assert [(t.text, t.gender, t.acceptability) for t in russian.terms] == [
        ("перехватчик", "masculine", "preferred"),
        ("снаряд", None, "deprecated"),
    ]
    assert content.equivalence["en-ru"].remark == "шире"
    assert content.notation == "2.4"


def test_of_several_terms_in_one_cell_the_first_is_preferred_and_a_warning_says_so() -> None:
    (incoming,) = entries("en", "decoy|dummy target")
    assert terms(incoming) == {"en": [("decoy", "preferred"), ("dummy target", "admitted")]}
    assert [warning.params.get("status") for warning in incoming.warnings] == ["preferred", "admitted", None]
    (incoming,) = entries("en;fr", "decoy/dummy target;leurre", separator="/")
    assert terms(incoming)["en"] == [("decoy", "preferred"), ("dummy target", "admitted")]


def test_columns_that_repeat_a_language_hold_further_terms() -> None:
    (incoming,) = entries("English;English;Russian", "decoy;dummy;ложная цель")
    assert terms(incoming)["en"] == [("decoy", "preferred"), ("dummy", "admitted")]


def test_columns_of_nobody_become_notes_or_are_left_out() -> None:
    lines = ("id;ru;Ответственный;en", "1;ракета;отдел 3;missile")
    (incoming,) = entries(*lines)
    assert incoming.content.languages["en"].notes == ("Ответственный: отдел 3",)
    assert Fault("", "category_kept", {"category": "Ответственный"}) in incoming.warnings
    (incoming,) = entries(*lines, extras=Extras.LEAVE)
    assert incoming.content.languages["en"].notes == ()
    assert Fault("", "unknown_category", {"category": "Ответственный"}) in incoming.warnings
    (incoming,) = entries("lang;term;Cote", "ru;ракета;12-б")
    assert incoming.content.languages["ru"].notes == ("ракета — Cote: 12-б",)


def test_a_caller_may_say_what_the_columns_are() -> None:
    (incoming,) = entries(
        "Begriff A;Begriff B;Bem.;Wer",
        "missile;ракета;Often.;X",
        columns={"Begriff A": "en", "begriff b": "ru", "Bem.": "en_note", "Wer": "-"},
    )
    assert terms(incoming) == {"en": [("missile", "preferred")], "ru": [("ракета", "preferred")]}
    assert incoming.content.languages["en"].notes == ("Often.",)
    assert {warning.code for warning in incoming.warnings} == {"subject_field_assumed"}


def test_a_table_without_headings_is_read_by_places() -> None:
    first, second = entries(
        "missile\tракета\tx", "decoy\tложная цель\ty", columns={"1": "en", "2": "ru", "3": "note"}
    )
    assert terms(first) == {"en": [("missile", "preferred")], "ru": [("ракета", "preferred")]}
    assert (first.line, second.line) == (1, 2)
    (first,) = entries("missile\tракета\tx", columns={"1": "en", "2": "ru"})
    assert first.content.languages["en"].notes == ()


@pytest.mark.parametrize(
    ("columns", "named"),
    [({"Nom": "en"}, "Nom"), ({"en": "perhaps"}, "perhaps"), ({"en": "en_colour"}, "en_colour")],
)
def test_a_column_that_is_not_there_or_not_known_is_named(columns: dict[str, str], named: str) -> None:
    with pytest.raises(UnreadableFile) as error:
        entries("en;ru", "missile;ракета", columns=columns)
    assert error.value.params == {"reason": "csv_columns", "line": 1, "columns": named}


def test_columns_are_written_with_an_equals_sign() -> None:
    assert columns_from(["Термин = ru", "a=b=en", "3=-"]) == {"Термин": "ru", "a=b": "en", "3": "-"}
    for wrong in ("ru", "=ru", "Термин="):
        with pytest.raises(InvalidInput):
            columns_from([wrong])


def test_a_layout_may_be_asked_for() -> None:
    (incoming,) = entries("lang,term,en", "ru,ракета,missile", layout=Layout.LONG)
    assert terms(incoming) == {"ru": [("ракета", "preferred")]}
    assert incoming.content.languages["ru"].notes == ("ракета — en: missile",)


def test_a_list_of_terms_in_one_language_needs_no_column_for_it() -> None:
    first, second = entries("term", "ракета", "ложная цель", language="ru")
    assert (terms(first), terms(second)) == (
        {"ru": [("ракета", "preferred")]},
        {"ru": [("ложная цель", "preferred")]},
    )
    assert (first.reference, second.reference) == (None, None)


def test_what_stands_under_no_heading_is_refused_with_its_line() -> None:
    with pytest.raises(UnreadableFile) as error:
        entries("en;ru", "missile;ракета;", "decoy;ложная цель;x")
    assert error.value.params == {"reason": "csv_malformed", "line": 3}


def test_what_a_term_is_like_needs_the_term() -> None:
    (incoming,) = entries("en;ru;ru_gender", "missile;;мужской")
    assert incoming.faults == (Fault("languages.ru.terms", "csv_no_term", {"line": 2}),)
