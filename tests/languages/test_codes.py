"""The three languages and their pairs."""

import itertools

from app.languages.codes import LANGUAGES, PAIRS


def test_each_two_languages_form_one_pair() -> None:
    assert list(PAIRS) == [f"{one}-{other}" for one, other in itertools.combinations(LANGUAGES, 2)]
