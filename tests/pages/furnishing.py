"""A compendium with an entry of every kind, for the tests of pages."""

from typing import Any

from app.accounts import operations as accounts
from app.db import Database
from app.entries import operations as entries
from app.entries.content import EntryContent
from app.entries.numbers import entry_number
from app.entries.queries import entry_of
from app.entries.statement_tables import Statement, StatementKind
from app.entries.tables import DecisionMethod
from app.profile import ApprovalLevel
from tests.makers import adopt_entry, body, make_entry, make_proposed_entry, make_withdrawn_entry

RESERVATION = "Российская сторона учитывает и ложные цели, размещаемые в космосе."
HOSTILE = "<script>alert('é')</script> \"><img src=x onerror=alert(1)> {{ 7*7 }} %(x)s &amp; javascript:alert(1)"

PATHS = (
    "/",
    "/search",
    "/search?q=leurres",
    "/search?q=ktehht",
    "/search?q=dekoi",
    "/search?q=warhead&match=fulltext",
    "/search?q=decoy&in=en&status=agreed&subject=threat&match=exact",
    "/search?q=!!",
    "/entries/TMD-0001",
    "/entries/TMD-0002",
    "/entries/TMD-0003",
    "/entries/TMD-0004",
    "/entries/TMD-0005",
    "/entries/TMD-1001",
    "/entries/TMD-1002",
    "/entries/TMD-1003",
    "/entries/TMD-0001/history",
    "/entries/TMD-0001/versions/1",
    "/entries/TMD-0001/versions/2",
    "/index/en",
    "/index/ru/Л",
    "/index/fr/L",
    "/subjects",
    "/subjects/threat",
    "/decisions",
    "/decisions/D(2026)0001",
    "/decisions/D(2026)0006",
    "/about",
    "/developers",
    "/developers/api",
    "/developers/api/search_v1_search_get",
    "/preferences",
    "/sign-in",
    "/entries/TMD-0999",
    "/nowhere",
    "/index/xx",
)
"""Every kind of page; the last ones are errors."""


def rich(first: int = 1) -> dict[str, Any]:
    """A content with something in nearly every field, related to the entries after the first."""
    text = body()
    text["languages"]["en"]["terms"] += [
        {"text": "DCY", "type": "initialism", "acceptability": "admitted", "abbreviation_of": "decoy"},
        {
            "text": "dummy warhead",
            "type": "variant",
            "acceptability": "deprecated",
            "region": "GB",
            "register": "colloquial",
            "usage_note": "in older papers",
            "contexts": [{"text": "A dummy warhead was seen.", "source": "Paper 7"}],
            "sources": ["Paper 8"],
        },
    ]
    text["languages"]["ru"]["terms"][0]["transliterations"] = [{"scheme": "iso-9", "text": "ložnaâ celʹ"}]
    for code, note in (("en", "May be inflated."), ("fr", "Peut être gonflable."), ("ru", "Может быть надувной.")):
        text["languages"][code] |= {"notes": [note, note[:-1] + "!"], "examples": [note]}
    text["relations"] = [
        {"type": "generic", "target": entry_number(first + 1)},
        {"type": "partitive", "target": entry_number(first + 2)},
        {"type": "contrast", "target": entry_number(first + 4)},
    ]
    text["references"] = [{"uri": "https://terms.example/9", "match": "close", "label": "Decoy"}]
    text["equivalence"] = {
        "en-fr": {"degree": "exact"},
        "en-ru": {"degree": "broader", "remark": "The Russian term is narrower."},
        "fr-ru": {"degree": "near"},
    }
    return text


def furnish(database: Database, first: int = 1) -> None:
    """Fill a database: an agreed entry with two versions and a reservation, and one in every other status.

    They have the numbers from the first one on; the proposed ones those that come next.
    """
    with database.write() as db:
        make_entry(
            db, number=first + 1, en="penetration aid", fr="aide à la pénétration", ru="средство преодоления ПРО"
        )
        make_entry(db, number=first + 2, en="payload", fr="charge utile", ru="полезная нагрузка")
        gap = body(en="sidelobe chatter", fr=None)
        gap["languages"]["fr"] = {"no_equivalent": "Le français n’a pas de terme pour cette notion."}
        adopt_entry(db, EntryContent.model_validate(gap), number=first + 3)
        make_entry(db, number=first + 4, en="chaff", fr="paillettes", ru="дипольные отражатели")
        entry = make_entry(db, number=first)
        decision = entries.new_decision(
            db,
            method=DecisionMethod.MEETING,
            level=ApprovalLevel.WORKING_GROUP,
            parties=frozenset({"nato", "russia"}),
            explicit=frozenset({"nato"}),
        )
        entries.adopt(db, entry, EntryContent.model_validate(rich(first)), decision)
        account = accounts.create_account(db, name="russia-delegate-of-pages", roles=frozenset(), party="russia")
        db.add(
            Statement(
                entry_id=first,
                version=2,
                kind=StatementKind.RESERVATION,
                party="russia",
                element="languages.ru.definition",
                language="ru",
                text=RESERVATION,
                translations={"fr": "La partie russe tient compte des leurres placés dans l’espace."},
                alternative="объект, имитирующий боевой блок",
                decision_id=decision.id,
                account_id=accounts.id_of(account),
                made_at=decision.made_at,
            )
        )
        entries.end(db, entry_of(db, str(first + 2)), decision, reason="merged with another entry", successor=first)
        make_proposed_entry(db, en="boost phase", fr="phase propulsée", ru="активный участок траектории")
        make_withdrawn_entry(db, en="star gate", fr="porte stellaire", ru="звёздные врата")
        apart = make_proposed_entry(db, en="defended area", fr="zone défendue", ru="обороняемый район")
        related = {"relations": [{"type": "see_also", "target": entry_number(first + 1)}]}
        sides = {
            side: EntryContent.model_validate(body(en=f"area of {side}", fr="zone", ru="район") | related)
            for side in ("nato", "russia")
        }
        entries.diverge(db, apart, decision, sides, "the sides differ")
