"""A database in which every table has rows, brought about by the service itself."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.accounts import operations as accounts
from app.accounts.sessions import open_session
from app.accounts.signing import Signing
from app.accounts.tables import SignInMethod
from app.db import Database, now
from app.entries.approval.acceding import accede
from app.entries.approval.schemas import NewAccession
from app.entries.content import EntryContent
from app.entries.queries import decision_numbered
from app.exchange.imported import ImportFile, Terms
from app.exchange.importing import import_entries
from app.exchange.records import Incoming
from app.findings import operations as findings
from app.history.operations import Happening, record
from app.main import create_app
from app.profile import read_profile
from app.settings import Settings
from app.webhooks import operations as webhooks
from app.webhooks.delivering import deliver_due
from app.webhooks.messages import Kind
from app.webhooks.schemas import NewWebhook
from tests.api import Api, Tokens
from tests.clocks import FakeClock
from tests.makers import adopt_entry, body, content
from tests.proposals import steps
from tests.proposals.approval.norway import norwegian, with_norway

RADAR = {"en": "early-warning radar", "fr": "radar d'alerte avancée", "ru": "РЛС дальнего обнаружения"}
MISSILE = {"en": "ballistic missile", "fr": "missile balistique", "ru": "баллистическая ракета"}
DECOY = {"en": "decoy", "fr": "leurre", "ru": "ложная цель"}
CHAFF = {"en": "chaff", "fr": "paillettes", "ru": "дипольные отражатели"}
JAMMER = {"en": "jammer", "fr": "brouilleur", "ru": "станция помех"}
TRAP = {"en": "trap", "fr": "piège", "ru": "ловушка"}
FALSE_TARGET = {"en": "false target", "fr": "fausse cible", "ru": "ложный объект"}


def fill(settings: Settings, database: Database, clock: FakeClock) -> None:
    """Two agreed entries, related to each other; an amendment, a new entry under review, two refused ones.

    One entry adopted by silence with a statement, one with parallel texts; a session and a webhook.
    """
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
        _silence_and_statements(api, tokens, clock)
        _parallel_texts(api, tokens)
        _after_the_decision(api, tokens, database)
        with database.write() as db:
            _import(db)
        answer = steps.send(
            api, "/v1/proposals", tokens["nato-delegate"], steps.new_proposal(), **{"Idempotency-Key": "draft-1"}
        )
        assert answer.status_code == 201, answer.text
    _sign_in_and_webhook(settings, database)


def _silence_and_statements(api: Api, tokens: Tokens, clock: FakeClock) -> None:
    """A text that is remarked on, whose discrepancy is settled, and that is adopted by an extended silence."""
    review = steps.accepted(api, tokens, steps.new_proposal(content=body(**JAMMER)))
    path = f"/v1/proposals/{review.json()['number']}"
    remark = {"text": "Уточните.", "language": "ru", "element": "languages.ru.definition"}
    assert steps.send(api, f"{path}/comments", tokens["russia-delegate"], remark).status_code == 201
    found = {"pair": "en-ru", "element": "definition", "gravity": "minor", "text": "The genus differs."}
    logged = steps.send(
        api, f"{path}/discrepancies", tokens["linguist"], found, **{"If-Match": review.headers["ETag"]}
    )
    assert logged.status_code == 201, logged.text
    ready = steps.moved(api, steps.certified(api, tokens, logged), "finalise", tokens["secretariat"])
    running = steps.moved(api, ready, "open-silence", tokens["nato-co-chair"])
    running = steps.moved(api, running, "open-silence", tokens["russia-co-chair"])
    statement = {"kind": "reservation", "language": "ru", "text": "В России применяется иной термин."}
    running = steps.moved(api, running, "reserve", tokens["russia-representative"], statement=statement)
    silence = f"/v1/silences/{running.json()['silence']['number']}"
    more = {"working_days": 3, "reason": "Consultation."}
    extended = steps.send(api, f"{silence}/extensions", tokens["nato-representative"], more)
    assert extended.status_code == 201, extended.text
    clock.set_to(datetime.fromisoformat(extended.json()["expires"]) + timedelta(seconds=1))
    assert api.get(path, tokens["reader"]).json()["state"] == "adopted"


def _parallel_texts(api: Api, tokens: Tokens) -> None:
    """An entry on which the sides record that they differ."""
    review = steps.accepted(api, tokens, steps.new_proposal(content=body(**TRAP)))
    for who, russian in (("nato-co-chair", "ловушка"), ("russia-co-chair", "приманка")):
        own = body(**{**TRAP, "ru": russian})
        review = steps.moved(api, review, "diverge", tokens[who], reason="No common text.", content=own)
    assert review.json()["state"] == "diverged"


def _after_the_decision(api: Api, tokens: Tokens, database: Database) -> None:
    """A text that the Council approves as well, and a decision to which a party accedes that joined later."""
    approved = {"level": "council", "versions": ["TMD-0001/1"], "note": "Совет Россия — НАТО."}
    for who in ("nato-co-chair", "russia-co-chair"):
        assert steps.send(api, "/v1/endorsements", tokens[who], approved).status_code == 201
    amended = api.get("/v1/entries/TMD-0002").json()["decision"]["number"]
    with database.write() as db:
        profile = with_norway(now(db).date())
        accounts.adopt_profile(db, profile)
        words = NewAccession(language="fr", text="La Norvège s’associe à cette décision.")
        accede(db, norwegian(db), profile, decision_numbered(db, amended)[0], words)


def _sign_in_and_webhook(settings: Settings, database: Database) -> None:
    with database.write() as db:
        account = accounts.account_called(db, "nato-delegate")
        open_session(db, account, SignInMethod.PASSWORD)
        wanted = NewWebhook(url="https://127.0.0.1:1/hook", events=list(Kind), since=0)
        webhooks.register(db, accounts.secretariat(db), wanted, allow_internal=True)
    Signing(database, None).signed("test", "value")
    assert deliver_due(database, settings) == 1  # one attempt, which the address refuses


def _import(db: Session) -> None:
    """An entry of another collection, as a draft of the secretariat."""
    profile = read_profile(Settings().profile_path)
    trap = [Incoming(1, "IATE-254003", content(**TRAP))]
    terms = Terms("Repris d’IATE.", collection="IATE", file=ImportFile("tbx", "b" * 64))
    import_entries(db, accounts.secretariat(db), profile, trap, terms)


def related_to_missile(**terms: str) -> dict[str, Any]:
    return {**body(**terms), "relations": [{"type": "associative", "target": "TMD-0001"}]}


def _answer_a_warning(db) -> None:
    digest = "a" * 64
    findings.sign(db, accounts.secretariat(db), digest, "capital", "languages.ru.definition", "Имя собственное.")
    record(db, accounts.secretariat(db), Happening("glossary.waive", after=digest), checks=["capital"])
