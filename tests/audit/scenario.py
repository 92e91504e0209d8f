"""A database in which every table has rows, brought about by the service itself."""

from typing import Any

from app.accounts import operations as accounts
from app.db import Database
from app.entries.content import EntryContent
from app.findings import operations as findings
from app.history.operations import Happening, record
from app.main import create_app
from app.settings import Settings
from tests.api import Api, Tokens
from tests.makers import adopt_entry, body, content
from tests.proposals import steps

RADAR = {"en": "early-warning radar", "fr": "radar d'alerte avancée", "ru": "РЛС дальнего обнаружения"}
MISSILE = {"en": "ballistic missile", "fr": "missile balistique", "ru": "баллистическая ракета"}
DECOY = {"en": "decoy", "fr": "leurre", "ru": "ложная цель"}
CHAFF = {"en": "chaff", "fr": "paillettes", "ru": "дипольные отражатели"}
FALSE_TARGET = {"en": "false target", "fr": "fausse cible", "ru": "ложный объект"}


def fill(settings: Settings, database: Database) -> None:
    """Two agreed entries, related to each other; an amendment, a new entry under review, two refused ones."""
    with database.write() as db:
        adopt_entry(db, content(**MISSILE), number=1)
        adopt_entry(db, EntryContent.model_validate(related_to_missile(**RADAR)), number=2)
        _answer_a_warning(db)
    tokens = Tokens.made_in(database)
    with Api.serving(create_app(settings, database)) as api:
        amendment = steps.amendment("TMD-0002", 1)
        amendment["content"] = related_to_missile(**{**RADAR, "fr": "radar de veille lointaine"})
        steps.agreed(api, tokens, amendment)
        steps.accepted(api, tokens, steps.new_proposal(content=body(**DECOY)))
        refused = steps.submitted(api, tokens, steps.new_proposal(content=body(**FALSE_TARGET)), "russia-delegate")
        api.move(refused, "reject", tokens["secretariat"], reason="Повторяет «ложную цель».")
        closed = steps.accepted(api, tokens, steps.new_proposal(content=body(**CHAFF)))
        api.move(closed, "withdraw", tokens["nato-delegate"], reason="Déjà couvert par « leurre ».")
        answer = steps.send(
            api, "/v1/proposals", tokens["nato-delegate"], steps.new_proposal(), **{"Idempotency-Key": "draft-1"}
        )
        assert answer.status_code == 201, answer.text


def related_to_missile(**terms: str) -> dict[str, Any]:
    return {**body(**terms), "relations": [{"type": "associative", "target": "TMD-0001"}]}


def _answer_a_warning(db) -> None:
    digest = "a" * 64
    findings.sign(db, accounts.secretariat(db), digest, "capital", "languages.ru.definition", "Имя собственное.")
    record(db, accounts.secretariat(db), Happening("glossary.waive", after=digest), checks=["capital"])
