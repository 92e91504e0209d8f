"""British and American spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.languages.spelling import american, british, common_spelling, is_american, is_british
from app.languages.spelling_pairs import american_only, british_only, two_way
from app.languages.words import words
from tests.languages.glossary import terms

PAIRS = """
defence defense, offence offense, armour armor, armoured armored, behaviour behavior, favourable favorable,
theatre theater, centre center, centred centered, centreline centerline, fibre fiber, calibre caliber,
kilometre kilometer, manoeuvre maneuver, manoeuvring maneuvering, manoeuvrability maneuverability,
unmanoeuvrable unmaneuverable, signalled signaled, channelling channeling, modelling modeling, remodelled remodeled,
unlabelled unlabeled, travelled traveled, analyse analyze, analysed analyzed, grey gray,
greyscale grayscale, analogue analog, catalogue catalog, cataloguing cataloging, aluminium aluminum, mould mold,
plough plow, aerofoil airfoil, aeroplanes airplanes, artefact artifact, sceptical skeptical, fulfil fulfill,
fulfilment fulfillment, enrolment enrollment, skilful skillful, caesium cesium, ageing aging,
neighbourhood neighborhood, counsellor counselor, marvellous marvelous, jewellery jewelry, subcalibre subcaliber
"""

ONE_SPELLING = """
cruise cruiser surprise advised exercises precise promising comprised disguise otherwise supervised improvisation
enterprise rising raise noise likewise anticlockwise unsupervised imprecise compromise size resize oversized
capsized prize seized irises crises analyses premises missile radar interceptor laboratory vigorous hydrolysis
"""
OFFICIAL_NAMES = {
    "Center": "Joint Data Exchange Center",
    "Defense": "Missile Defense Agency",
    "Theater": "Theater High Altitude Area Defense",
}


def pairs() -> list[tuple[str, str]]:
    """The pairs above, British first."""
    return [(one, other) for one, other in (pair.split() for pair in PAIRS.split(","))]


@pytest.mark.parametrize(("of_britain", "of_america"), pairs(), ids=lambda word: word)
def test_each_side_has_its_spelling(of_britain: str, of_america: str) -> None:
    assert (american(of_britain), british(of_america)) == (of_america, of_britain)
    assert (british(of_britain), american(of_america)) == (of_britain, of_america)
    assert is_british(of_britain)
    assert is_american(of_america)
    assert not is_british(of_america)
    assert not is_american(of_britain)


@pytest.mark.parametrize(
    ("of_britain", "of_america"),
    [("synchronise", "synchronize"), ("neutralisation", "neutralization"), ("stabilisers", "stabilizers"),
     ("miniaturised", "miniaturized"), ("prioritising", "prioritizing"), ("recognisable", "recognizable"),
     ("emphasise", "emphasize"), ("unauthorised", "unauthorized")],
)  # fmt: skip
def test_ize_is_british_too(of_britain: str, of_america: str) -> None:
    assert (american(of_britain), british(of_america)) == (of_america, of_britain)
    assert is_british(of_britain)
    assert not is_american(of_america)
    assert is_american(of_america, also_ize=True)


@pytest.mark.parametrize(
    "word",
    ONE_SPELLING.split(),
)
def test_other_words_have_one_spelling(word: str) -> None:
    assert (british(word), american(word)) == (word, word)
    assert not is_british(word)
    assert not is_american(word, also_ize=True)


@pytest.mark.parametrize(
    ("of_britain", "of_both"),
    [("metre", "meter"), ("programme", "program"), ("licence", "license"), ("practise", "practice"),
     ("disc", "disk"), ("storey", "story"), ("tyre", "tire"), ("draught", "draft"), ("judgement", "judgment")],
)  # fmt: skip
def test_some_american_spellings_are_other_british_words(of_britain: str, of_both: str) -> None:
    assert american(of_britain) == of_both
    assert british(of_both) == of_both
    assert is_british(of_britain)
    assert not is_american(of_both)


def test_some_british_spellings_are_american_too() -> None:
    assert british("dialog") == "dialogue"
    assert american("dialogue") == "dialogue"
    assert is_american("dialog")
    assert not is_british("dialogue")


@pytest.mark.parametrize(("word", "other"), [("Defense", "Defence"), ("DEFENSE", "DEFENCE"), ("Décor", "Décor")])
def test_capitals_stay(word: str, other: str) -> None:
    assert british(word) == other


def test_all_spellings_of_a_word_meet() -> None:
    for listed in (two_way, british_only, american_only):
        assert all(common_spelling(one) == common_spelling(other) for one, other in listed())


def test_every_pair_is_two_spellings_and_each_stands_once() -> None:
    listed = [*two_way(), *british_only(), *american_only()]
    assert len(listed) > 700
    assert all(one != other for one, other in listed)
    assert len({one for one, _ in listed}) == len(listed)


def test_of_the_american_spellings_in_the_glossary_only_those_in_names_are_unmarked() -> None:
    unmarked = [term.text for term in terms("en") if term.region is None]
    found = {word.text: text for text in unmarked for word in words(text) if is_american(word.text)}
    assert found == OFFICIAL_NAMES


@given(st.text(st.characters(), max_size=20) | st.from_regex(r"[a-z]{1,8}i[sz](e|ed|ing|ation)", fullmatch=True))
def test_spelling_once_is_enough(word: str) -> None:
    assert british(british(word)) == british(word)
    assert american(american(word)) == american(word)
