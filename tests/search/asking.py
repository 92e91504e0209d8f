"""Asking the service, and a small compendium to ask about."""

from typing import Any

from sqlalchemy.orm import Session

from app.entries.content import EntryContent
from tests.api import Api
from tests.makers import adopt_entry, make_proposed_entry, section


def search(api: Api, query: str, **params: Any) -> list[dict[str, Any]]:
    """The hits for a query, best first."""
    return list(answered(api, query, **params)["hits"])


def answered(api: Api, query: str, **params: Any) -> dict[str, Any]:
    """The whole answer to a query."""
    answer = api.get("/v1/search", params={"q": query, **params})
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


def found(api: Api, query: str, **params: Any) -> list[tuple[str, str]]:
    """The matched terms and the kinds of match, best first."""
    return [(hit["matched"]["text"], hit["match"]["kind"]) for hit in search(api, query, **params)]


def best(api: Api, query: str, **params: Any) -> tuple[str, str] | None:
    """The term that comes first, and by which kind of match."""
    return next(iter(found(api, query, **params)), None)


# Full form and abbreviation in each language; None where there is none.
CONCEPTS: list[dict[str, tuple[str, ...]]] = [
    {
        "en": ("missile defence",),
        "fr": ("défense antimissile", "DAM"),
        "ru": ("противоракетная оборона", "ПРО"),
    },
    {
        "en": ("theatre missile defence", "TMD"),
        "fr": ("défense antimissile de théâtre", "DAMT"),
        "ru": ("противоракетная оборона на театре военных действий", "ПРО ТВД"),
    },
    {
        "en": ("ballistic missile", "BM"),
        "fr": ("missile balistique",),
        "ru": ("баллистическая ракета", "БР"),
    },
    {
        "en": ("interceptor",),
        "fr": ("intercepteur",),
        "ru": ("ракета-перехватчик",),
    },
    {
        "en": ("boost phase",),
        "fr": ("phase propulsée",),
        "ru": ("активный участок траектории",),
    },
    {
        "en": ("multiple independently targetable re-entry vehicle", "MIRV"),
        "fr": ("corps de rentrée à têtes multiples",),
        "ru": ("разделяющаяся головная часть", "РГЧ"),
    },
    {
        "en": ("early warning radar",),
        "fr": ("radar d'alerte avancée",),
        "ru": ("радиолокационная станция предупреждения", "РЛС СПРН"),
    },
    {
        "en": ("manoeuvre",),
        "fr": ("manœuvre",),
        "ru": ("манёвр",),
    },
]


def make_compendium(db: Session) -> None:
    """A few agreed entries with the words that make look-up hard."""
    for concept in CONCEPTS:
        languages = {code: section(code, *texts) for code, texts in concept.items()}
        for part in languages.values():
            for short in part["terms"][1:]:
                short |= {"type": "abbreviation", "abbreviation_of": part["terms"][0]["text"]}
        adopt_entry(db, EntryContent.model_validate({"subject_fields": ["threat"], "languages": languages}))
    make_proposed_entry(db, en="point of impact", fr="point d'impact", ru="точка падения")
