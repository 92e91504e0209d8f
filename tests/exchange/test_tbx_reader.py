"""TBX of others: the shapes and oddities met in public files, made small by hand."""

import io

import pytest

from app.errors import UnreadableFile
from app.exchange import tbx_reader
from app.exchange.options import Extras, ReadOptions
from app.exchange.records import Fault
from tests.exchange.foreign import concept, content, only, section, term, v2, v3
from tests.exchange.makers import make_record, read, written

# ---- the file


@pytest.mark.parametrize("format_", ["tbx", "tbx-v2"])
def test_both_formats_read_both_editions(format_: str) -> None:
    for written_as in ("tbx", "tbx-v2"):
        record = make_record()
        assert content(written(written_as, record).decode(), format_) == record.content


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("<TBX><text/></TBX>", "not_tbx"),
        ("<xliff/>", "not_tbx"),
        (v3(), "not_tbx"),
        ('<!DOCTYPE martif SYSTEM "https://example.org/TBXcoreStructV02.dtd">' + v2(), "xml_dtd"),
        (v3(concept("&deg;")), "xml_entity"),
        (v3("<conceptEntry>"), "xml_malformed"),
    ],
)
@pytest.mark.parametrize("format_", ["tbx", "tbx-v2"])
def test_a_file_that_is_not_tbx_is_refused(format_: str, data: str, reason: str) -> None:
    with pytest.raises(UnreadableFile) as error:
        read(format_, data)
    assert error.value.params["reason"] == reason


def test_a_faulty_entry_does_not_stop_the_others() -> None:
    good = concept(section("en", term("missile")))
    bad = concept(section("ru", term("раке\u200bта"), term("снаряд")))
    items = read("tbx", v3(good, bad, good.replace("c1", "c3")))
    assert [(item.line, item.reference, item.content is None) for item in items] == [
        (2, "c1", False),
        (3, "c1", True),
        (4, "c3", False),
    ]
    assert items[1].faults == (
        Fault("languages.ru.terms.0.text", "forbidden_character", {"character": "U+200B", "position": 5}),
    )


def test_an_entry_without_an_id_or_a_subject_field() -> None:
    incoming = only(v3("<conceptEntry>" + section("en", term("missile")) + "</conceptEntry>"))
    assert incoming.reference is None
    assert incoming.faults == (Fault("subject_fields", "missing", {}),)


def test_line_wrapping_does_not_reach_the_texts() -> None:
    read_term = content(v3(concept(section("fr", term("\n   défense\n\t élargie  ")))))
    assert read_term.languages["fr"].terms[0].text == "défense élargie"


def test_texts_come_back_in_nfc() -> None:
    assert content(v3(concept(section("fr", term("e\u0301le\u0300ve"))))).languages["fr"].terms[0].text == "élève"


# ---- languages


def test_regions_of_languages_go_to_the_terms() -> None:
    incoming = only(
        v3(
            concept(
                section(
                    "EN-us",
                    term("theater"),
                    term("theatre", '<termNote type="geographicalUsage">en-GB</termNote>', status="admitted"),
                ),
                section("ru-RU", term("театр")),
            )
        )
    )
    assert [(t.text, t.region) for t in incoming.content.languages["en"].terms] == [
        ("theater", "US"),
        ("theatre", "GB"),
    ]
    assert incoming.content.languages["ru"].terms[0].region == "RU"
    assert incoming.warnings == ()


def test_repeated_sections_of_a_language_are_merged() -> None:
    incoming = only(
        v3(
            concept(
                section("en-GB", term("missile"), term("aeroplane", status="admitted")),
                section("en-US", term("missile"), term("airplane", status="admitted")),
            )
        )
    )
    assert [(t.text, t.region) for t in incoming.content.languages["en"].terms] == [
        ("missile", None),
        ("aeroplane", "GB"),
        ("airplane", "US"),
    ]
    assert incoming.warnings == (Fault("languages.en.terms", "repeated_term", {"term": "missile"}),)


