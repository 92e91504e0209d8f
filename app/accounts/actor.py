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
    read_only: bool = False
    """Whether the caller may change nothing at all."""
    token_id: int | None = field(default=None, compare=False)
    session_id: int | None = field(default=None, compare=False)
    """What the caller showed: one of the two, or neither on the command line."""

    @property
    def is_anonymous(self) -> bool:
        return self.account_id is None

    def has(self, *roles: Role) -> bool:
        """Whether the caller has at least one of the roles."""
        return not self.roles.isdisjoint(roles)


ANONYMOUS = Actor()
