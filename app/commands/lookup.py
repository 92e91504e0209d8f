"""`compendium lookup`: a term in the compendium of a server, from a terminal."""

import unicodedata
from typing import Annotated, Any

import httpx2
import typer

from app import terminal
from app.commands.options import languages_in
from app.languages.codes import LANGUAGES

PATIENCE = 20
"""Seconds."""

TermArgument = Annotated[str, typer.Argument(help="A term in any form, or part of one, in any of the languages.")]
ServerOption = Annotated[
    str, typer.Option("--server", envvar="COMPENDIUM_SERVER", help="The address of a compendium.", metavar="URL")
]
InOption = Annotated[
    list[str] | None, typer.Option("--in", help="Search terms of this language (en, fr, ru); repeatable.")
]
LimitOption = Annotated[int, typer.Option(min=1, max=200, help="At most this many entries.")]


def lookup(
    term: TermArgument,
    server: ServerOption = "http://127.0.0.1:8000",
    languages: InOption = None,
    limit: LimitOption = 10,
) -> None:
    """Look a term up on a server. Fails if nothing is found."""
    asked: dict[str, Any] = {"q": term, "limit": limit}
    if languages:
        asked["in"] = sorted(languages_in(languages))
    answer = _asked(server.rstrip("/"), asked)
    rows = [row_of(hit) for hit in answer["hits"]]
    if rows:
        terminal.print_rows(("entry", "status", "match", *LANGUAGES), rows)
        return
    meant = ", ".join(map(_shown, answer["did_you_mean"]))
    terminal.say(f"Nothing is found.{f' Did you mean: {meant}?' if meant else ''}")
    raise typer.Exit(1)


def _asked(server: str, asked: dict[str, Any]) -> dict[str, Any]:
    """The answer of the server to a look-up. Ends the command where there is none."""
    if not server.startswith(("http://", "https://")):
        raise typer.BadParameter("an http or https address", param_hint="--server")
    language = terminal.user_language()
    try:
        response = httpx2.get(
            f"{server}/v1/search", params=asked, headers={"Accept-Language": language}, timeout=PATIENCE
        )
        answer: dict[str, Any] = response.json()
        if response.is_success and "hits" in answer:
            return answer
        terminal.complain(_shown(answer["title"]))
        terminal.say(_shown(answer["detail"]))
    except (httpx2.HTTPError, httpx2.InvalidURL):
        terminal.complain(f"{server} does not answer.")
    except (ValueError, KeyError, TypeError):
        terminal.complain(f"{server} is no compendium.")
    raise typer.Exit(1)


def row_of(hit: dict[str, Any]) -> tuple[str, ...]:
    """Number, status, how it matched, and the terms of each language, the preferred one first."""
    terms = (", ".join(term["text"] for term in hit["terms"].get(code, [])) for code in LANGUAGES)
    return tuple(map(_shown, (hit["entry"]["number"], hit["entry"]["status"], hit["match"]["kind"], *terms)))


def _shown(text: str) -> str:
    """The text without characters that would steer the terminal: it comes from elsewhere."""
    return "".join(character for character in str(text) if unicodedata.category(character) not in ("Cc", "Cf"))
