"""A clock that a test sets."""

from datetime import UTC, datetime, timedelta


class FakeClock:
    """The time of the machine until it is set; from then on it stands still."""

    def __init__(self) -> None:
        self._set_to: datetime | None = None

    def __call__(self) -> datetime:
        return self._set_to or datetime.now(UTC)

    def set_to(self, moment: datetime) -> None:
        """Stop at this moment, however it is written."""
        self._set_to = moment.astimezone(UTC)

    def advance(self, **spans: float) -> None:
        """Go on by so much, as `days=1`, and stand still."""
        self._set_to = self() + timedelta(**spans)
