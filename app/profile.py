"""The profile of a working group: its parties and how it numbers and decides. A TOML file."""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from app.calendars.rules import SilenceRules
from app.languages.codes import LANGUAGES, LanguageCode


class ApprovalLevel(StrEnum):
    """How far up a text was approved: experts are not nations."""

    EXPERT = "expert"
    WORKING_GROUP = "working_group"
    COUNCIL = "council"

    def is_below(self, other: "ApprovalLevel") -> bool:
        """Whether it is lower than another level."""
        levels = list(ApprovalLevel)
        return levels.index(self) < levels.index(other)


PartyCode = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,30}$")]


class PartyProfile(BaseModel):
    """A nation or a delegation."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: PartyCode
    consents: bool
    """Whether agreement needs this party; an observer's does not."""
    name: dict[LanguageCode, str]
    side: PartyCode = ""
    """The side that it sits on: its own code, unless several parties make up one side."""
    languages: frozenset[LanguageCode] = frozenset(LANGUAGES)
    """The languages whose texts it answers for; all, unless it says which, and none if the list is empty."""
    member_from: date | None = None
    """The first day on which its consent counts; always, if absent."""
    member_until: date | None = None
    """The last such day."""

    @model_validator(mode="before")
    @classmethod
    def _is_a_side_of_its_own(cls, given: object) -> object:
        if isinstance(given, dict) and "side" not in given and "code" in given:
            return {**given, "side": given["code"]}
        return given

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if missing := sorted(set(LANGUAGES) - self.name.keys()):
            raise ValueError(f"the party {self.code} has no name in: {', '.join(missing)}")
        if self.member_from and self.member_until and self.member_until < self.member_from:
            raise ValueError(f"the party {self.code} leaves before it joins")
        return self

    def is_member_on(self, day: date) -> bool:
        """Whether it belongs to the working group on a day."""
        return (self.member_from or date.min) <= day <= (self.member_until or date.max)


class Profile(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    first_entry: Annotated[int, Field(ge=1)]
    co_chairs_decide_at: ApprovalLevel
    agreed_from: ApprovalLevel = ApprovalLevel.EXPERT
    """A text that was approved at a lower level than this is shown as agreed ad referendum."""
    parties: Annotated[tuple[PartyProfile, ...], Field(min_length=1)]
    silence: SilenceRules = SilenceRules()

    @model_validator(mode="after")
    def _can_agree(self) -> Self:
        codes = [party.code for party in self.parties]
        if twice := sorted({code for code in codes if codes.count(code) > 1}):
            raise ValueError(f"parties that stand twice: {', '.join(twice)}")
        if not self.consensus_set:
            raise ValueError("agreement needs at least one party that consents")
        return self

    @cached_property
    def consensus_set(self) -> frozenset[str]:
        """The codes of the parties whose consent makes an agreement while they are members."""
        return frozenset(party.code for party in self.parties if party.consents)

    def consenting_on(self, day: date) -> frozenset[str]:
        """The codes of the parties whose consent an agreement of this day needs."""
        return frozenset(party.code for party in self.parties if party.consents and party.is_member_on(day))

    def sides_of(self, parties: Iterable[str]) -> Mapping[str, frozenset[str]]:
        """These parties by the side they sit on; one that the profile does not name stands for itself."""
        sides: dict[str, frozenset[str]] = {}
        for code in sorted(parties):
            side = self.side_of.get(code, code)
            sides[side] = sides.get(side, frozenset()) | {code}
        return sides

    @cached_property
    def side_of(self) -> Mapping[str, str]:
        """The side of each party."""
        return {party.code: party.side for party in self.parties}

    @cached_property
    def languages_of(self) -> Mapping[str, frozenset[str]]:
        """The languages for whose text each party answers."""
        return {party.code: frozenset(party.languages) for party in self.parties}


def read_profile(path: Path) -> Profile:
    """The profile in a TOML file. Raises OSError, TOMLDecodeError or ValidationError."""
    return Profile.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
