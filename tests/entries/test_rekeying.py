"""Keys made anew: by other rules, after an upgrade, and going on from where it was broken off."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select, text, update
from sqlmodel import col

from app import migrating
from app.accounts.operations import secretariat
from app.db import Database
from app.entries import rekeying
from app.entries.indexing.state import keys_are_current
from app.entries.indexing.tables import KeyState, Posting, Stem, TermKey
from app.entries.rekeying import keys_left, rekey
from app.entries.tables import EntryTerm
from app.history.operations import verify
from app.languages.keys import KEYS_VERSION
from app.settings import Settings
from tests.entries.indexing.test_index import index
from tests.makers import make_entry, make_proposed_entry, make_withdrawn_entry


@pytest.fixture
def right(own_database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Entries, and what look-up should read of them."""
    with own_database.write() as db:
        for word in ("decoy", "missile", "radar", "interceptor"):
            make_entry(db, en=word, ru="боевой участок")
        make_proposed_entry(db, en="jammer")
        make_withdrawn_entry(db, en="chaff")
        return index(db)


@pytest.fixture
def outdated(own_database: Database, right: Any) -> Database:
    """The same after other rules have made the keys."""
    with own_database.write() as db:
        db.execute(update(TermKey).values(key="n" + col(TermKey.key)))
        db.execute(update(KeyState).values(version="keys 0"))
    return own_database


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rekeying, "CHUNK", 2)


def counting(done: list[object]) -> Callable[[object], None]:
    return done.append


def test_new_keys_are_those_that_a_new_text_gets(outdated: Database, right: Any, small_chunks: None) -> None:
    assert keys_left(outdated) == 6
    done: list[object] = []
    assert rekey(outdated, secretariat, counting(done)) == 6
    assert len(done) == 6
    assert keys_left(outdated) == 0
    with outdated.read() as db:
        assert keys_are_current(db)
        assert index(db) == right


def test_it_goes_on_from_where_it_was_broken_off(outdated: Database, right: Any, small_chunks: None) -> None:
    def broken_off(done: object) -> None:
        seen.append(done)
        if len(seen) == 3:
            raise KeyboardInterrupt

    seen: list[object] = []
    with pytest.raises(KeyboardInterrupt):
        rekey(outdated, secretariat, broken_off)
    with outdated.read() as db:
        assert not keys_are_current(db)
    assert keys_left(outdated) == 2
    rest: list[object] = []
    assert rekey(outdated, secretariat, counting(rest)) == 2
    assert not set(seen) & set(rest)
    with outdated.read() as db:
        assert keys_are_current(db)
        assert index(db) == right


def test_stems_that_no_text_has_are_dropped(outdated: Database) -> None:
    with outdated.write() as db:
        db.add(Stem(language="en", text="oldstem"))
    rekey(outdated, secretariat, counting([]))
    with outdated.read() as db:
        unused = select(func.count()).select_from(Stem).where(col(Stem.id).not_in(select(col(Posting.stem_id))))
        assert db.scalar(unused) == 0


def test_it_leaves_one_event_in_the_log(outdated: Database) -> None:
    rekey(outdated, secretariat, counting([]))
    with outdated.read() as db:
        last = db.execute(text("SELECT action, detail FROM audit_event ORDER BY seq DESC LIMIT 1")).one()
        assert last.action == "keys.rewrite"
        assert KEYS_VERSION in last.detail
        assert verify(db) is None


def test_keys_can_be_made_again_though_they_are_current(own_database: Database) -> None:
    with own_database.write() as db:
        make_entry(db)
        before = index(db)
    assert keys_left(own_database) == 0
    assert keys_left(own_database, again=True) == 1
    assert rekey(own_database, secretariat, counting([])) == 1
    with own_database.read() as db:
        assert index(db) == before


def test_a_database_of_the_release_before_gets_its_keys(own_settings: Settings, own_database: Database) -> None:
    with own_database.write() as db:
        for word in ("decoy", "missile"):
            make_entry(db, en=word)
        before = index(db)
    own_database.dispose()
    migrating.downgrade(own_settings, "20261123_findings")
    with own_database.read() as db:
        kept = db.execute(text("SELECT entry_id, language, text, folded FROM term ORDER BY id")).all()
        assert [row.folded for row in kept if row.language == "en"] == ["decoy", "missile"]
    own_database.dispose()
    migrating.upgrade(own_settings)
    with own_database.read() as db:
        assert not keys_are_current(db)
        assert db.scalar(select(func.count()).select_from(EntryTerm)) == 0
    assert rekey(own_database, secretariat, counting([])) == 2
    with own_database.read() as db:
        assert index(db) == before
