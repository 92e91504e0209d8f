"""Pages out of templates: one environment a language, and what every page is sent with."""

import hashlib
from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from babel import Locale
from babel.lists import format_list
from babel.numbers import format_decimal
from fastapi import Request, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.accounts.actor import Role
from app.entries.content import PartOfSpeech, Term, TermType
from app.http.etags import PRIVATE, PUBLIC, reply_bytes
from app.http.page_addresses import language_in_path, page_address
from app.languages.codes import LANGUAGES, LanguageCode
from app.pages.reader import ORDERS, Reader
from app.texts import dates
from app.texts.catalogues import catalogue
from app.texts.changes import AUTHOR
from app.texts.elements import pair_name
from app.texts.names import name_of
from app.texts.statuses import status_name

HERE = Path(__file__).parent
STATIC = HERE / "static"

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
"""Nothing inline and nothing from elsewhere."""


@cache
def asset(name: str) -> str:
    """The address of a static file, which changes with what is in it, so that browsers may keep it for good."""
    mark = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={mark}"


@cache
def environment(language: LanguageCode) -> Environment:
    """The templates, speaking a language."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    translations: Any = catalogue(language)
    made.install_gettext_translations(translations, newstyle=True)  # type: ignore[attr-defined]
    made.policies["ext.i18n.trimmed"] = True
    made.filters |= {
        "number": lambda value: format_decimal(value, locale=language),
        "day": lambda moment: dates.day(_date(moment), language),
        "day_at_end": lambda moment: dates.day_at_end(_date(moment), language),
        "items": lambda texts: format_list(list(texts), locale=language),
        "query": _query,
        "pairs": lambda codes, kind: [(code, name_of(kind, code, language)) for code in codes],
        "utc": dates.instant,
        "brussels": lambda moment: dates.local_time(moment, dates.BRUSSELS, language),
        "moscow": lambda moment: dates.local_time(moment, dates.MOSCOW, language),
    }
    made.globals |= {
        "language": language,
        "languages": LANGUAGES,
        "at": lambda path: page_address(language, path),
        "asset": asset,
        "name": lambda kind, code: name_of(kind, code, language),
        "status_name": lambda code: status_name(code, language),
        "language_name": lambda code: language_name(code, language),
        "own_name": lambda code: language_name(code, code),
        "own_citation": AUTHOR,
        "grammar": lambda term: _grammar(term, language),
        "tongue_names": [(code, language_name(code, language)) for code in LANGUAGES],
        "role_names": [(role.value, name_of("role", role.value, language)) for role in Role],
        "pair_names": lambda pairs: [(pair, pair_name(pair)) for pair in pairs],
        "subject_choices": lambda fields: [(field.code, field.label[language]) for field in fields],
    }
    return made


def language_name(code: LanguageCode, language: LanguageCode) -> str:
    """What a language is called in a language, as a heading: `Français`, `Русский`."""
    name = str(Locale.parse(language).languages[code])
    return name[0].upper() + name[1:]


def page(
    request: Request,
    reader: Reader,
    template: str,
    *,
    status: int = 200,
    private: bool = False,
    headers: dict[str, str] | None = None,
    **context: Any,
) -> Response:
    """A page for a reader. `private` keeps it out of every cache: whatever is not public says so.

    Templates are given the frame (`reader`, `here`, `canonical`, `query`) and what the caller adds.
    """
    content = rendered(request, reader, template, **context).encode("utf-8")
    sent = {
        "Content-Language": reader.language,
        "Content-Security-Policy": POLICY,
        # With no referrer at all, browsers would not say of a form where it comes from.
        "Referrer-Policy": "same-origin",
        # What a cookie may change is kept apart by caches, even where this answer had none.
        "Vary": "Cookie" if language_in_path(request.scope["path"]) else "Accept-Language, Cookie, Accept",
        **(headers or {}),
    }
    cache_control = PRIVATE if private or reader.is_private or status != 200 else PUBLIC
    return reply_bytes(
        request, content, "text/html; charset=utf-8", status=status, cache=cache_control, headers=sent
    )


def rendered(request: Request, reader: Reader, template: str, **context: Any) -> str:
    """The same as text."""
    path: str = request.scope["path"]
    here = path[len("/en") :] if language_in_path(path) else "/"
    asked = [(name, value) for name, value in request.query_params.multi_items() if name != "lang"]
    return (
        environment(reader.language)
        .get_template(template)
        .render(
            reader=reader,
            orders=ORDERS,
            here=here,
            query=f"?{urlencode(asked)}" if asked else "",
            public_url=request.app.state.settings.public_url,
            **context,
        )
    )


def _grammar(term: Term, language: LanguageCode) -> list[str]:
    """What there is to say of a term: how far it may be used, and what is not plain from its looks."""
    said = [name_of("acceptability", term.acceptability.value, language)]
    if term.type is not TermType.FULL_FORM:
        said.append(name_of("type", term.type.value, language))
    if term.part_of_speech is not PartOfSpeech.NOUN:
        said.append(name_of("part_of_speech", term.part_of_speech.value, language))
    for kind, value in (("gender", term.gender), ("number", term.number), ("register", term.register_)):
        if value is not None:
            said.append(name_of(kind, value.value, language))
    if term.region is not None:
        said.append(str(Locale.parse(language).territories.get(term.region, term.region)))
    return said


def _date(moment: date) -> date:
    """A day; of an instant, that which it was in UTC."""
    return moment.date() if isinstance(moment, datetime) else moment


def _query(values: Iterable[tuple[str, Any]]) -> str:
    """A query out of those values that say something."""
    return urlencode([(name, value) for name, value in values if value])