def test_terms_that_are_told_twice_and_differently_are_a_fault() -> None:
    incoming = only(
        v3(concept(section("en", term("missile")), section("en", term("missile", status="deprecated"))))
    )
    assert [(fault.field, fault.code) for fault in incoming.faults] == [("languages.en", "repeated_term")]


def test_languages_that_are_not_kept_are_left_out_with_a_warning() -> None:
    incoming = only(
        v3(
            concept(
                section("de-DE", term("Rakete")),
                section("ru-Latn", term("raketa")),
                section("en", term("missile")),
            )
        )
    )
    assert list(incoming.content.languages) == ["en"]
    assert incoming.warnings == (
        Fault("languages", "language_not_kept", {"language": "de-DE"}),
        Fault("languages", "language_not_kept", {"language": "ru-Latn"}),
    )


def test_an_entry_in_none_of_the_languages_is_a_fault() -> None:
    assert [fault.code for fault in only(v3(concept(section("zu", term("umcibisholo"))))).faults] == ["too_short"]


# ---- the entry


def test_a_definition_and_a_note_at_the_entry_are_in_the_language_of_the_file() -> None:
    incoming = only(
        v3(
            concept(
                '<descripGrp><descrip type="definition">Engin guidé.</descrip>'
                '<admin type="source">Larousse</admin></descripGrp>',
                '<note>Voir « œil ».</note><note xml:lang="EN">See “eye”.</note>',
                '<note xml:lang="ru">Смотри</note>',
                section("fr", term("missile")),
                section("en", term("missile")),
            ),
            language="fr-FR",
        )
    )
    french = incoming.content.languages["fr"]
    assert french.definition.model_dump(mode="json") == {
        "text": "Engin guidé.",
        "sources": [{"citation": "Larousse", "uri": None, "relation": "identical"}],
    }
    assert french.notes == ("Voir « œil ».",)
    assert incoming.content.languages["en"].notes == ("See “eye”.",)
    assert incoming.warnings == (Fault("languages.ru", "section_left_out", {"language": "ru"}),)


def test_what_has_no_language_of_ours_is_left_out_with_a_warning() -> None:
    parts = '<note>Siehe unten</note><descrip type="definition">Flugkörper</descrip>'
    incoming = only(v3(concept(parts, section("en", term("missile"))), language="de"))
    assert incoming.content.languages["en"].notes == ()
    assert incoming.warnings == (
        Fault("", "note_left_out", {"value": "Siehe unten"}),
        Fault("languages", "definition_left_out", {"value": "Flugkörper"}),
    )


def test_of_two_definitions_the_first_is_kept() -> None:
    incoming = only(
        v3(
            concept(
                section(
                    "en",
                    *(f'<descrip type="definition">{n}</descrip>' for n in ("A.", "B.")),
                    term("missile"),
                )
            )
        )
    )
    assert incoming.content.languages["en"].definition.text == "A."
    assert incoming.warnings == (Fault("languages", "definition_left_out", {"value": "B."}),)


def test_links_become_references_and_claim_no_more_than_they_say() -> None:
    read_content = content(
        v3(
            concept(
                '<xref type="externalCrossReference" target="https://a.b/1">exactMatch: NATOTerm 12</xref>',
                '<xref type="externalCrossReference" target="https://a.b/2">voir aussi : œil</xref>',
                '<xref type="externalCrossReference" target="https://a.b/3"/>',
                '<xref type="externalCrossReference" target="https://a.b/other">generic: TMD-0001</xref>',
                section("en", term("missile")),
            )
        )
    )
    assert [(r.uri, r.match, r.label) for r in read_content.references] == [
        ("https://a.b/1", "exact", "NATOTerm 12"),
        ("https://a.b/2", "related", "voir aussi : œil"),
        ("https://a.b/3", "related", None),
        ("https://a.b/other", "related", "generic: TMD-0001"),
    ]


