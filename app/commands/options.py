"""Options that several commands share."""

from typing import Annotated

import typer

from app.accounts.actor import Role
from app.languages.codes import LANGUAGES, LanguageCode

AccountName = Annotated[str, typer.Argument(help="The account: a role such as nato-delegate, not a person.")]
RoleOption = Annotated[list[Role], typer.Option("--role", help="What the account may be; repeatable.")]
PartyOption = Annotated[str | None, typer.Option("--party", help="The party that the account belongs to.")]
LanguageOption = Annotated[
    list[str] | None,
    typer.Option("--language", help="Only texts of this language (en, fr, ru) may be changed; repeatable."),
]


def language_in(code: str | None, option: str) -> LanguageCode | None:
    """The language that was given with an option."""
    known = next((language for language in LANGUAGES if language == code), None)
    if known is None and code is not None:
        raise typer.BadParameter("one of en, fr, ru", param_hint=option)
    return known


def languages_in(codes: list[str] | None) -> frozenset[LanguageCode]:
    """What was given with --language; nothing means all."""
    known = frozenset(language for language in LANGUAGES if language in (codes or ()))
    if len(known) != len(set(codes or ())):
        raise typer.BadParameter("one of en, fr, ru", param_hint="--language")
    return known
