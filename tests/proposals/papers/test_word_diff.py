"""What changed between two texts, by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.proposals.papers.word_diff import Mark, word_changes
from tests.contents import texts

SIGNS = {Mark.SAME: "{}", Mark.DELETED: "[-{}-]", Mark.INSERTED: "{{+{}+}}"}


def shown(before: str, after: str) -> str:
    return "".join(SIGNS[piece.mark].format(piece.text) for piece in word_changes(before, after))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "", ""),
        ("", "ложная цель", "{+ложная цель+}"),
        ("leurre", "", "[-leurre-]"),
        ("same words", "same words", "same words"),
        (
            "object released to be taken for a warhead",
            "object released in flight to be taken for a re-entry vehicle",
            "object released{+ in flight+} to be taken for a [-warhead-]{+re-entry vehicle+}",
        ),
        ("objet largué, leurre", "objet largué\u00a0; leurre", "objet largué[-,-]{+\u00a0;+} leurre"),
        ("l’œil nu", "l’œuvre nue", "l’[-œil nu-]{+œuvre nue+}"),
        ("3 000 km", "3\u202f000 km", "3[- -]{+\u202f+}000 km"),
        (
            "объект, отделяемый для имитации боевого блока",
            "объект, отделяемый для имитации боевых блоков",
            "объект, отделяемый для имитации [-боевого блока-]{+боевых блоков+}",
        ),
        ("ракета-перехватчик", "ракета", "[-ракета-перехватчик-]{+ракета+}"),
        ("учет", "учёт", "[-учет-]{+учёт+}"),
    ],
)
def test_whole_words_and_marks_are_marked(before: str, after: str, expected: str) -> None:
    assert shown(before, after) == expected


def test_what_was_deleted_stands_before_what_came_in_its_place() -> None:
    assert [piece.mark for piece in word_changes("a b c", "a x c")] == [
        Mark.SAME,
        Mark.DELETED,
        Mark.INSERTED,
        Mark.SAME,
    ]


def test_frequent_words_of_a_long_text_are_common_ground() -> None:
    before = "the radar finds the target and the missile " * 60
    assert shown(before + "hits", before + "misses") == before + "[-hits-]{+misses+}"


@given(before=texts(30) | st.just(""), after=texts(30) | st.just(""))
def test_both_texts_can_be_read_off(before: str, after: str) -> None:
    pieces = word_changes(before, after)
    assert "".join(piece.text for piece in pieces if piece.mark is not Mark.INSERTED) == before
    assert "".join(piece.text for piece in pieces if piece.mark is not Mark.DELETED) == after
    assert all(piece.text for piece in pieces)
    assert before != after or [piece.mark for piece in pieces] == [Mark.SAME] * bool(before)