def test_references_by_id_are_relations_only_to_numbers_of_ours() -> None:
    incoming = only(
        v3(
            concept(
                '<ref type="crossReference" target="TMD-0001">generic: missile</ref>',
                '<ref type="crossReference" target="TMD-0002">autre</ref>',
                '<ref type="crossReference" target="c13">generic: missile</ref>',
                '<xref type="externalCrossReference" target="mailto:a@b">x</xref>',
                section("en", term("missile")),
            )
        )
    )
    assert [(r.type, r.target) for r in incoming.content.relations] == [
        ("generic", "TMD-0001"),
        ("see_also", "TMD-0002"),
    ]
    assert incoming.warnings == (
        Fault("relations", "value_kept", {"category": "crossReference", "value": "generic: missile <c13>"}),
        Fault("references", "value_kept", {"category": "externalCrossReference", "value": "x <mailto:a@b>"}),
    )
    assert incoming.content.languages["en"].notes == (
        "crossReference: generic: missile <c13>",
        "externalCrossReference: x <mailto:a@b>",
    )


def test_labels_of_a_subject_field_in_further_languages_do_not_add_one() -> None:
    labels = '<descrip type="subjectField" xml:lang="ru">угроза</descrip>'
    incoming = only(v3(concept(labels, section("en", term("missile")))))
    assert incoming.content.subject_fields == ("threat",)
    assert incoming.warnings == ()


def test_subsets_are_activities_where_their_names_are_codes() -> None:
    subsets = "".join(
        f'<admin type="projectSubset">{name}</admin>' for name in ("cax", "cpx-2004", "Exercice 2004")
    )
    incoming = only(v3(concept(subsets, "<note>activity: cpx-2004</note>", section("en", term("missile")))))
    assert incoming.content.activities == ("cpx-2004", "cax")
    assert incoming.content.languages["en"].notes == ("projectSubset: Exercice 2004",)
    assert [warning.code for warning in incoming.warnings] == ["category_kept"]


def with_id(id_: str, text: str, type_: str, *parts: str) -> str:
    type_ = f'<termNote type="termType">{type_}</termNote>'
    whole = term(text, type_, *parts, status="admittedTerm-admn-sts")
    return whole.replace("<termSec>", f'<termSec id="{id_}">')


def test_an_abbreviation_that_points_at_its_full_form_abbreviates_it() -> None:
    def pointing(target: str, text: str = "missile antibalistique") -> str:
        return f'<ref type="crossReference" target="{target}">{text}</ref>'

    terms = (
        with_id("a", "ABM", "acronym", pointing("b")),
        with_id("b", "missile antibalistique", "fullForm", pointing("a", "ABM")),
        with_id("c", "MAB", "abbreviation", pointing("a")),
        with_id("d", "AB", "abbreviation", pointing("x")),
        with_id("e", "антиракета", "shortForm", pointing("b", "abbreviation of: missile antibalistique")),
    )
    incoming = only(v3(concept(section("fr", *terms))))
    assert [t.abbreviation_of for t in incoming.content.languages["fr"].terms] == [
        "missile antibalistique",
        None,
        None,
        None,
        "missile antibalistique",
    ]
    assert incoming.content.languages["fr"].notes == (
        "missile antibalistique — crossReference: ABM <a>",
        "MAB — crossReference: missile antibalistique <a>",
        "AB — crossReference: missile antibalistique <x>",
    )
    assert [warning.code for warning in incoming.warnings] == ["category_kept"]


def test_a_comment_on_an_equivalent_is_a_note_on_its_use() -> None:
    said = "le terme anglais est plus large"
    comment = f'<admin type="transferComment">{said}</admin>'
    alone = only(v3(concept(section("fr", term("ogive", comment)))))
    assert (alone.content.languages["fr"].terms[0].usage_note, alone.warnings) == (said, ())
    note = f"<note>equivalence (en-fr): broader — {said}</note>"
    both = only(v3(concept(note, section("en", term("warhead")), section("fr", term("ogive", comment)))))
    assert both.content.equivalence["en-fr"].remark == said
    assert (both.content.languages["fr"].terms[0].usage_note, both.warnings) == (None, ())


