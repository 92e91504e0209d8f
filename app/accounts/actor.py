"""Who is calling: what an account may be in the working group."""

from dataclasses import dataclass, field
from enum import StrEnum

from app.languages.codes import LanguageCode


class Role(StrEnum):
    READER = "reader"
    DELEGATE = "delegate"
    REPRESENTATIVE = "representative"
    LANGUAGE_LEAD = "language-lead"
    EXPERT = "expert"
    CO_CHAIR = "co-chair"
    SECRETARIAT = "secretariat"
    AUDITOR = "auditor"
    ADMIN = "admin"


@dataclass(frozen=True)
class Actor:
    """The caller of an operation, as the token or the session says."""

    account_id: int | None = None
    party: str | None = None
    """The code of the party; None for the secretariat, which belongs to none."""
    roles: frozenset[Role] = frozenset()
    languages: frozenset[LanguageCode] = field(default_factory=frozenset)
    """The languages whose texts the caller may change; empty means all."""
    is_clock: bool = False
    """Not somebody: the passing of time, which ends silence and idleness."""
    read_only: bool = False
    """Whether the caller may change nothing at all."""
    token_id: int | None = field(default=None, compare=False)
    session_id: int | None = field(default=None, compare=False)
    """What the caller showed: one of the two, or neither on the command line."""

    @property
    def is_anonymous(self) -> bool:
        return self.account_id is None and not self.is_clock

    def commands(self, *languages: str) -> bool:
        """Whether the caller may speak for the texts of all these languages."""
        return not self.languages or self.languages.issuperset(languages)

    def has(self, *roles: Role) -> bool:
        """Whether the caller has at least one of the roles."""
        return not self.roles.isdisjoint(roles)


ANONYMOUS = Actor()
CLOCK = Actor(is_clock=True)
