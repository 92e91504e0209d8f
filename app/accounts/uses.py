"""When tokens were last used: to some minutes, and never at the cost of the request that uses one."""

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from threading import Lock

from anyio import CapacityLimiter, create_task_group, sleep, to_thread
from sqlalchemy import or_, update
from sqlmodel import col

from app.accounts.tables import ApiToken
from app.db import Database
from app.errors import DatabaseBusy

log = logging.getLogger("compendium")

EVERY = timedelta(minutes=10)
"""A token's use is written down at most once in this time."""
PAUSE = 60.0
"""Seconds after which somebody looks whether there is something to write."""


class TokenUses:
    """Remembers uses in memory until somebody has time to write them down. Safe for several threads.

    A use that was not yet written when the process ends is lost: the next one tells as much.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._noted: dict[int, datetime] = {}
        self._pending: dict[int, datetime] = {}
        self._lock = Lock()

    def note(self, token_id: int) -> None:
        """A token was used just now."""
        at = self._clock()
        with self._lock:
            last = self._noted.get(token_id)
            if last is None or at - last >= EVERY:
                self._noted[token_id] = self._pending[token_id] = at

    def write(self, database: Database) -> int:
        """Write down what was noted, in one transaction; of how many tokens that was."""
        with self._lock:
            pending, self._pending = self._pending, {}
        if not pending:
            return 0
        try:
            with database.write() as db:
                for token_id, at in sorted(pending.items()):
                    earlier = or_(col(ApiToken.last_used_at).is_(None), col(ApiToken.last_used_at) < at)
                    db.execute(
                        update(ApiToken).where(col(ApiToken.id) == token_id, earlier).values(last_used_at=at)
                    )
        except DatabaseBusy:
            with self._lock:
                self._pending = pending | self._pending
            return 0
        return len(pending)


@asynccontextmanager
async def written_now_and_then(uses: TokenUses, database: Database) -> AsyncIterator[None]:
    """Write uses down in the background, and what is left at the end."""
    limiter = CapacityLimiter(1)

    async def write() -> None:
        try:
            await to_thread.run_sync(uses.write, database, limiter=limiter)
        except Exception as error:  # noqa: BLE001
            # Nobody misses it, and the service goes on. The error's text may hold an address with a password.
            log.warning("the last use of tokens was not written: %s", type(error).__name__)

    async def now_and_then() -> None:
        while True:
            await sleep(PAUSE)
            await write()

    async with create_task_group() as group:
        group.start_soon(now_and_then)
        yield
        group.cancel_scope.cancel()
    await write()
