"""The profile of a working group: its parties and how it numbers and decides. A TOML file."""

import tomllib
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from app.calendars.rules import SilenceRules
from app.languages.codes import LanguageCode


class ApprovalLevel(StrEnum):
    """How far up a text was approved: experts are not nations."""

    EXPERT = "expert"
    WORKING_GROUP = "working_group"
    COUNCIL = "council"


PartyCode = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,30}$")]


class PartyProfile(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    code: PartyCode
    consents: bool
    """Whether agreement needs this party; an observer's does not."""
    name: dict[LanguageCode, str]


class Profile(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    first_entry: Annotated[int, Field(ge=1)]
    co_chairs_decide_at: ApprovalLevel
    parties: Annotated[tuple[PartyProfile, ...], Field(min_length=1)]
    silence: SilenceRules = SilenceRules()

    @cached_property
    def consensus_set(self) -> frozenset[str]:
        """The codes of the parties whose consent makes an agreement."""
        return frozenset(party.code for party in self.parties if party.consents)


def read_profile(path: Path) -> Profile:
    """The profile in a TOML file. Raises OSError, TOMLDecodeError or ValidationError."""
    return Profile.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
