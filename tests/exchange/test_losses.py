"""The loss report counts what is not in the file."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.entries.canonical import canonical_json
from app.entries.content import EntryContent
from app.exchange.formats import FORMATS
from app.exchange.losses import Counted, Losses, loses_nothing, losses_of
from app.exchange.records import Options
from tests.contents import contents, full_content
from tests.exchange.makers import make_content, make_record, options_of, written

LONE = make_content(en={"terms": [{"text": "booster"}]})


def counted(content: EntryContent, status: str = "agreed", reservations: int = 0) -> Counted:
    return Counted(status, json.loads(canonical_json(content)), reservations)


def report(name: str, *entries: Counted, **options: Any) -> Losses:
    return losses_of(entries, FORMATS[name], replace(options_of(name), **options))


def test_a_lossless_format_loses_nothing() -> None:
    for name in ("csv", "jsonl", "tbx", "tbx-v2"):
        losses = report(name, counted(full_content(), reservations=3), counted(LONE))
        assert (losses.entries, losses.left_out, losses.lost.total()) == (2, 0, 0)
        assert loses_nothing(FORMATS[name], Options())


def test_values_are_counted_by_field() -> None:
    lost = report("csv-wide", counted(full_content())).lost
    assert set(lost) == set(FORMATS["csv-wide"].losses)
    assert lost["languages.*.terms.*.gender"] == 3
    assert lost["languages.*.terms.*.transliterations.*.text"] == 2
    assert lost["languages.*.terms.*.type"] == 10
    assert lost["languages.*.terms.*.abbreviation_of"] == 2


def test_what_stands_in_notes_only_is_counted_apart() -> None:
    losses = report("tbx", counted(full_content()))
    assert set(losses.lowered) == set(FORMATS["tbx"].lowered)
    assert losses.lowered["languages.*.terms.*.register"] == 2
    assert not losses.lost


def test_a_language_outside_the_pair_counts_once_and_its_fields_not_at_all() -> None:
    losses = report("tbx", counted(full_content()), source="en", target="ru")
    assert losses.lost == {"languages.fr": 1}
    assert not loses_nothing(FORMATS["tbx"], Options("en", "ru"))
    assert losses.lowered["languages.*.notes.*"] == 3


def test_terms_for_which_there_is_no_room_count_once() -> None:
    lost = report("tsv-omegat", counted(full_content())).lost
    assert lost["languages.*.terms.*"] == 2
    first = report("deepl", counted(full_content())).lost
    assert first["languages.*.terms.*"] == 8
    assert first["languages.*.terms.*.gender"] == 1


@pytest.mark.parametrize("name", ["deepl", "tmx", "tbx", "utx"])
def test_an_entry_without_a_term_in_one_of_the_languages_is_left_out(name: str) -> None:
    losses = report(name, counted(LONE), counted(full_content()), source="en", target="fr")
    assert (losses.entries, losses.left_out) == (2, 2)
    assert report(name, counted(full_content()), source="en", target="ru").left_out == 0


def test_what_no_longer_holds_is_left_out_where_terms_are_offered() -> None:
    for status in ("superseded", "withdrawn"):
        assert report("deepl", counted(full_content(), status)).left_out == 1
        assert report("tbx", counted(full_content(), status)).left_out == 0


# The editions of TBX differ from each other in nothing that matters here, and a workbook takes long to make.
TRIED = [name for name in FORMATS if name not in ("xlsx", "tbx-2019", "tbx-v4", "tbx-linguist")]


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(content=contents(), status=st.sampled_from(["agreed", "proposed", "diverged", "superseded", "withdrawn"]))
def test_an_entry_is_left_out_exactly_where_the_file_is_that_of_none(content: EntryContent, status: str) -> None:
    record = make_record(content, status=status)
    for name in TRIED:
        pairs = [Options("en", "ru"), Options("fr", "en")] if FORMATS[name].pair != "never" else []
        for options in [*pairs, options_of(name)]:
            is_empty = written(name, record, options=options) == written(name, options=options)
            assert losses_of([counted(content, status)], FORMATS[name], options).left_out == is_empty, name


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(texts=st.lists(st.sampled_from(["leurre", "œil", "décoy", "dard"]), max_size=8))
def test_homonyms_are_left_out_of_a_file_that_names_a_term_once(texts: list[str]) -> None:
    entries = [
        make_content(fr={"terms": [{"text": text}]}, ru={"terms": [{"text": "ложная цель"}]}) for text in texts
    ]
    pair = Options("fr", "ru")
    for name in ("deepl", "google"):
        data = written(name, *map(make_record, entries), options=pair)
        losses = losses_of(map(counted, entries), FORMATS[name], pair)
        assert data.count(b"\r\n") == len(texts) - losses.left_out == len(set(texts))


def test_reservations_count_where_there_is_no_room_for_them() -> None:
    assert report("google", counted(full_content(), reservations=2)).lost["reservations"] == 2
    assert "reservations" not in report("tmx", counted(full_content(), reservations=2)).lost