UNKNOWN = v3(
    concept(
        '<descrip type="Entry status">open</descrip><admin type="projectSubset">P</admin><weird/>',
        "<transacGrp><transac type='transactionType'>import</transac><date>20010507</date></transacGrp>",
        section(
            "en",
            '<descripGrp><descrip type="definition">D.</descrip><admin type="Rating">5</admin></descripGrp>',
            '<admin type="source">ungrouped</admin>',
            term(
                "missile",
                '<descrip type="corpusTrace">x</descrip>',
                '<descrip type="corpusTrace">y</descrip>',
            ),
        ),
    )
)


def test_what_has_no_field_is_kept_in_notes_and_its_category_named_once() -> None:
    incoming = only(UNKNOWN)
    assert incoming.content.languages["en"].notes == (
        "Entry status: open",
        "projectSubset: P",
        "Rating: 5",
        "source: ungrouped",
        "missile — corpusTrace: x",
        "missile — corpusTrace: y",
    )
    assert [(warning.field, warning.code, warning.params["category"]) for warning in incoming.warnings] == [
        ("", "category_kept", "Entry status"),
        ("", "unknown_category", "weird"),
        ("", "category_kept", "projectSubset"),
        ("languages.en", "category_kept", "Rating"),
        ("languages.en", "category_kept", "source"),
        ("languages.en.terms", "category_kept", "corpusTrace"),
    ]


def test_what_has_no_field_is_left_out_if_the_caller_wants_that() -> None:
    (incoming,) = tbx_reader.read(io.BytesIO(UNKNOWN.encode()), ReadOptions(extras=Extras.LEAVE))
    assert incoming.content.languages["en"].notes == ()
    assert {warning.code for warning in incoming.warnings} == {"unknown_category"}
    assert len(incoming.warnings) == 6


def test_notes_of_what_has_no_field_never_make_an_entry_too_long_to_be_taken() -> None:
    notes = [f"<note>Note {n}.</note>" for n in range(49)]
    extras = [f'<descrip type="corpusTrace">{n}</descrip>' for n in range(3)] + [
        f'<descrip type="Rating">{"œ" * 4000}</descrip>'
    ]
    incoming = only(v3(concept(section("en", *notes, term("missile", *extras)))))
    assert len(incoming.content.languages["en"].notes) == 50
    assert [(warning.code, warning.params["category"]) for warning in incoming.warnings] == [
        ("category_kept", "corpusTrace"),
        ("unknown_category", "corpusTrace"),
        ("unknown_category", "Rating"),
    ]


def test_a_missing_subject_field_is_the_one_that_the_caller_gives() -> None:
    data = v3("<conceptEntry>" + section("en", term("missile")) + "</conceptEntry>")
    (incoming,) = tbx_reader.read(io.BytesIO(data.encode()), ReadOptions(subject="threat"))
    assert incoming.content.subject_fields == ("threat",)
    assert incoming.warnings == (Fault("subject_fields", "subject_field_assumed", {"subject": "threat"}),)


@pytest.mark.parametrize("format_", ["tbx", "tbx-v2", "csv", "jsonl"])
def test_nothing_but_unreadable_file_is_raised(format_: str) -> None:
    """Every cut and every swapped tag of a file is read or refused, never a crash."""
    data = written(format_, make_record(number="TMD-0001"), make_record(number="TMD-0002"))
    for cut in range(0, len(data), 7):
        for damaged in (data[:cut], data[:cut] + data[cut + 5 :], data[:cut] + b"<note>\xff" + data[cut:]):
            try:
                items = read(format_, damaged)
            except UnreadableFile as error:
                assert error.params["reason"]  # noqa: PT017
            else:
                assert all((item.content is None) == bool(item.faults) for item in items)
