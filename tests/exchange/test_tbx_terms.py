"""Terms in the TBX of others: their words for status and grammar, their notes, their styles and editions."""

import pytest

from app.entries.content import Term
from app.exchange.records import Fault
from tests.exchange.foreign import SUBJECT, concept, content, only, section, term, v2, v3


def the_term(*parts: str, **kwargs: str) -> tuple[Term, tuple[Fault, ...]]:
    incoming = only(v3(concept(section("en", term("missile", *parts, **kwargs)))))
    assert incoming.content is not None, incoming.faults
    return incoming.content.languages["en"].terms[0], incoming.warnings


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("preferredTerm-admn-sts", "preferred"),
        ("preferredTermAdmnSts", "preferred"),
        ("Preferred", "preferred"),
        ("admittedTerm-admn-sts", "admitted"),
        ("deprecatedTerm", "deprecated"),
        ("notRecommended", "deprecated"),
        ("supersededTerm-admn-sts", "superseded"),
        ("Obsolete", "superseded"),
    ],
)
@pytest.mark.parametrize("category", ["administrativeStatus", "usageStatus"])
def test_words_for_the_status(category: str, value: str, expected: str) -> None:
    read_term, warnings = the_term(f'<termNote type="{category}">{value}</termNote>', status="")
    assert (read_term.acceptability, warnings) == (expected, ())


@pytest.mark.parametrize(
    ("category", "value", "field", "expected"),
    [
        ("partOfSpeech", "Proper Noun", "part_of_speech", "proper_noun"),
        ("partOfSpeech", "properNoun", "part_of_speech", "proper_noun"),
        ("partOfSpeech", "NOUN", "part_of_speech", "noun"),
        ("partOfSpeech", "nom", "part_of_speech", "noun"),
        ("partOfSpeech", "verbe", "part_of_speech", "verb"),
        ("grammaticalGender", "Feminine", "gender", "feminine"),
        ("grammaticalNumber", "plural", "number", "plural"),
        ("termType", "shortForm", "type", "short_form"),
        ("termType", "entryTerm", "type", "full_form"),
        ("termType", "initialism", "type", "initialism"),
        ("register", "technicalRegister", "register_", "technical"),
        ("register", "in-houseRegister", "register_", "in_house"),
        ("geographicalUsage", "fr-CA", "region", "CA"),
        ("geographicalUsage", "gb", "region", "GB"),
    ],
)
def test_words_for_the_grammar_of_a_term(category: str, value: str, field: str, expected: str) -> None:
    read_term, warnings = the_term(f'<termNote type="{category}">{value}</termNote>')
    assert (getattr(read_term, field), warnings) == (expected, ())


@pytest.mark.parametrize(
    ("category", "value", "field", "instead"),
    [
        ("partOfSpeech", "particle", "part_of_speech", "other"),
        ("grammaticalGender", "other", "gender", None),
        ("termType", "synonym", "type", "full_form"),
        ("geographicalUsage", "North America", "region", None),
    ],
)
def test_unknown_words_are_kept_in_a_note_and_nothing_else_is_made_of_them(
    category: str, value: str, field: str, instead: str | None
) -> None:
    read_term, warnings = the_term(f'<termNote type="{category}">{value}</termNote>')
    assert getattr(read_term, field) == instead
    assert warnings == (Fault("languages.en.terms", "value_kept", {"category": category, "value": value}),)


def test_an_unknown_status_is_not_taken_for_preferred_among_several_terms() -> None:
    incoming = only(
        v3(concept(section("en", term("missile", status="Translation needed"), term("rocket", status="admitted"))))
    )
    assert [t.acceptability for t in incoming.content.languages["en"].terms] == ["admitted", "admitted"]
    assert [warning.code for warning in incoming.warnings] == ["status_assumed", "value_kept"]


