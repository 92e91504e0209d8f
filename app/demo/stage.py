"""Where the demonstration plays: a service over a scratch database, spoken to over REST alone, and a clock."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
from anyio.from_thread import BlockingPortal, start_blocking_portal

from app import migrating
from app.accounts import operations as accounts
from app.accounts.actor import Role
from app.db import Database
from app.demo.texts import SUBJECT
from app.entries.tables import SubjectField
from app.errors import DemonstrationFailed
from app.main import create_app
from app.profile import read_profile
from app.settings import Settings

Say = Callable[[str], None]

CAST: dict[str, tuple[str | None, Role]] = {
    "nato-delegate": ("nato", Role.DELEGATE),
    "russia-delegate": ("russia", Role.DELEGATE),
    "nato-representative": ("nato", Role.REPRESENTATIVE),
    "russia-representative": ("russia", Role.REPRESENTATIVE),
    "nato-co-chair": ("nato", Role.CO_CHAIR),
    "russia-co-chair": ("russia", Role.CO_CHAIR),
    "linguist": (None, Role.LANGUAGE_LEAD),
    "secretariat": (None, Role.SECRETARIAT),
}
OPENS_AT = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)


class StageClock:
    """The time of the play, which moves when the play says so."""

    def __init__(self) -> None:
        self.now = OPENS_AT

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Stage:
    """The cast with their tokens, in front of a running service."""

    client: httpx2.AsyncClient
    portal: BlockingPortal
    clock: StageClock
    tokens: dict[str, str]
    say: Say
    etags: dict[str, str] = field(default_factory=dict)
    """What each caller must name in If-Match: the state of each proposal as it was last answered."""

    def get(self, path: str, who: str | None = None) -> Any:
        """What a GET answers."""
        return self._answer("GET", path, who)

    def post(self, path: str, who: str, body: Any) -> Any:
        """What a POST answers."""
        return self._answer("POST", path, who, body)

    def move(self, proposal: str, event: str, who: str, **given: Any) -> Any:
        """Let somebody cause an event, and say what came of it."""
        moved = self.post(f"/v1/proposals/{proposal}/events/{event}", who, given)
        self.say(f"  {who}: {event} → {moved['state']}")
        return moved

    def pass_time(self, until: datetime) -> None:
        """Let the time of the play pass."""
        self.clock.now = until.astimezone(UTC)
        self.say(f"  … {self.clock.now.isoformat()}")

    def later(self, **spans: float) -> None:
        """Let so much time pass, as `days=1`."""
        self.pass_time(self.clock.now + timedelta(**spans))

    def _answer(self, method: str, path: str, who: str | None, body: Any = None) -> Any:
        headers = {"Authorization": f"Bearer {self.tokens[who]}"} if who is not None else {}
        proposal = "/".join(path.split("/")[:4])
        if method == "POST" and proposal in self.etags:
            headers["If-Match"] = self.etags[proposal]
        answer = self.portal.call(lambda: self.client.request(method, path, json=body, headers=headers))
        if not answer.is_success:
            raise DemonstrationFailed(call=f"{method} {path}", status=answer.status_code, detail=answer.text)
        told = answer.json()
        if path.startswith("/v1/proposals") and "ETag" in answer.headers:
            self.etags[f"/v1/proposals/{told.get('number', proposal.split('/')[-1])}"] = answer.headers["ETag"]
        return told


@contextmanager
def stage(settings: Settings, say: Say) -> Iterator[Stage]:
    """Set the stage: schema, parties, one subject field, and a token for each of the cast."""
    clock = StageClock()
    migrating.upgrade(settings)
    with Database.opened(settings, clock) as database:
        with database.write() as db:
            accounts.adopt_profile(db, read_profile(settings.profile_path))
            names = {"label_en": "Engagement", "label_fr": "Engagement", "label_ru": "Обстрел целей"}
            scopes = {f"scope_{language}": "" for language in ("en", "fr", "ru")}
            db.add(SubjectField(code=SUBJECT, position=1, **names, **scopes))
            tokens = {
                name: accounts.create_token(db, name=name, roles=frozenset({role}), party=party)
                for name, (party, role) in CAST.items()
            }
        transport = httpx2.ASGITransport(create_app(settings, database))
        with start_blocking_portal() as portal:
            client = httpx2.AsyncClient(transport=transport, base_url=settings.public_url)
            try:
                yield Stage(client, portal, clock, tokens, say)
            finally:
                portal.call(client.aclose)
