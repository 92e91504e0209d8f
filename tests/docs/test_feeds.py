"""docs/feeds.md: the call prints what it says, the check of a signature accepts what the service sends."""

import os
import re
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app.db import Database
from app.settings import Settings
from app.webhooks.delivering import DISABLED_AFTER, FIRST_PAUSE, KEPT_FOR, LONGEST_PAUSE
from app.webhooks.messages import Kind
from app.webhooks.sending import SECONDS, Outcome
from tests.changes import adopt_text
from tests.clocks import FakeClock
from tests.databases import Templates
from tests.docs.test_readme import BLOCK, ROOT, path_with_curl
from tests.makers import content, make_entry
from tests.serving import Service, served
from tests.webhooks.receiver import receiving
from tests.webhooks.steps import Deliveries

PAGE = (ROOT / "docs" / "feeds.md").read_text(encoding="utf-8")


@pytest.fixture
def service(tmp_path: Path, templates: Templates, clock: FakeClock) -> Iterator[Service]:
    """A service with one entry, which was amended."""
    name = f"tmd_{os.getpid()}_feeds"
    url = templates.copy("sqlite", name)
    clock.set_to(datetime(2027, 2, 1, 12, tzinfo=UTC))
    database = Database.connect(Settings(database_url=url), clock)
    with database.write() as db:
        adopt_text(db, make_entry(db, number=17), content(ru="обманка"))
    database.dispose()
    with served(url) as running:
        yield running
    templates.drop("sqlite", name)


def test_the_call_prints_what_the_page_says(service: Service, tmp_path: Path) -> None:
    (command,) = (text for kind, text in BLOCK.findall(PAGE) if kind == "sh")
    (expected,) = (text for kind, text in BLOCK.findall(PAGE) if kind == "text")
    done = subprocess.run(
        ["/bin/sh", "-eu", "-c", command.replace("http://127.0.0.1:8000", service.url)],
        env={**os.environ, "PATH": path_with_curl(tmp_path), "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == expected


def test_the_check_of_a_signature_accepts_what_the_service_sends_and_nothing_else(
    database: Database, settings: Settings, clock: FakeClock
) -> None:
    found: dict[str, Any] = {}
    (code,) = re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    exec(code, found)
    is_genuine = found["is_genuine"]
    sent = datetime(2027, 2, 1, 12, tzinfo=UTC)
    clock.set_to(sent)
    deliveries = Deliveries(database, settings.model_copy(update={"webhook_allow_internal": True}))
    with receiving() as receiver:
        _, secret = deliveries.register(receiver.url)
        deliveries.adopt(17)
        deliveries.deliver()
    (request,) = receiver.received
    headers, body, now = request.headers, request.body, sent.timestamp()
    assert is_genuine(headers, body, secret, now)
    assert is_genuine(headers, body, secret, now + 300)
    assert not is_genuine(headers, body, secret, now + 301)
    assert not is_genuine(headers, body, secret)
    assert not is_genuine(headers, body.replace(b"TMD-0017", b"TMD-0018"), secret, now)
    assert not is_genuine(headers | {"webhook-id": "event-1000"}, body, secret, now)
    assert not is_genuine(headers | {"webhook-timestamp": str(int(now) + 1)}, body, secret, now)


def test_the_page_names_what_there_is() -> None:
    for code in [*Kind, *Outcome]:
        assert f"`{code.value}`" in PAGE
    assert set(re.findall(r"`((?:entry|silence|proposal)\.\w+)`", PAGE)) == {kind.value for kind in Kind}


def test_the_page_gives_the_times_of_the_code() -> None:
    assert f"after {FIRST_PAUSE.seconds} seconds" in PAGE
    assert f"up to {LONGEST_PAUSE.seconds // 3600} hours" in PAGE
    assert f"After {DISABLED_AFTER.days} days" in PAGE
    assert f"last {KEPT_FOR.days} days" in PAGE
    assert f"within {SECONDS:.0f} seconds" in PAGE