def test_notes_of_a_term_find_a_place_and_none_is_lost() -> None:
    incoming = only(v3(concept(section("en", term("missile", "<note>dated</note>", "<note>second</note>")))))
    assert incoming.content.languages["en"].terms[0].usage_note == "dated"
    assert incoming.content.languages["en"].notes == ("second",)
    assert incoming.warnings == (Fault("languages.en.notes", "note_moved", {"term": "missile"}),)


def test_contexts_with_several_sources_or_none() -> None:
    read_term, warnings = the_term(
        '<descrip type="context">One.</descrip>',
        '<descripGrp><descrip type="context">Two.</descrip><admin type="source">A</admin>'
        '<admin type="source">B</admin></descripGrp>',
        '<admin type="source">AAP-6</admin>',
    )
    assert [(context.text, context.source) for context in read_term.contexts] == [
        ("One.", None),
        ("Two.", "A; B"),
    ]
    assert (read_term.sources, warnings) == (("AAP-6",), ())


def test_a_term_without_text_is_a_fault() -> None:
    (fault,) = only(v3(concept(section("en", "<termSec/>", term("missile"))))).faults
    assert (fault.field, fault.code) == ("languages.en.terms.0.text", "string_too_short")


def test_foreign_order_of_ids_changes_nothing() -> None:
    ids = ('<termSec id="c1-en-2"><term>b</term>', '<termSec id="c1-en-1"><term>a</term>')
    read_content = content(v3(concept(section("en", *(f"{start}</termSec>" for start in ids)))))
    assert [t.text for t in read_content.languages["en"].terms] == ["b", "a"]


# ---- other styles and editions


def test_ntig_of_the_edition_of_2008() -> None:
    incoming = only(
        v2(
            '<termEntry id="2_76365">' + SUBJECT + '<langSet xml:lang="en-US"><ntig><termGrp><term id="t">access '
            'point</term><termNote type="partOfSpeech">Noun</termNote><termNoteGrp>'
            '<termNote type="termType">fullForm</termNote></termNoteGrp></termGrp>'
            '<adminGrp><admin type="source">MS</admin></adminGrp></ntig></langSet>'
            '<langSet xml:lang="fr-fr"><tig><term>point d’accès</term></tig></langSet></termEntry>'
        ),
        "tbx-v2",
    )
    english, french = incoming.content.languages["en"].terms[0], incoming.content.languages["fr"].terms[0]
    assert incoming.reference == "2_76365"
    assert (english.text, english.region, english.sources) == ("access point", "US", ("MS",))
    assert (french.text, french.region, french.acceptability) == ("point d’accès", "FR", "preferred")
    assert [(warning.code, warning.params["term"]) for warning in incoming.warnings] == [
        ("status_assumed", "access point"),
        ("status_assumed", "point d’accès"),
    ]


def test_the_dct_style_is_read_as_well() -> None:
    incoming = only(
        '<tbx xmlns="urn:iso:std:iso:30042:ed-2" xmlns:min="http://www.tbxinfo.net/ns/min" '
        'xml:lang="en" style="dct" xmlns:basic="http://www.tbxinfo.net/ns/basic" type="TBX-Basic">'
        '<text><body><conceptEntry id="c1">'
        "<min:subjectField>threat</min:subjectField><langSec xml:lang='ru'><descripGrp>"
        "<basic:definition>Аппарат.</basic:definition><basic:source>БСЭ</basic:source></descripGrp>"
        "<termSec><term>ракета</term>"
        "<min:partOfSpeech>noun</min:partOfSpeech><min:administrativeStatus>preferredTerm-admn-sts"
        "</min:administrativeStatus><basic:grammaticalGender>feminine</basic:grammaticalGender></termSec></langSec>"
        "</conceptEntry></body></text></tbx>"
    )
    section_ = incoming.content.languages["ru"]
    assert (section_.definition.text, section_.definition.sources[0].citation) == ("Аппарат.", "БСЭ")
    assert (section_.preferred.text, section_.preferred.gender) == ("ракета", "feminine")
    assert incoming.warnings == ()
