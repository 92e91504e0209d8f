"""What the API takes and gives about whoever is calling."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from app.accounts.actor import Role
from app.accounts.passwords import LONGEST
from app.languages.codes import LanguageCode


def _on_one_line(text: str) -> str:
    for position, character in enumerate(text, 1):
        if not character.isprintable():
            raise PydanticCustomError(
                "forbidden_character",
                "The character {character} at position {position} is not allowed",
                {"character": f"U+{ord(character):04X}", "position": position},
            )
    return text


Label = Annotated[
    str, StringConstraints(min_length=1, max_length=100, strip_whitespace=True), AfterValidator(_on_one_line)
]


class Credentials(BaseModel):
    """What somebody knows."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    name: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._@-]{0,99}$")]
    # Only bounded here: how long a password must be is asked where it is chosen.
    password: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST)]


class Me(BaseModel):
    """The caller."""

    account: str = Field(description="The name of the account.")
    party: str | None = Field(description="The code of the party; null for the secretariat.")
    roles: list[Role]
    languages: list[LanguageCode] = Field(description="Whose texts you may change; empty means all.")
    read_only: bool
    shown: Literal["token", "session"] = Field(description="How you have shown who you are.")
    expires_at: datetime | None = Field(description="When that ends; null if never.")


class NewToken(BaseModel):
    """A token that you make for yourself. It never has what you have not."""

    model_config = ConfigDict(extra="forbid")

    label: Label = Field(description="What you will know it by.", examples=["CAT tool on the laptop"])
    roles: Annotated[list[Role], Field(min_length=1, max_length=len(Role))]
    languages: Annotated[
        list[LanguageCode], Field(max_length=3, description="Only texts of these; empty means all of yours.")
    ] = []
    read_only: bool = False
    days: Annotated[int, Field(ge=1, le=366, description="How long it is valid.")] = 90


class TokenOut(BaseModel):
    """A token, without what is secret of it."""

    id: int
    label: str
    roles: list[Role]
    languages: list[LanguageCode]
    read_only: bool
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None = Field(description="To some minutes; null if never.")


class MadeToken(TokenOut):
    """A token that was just made."""

    token: str = Field(description="The token itself, shown this one time.")


class TokenList(BaseModel):
    items: list[TokenOut]
