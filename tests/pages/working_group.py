"""A working group in the midst of its work: proposals in every state that a page shows in a way of its own."""

from datetime import UTC, datetime, timedelta
from typing import Any

from app.db import Database
from app.entries.canonical import content_from
from app.entries.content import EntryContent
from app.entries.lint.reading import Stage
from app.entries.queries import entry_of
from app.proposals import operations
from app.proposals.assurance.discrepancies import log_discrepancy
from app.proposals.assurance.schemas import NewDiscrepancy
from app.proposals.discussion.operations import remark
from app.proposals.discussion.schemas import NewComment
from app.proposals.dossier import Dossier, dossier_of
from app.proposals.silence import opening
from app.proposals.silence.extending import ask_for_time
from app.proposals.silence.tables import Silence
from app.proposals.workflow import Event
from app.settings import Settings
from tests.clocks import FakeClock
from tests.proposals.group import Group

WINDOW = {
    "en": ("intercept window", "period during which an interceptor is able to reach a given target"),
    "fr": (
        "fenêtre d’interception",
        "période pendant laquelle un intercepteur est en mesure d’atteindre une cible donnée",
    ),
    "ru": (
        "окно перехвата",
        "промежуток времени, в течение которого противоракета способна поразить заданную цель",
    ),
}
FENCE = {
    "en": ("surveillance fence", "narrow sector that a radar searches without interruption"),
    "fr": ("barrière de surveillance", "secteur étroit qu’un radar explore sans interruption"),
    "ru": ("барьер наблюдения", "узкий сектор, который радиолокатор просматривает непрерывно"),
}
WARNING = {
    "en": ("launch message", "message by which a launch of a ballistic missile is reported"),
    "fr": ("message de lancement", "message par lequel un lancement de missile balistique est signalé"),
    "ru": ("сообщение о пуске", "сообщение, которым извещают о пуске баллистической ракеты"),
}
LULL = {
    "en": ("reload pause", "time that a launcher needs between its last round and the next one"),
    "fr": (
        "délai de rechargement",
        "temps dont une rampe a besoin entre son dernier projectile et le suivant",
    ),
    "ru": ("пауза на перезаряжание", "время, необходимое пусковой установке между двумя боекомплектами"),
}
GENDERS = {
    "fr": ("feminine", "feminine", "masculine", "masculine"),
    "ru": ("neuter", "masculine", "neuter", "feminine"),
}


WHY = "The definition leaves open whether the range matters."


def written(words: dict[str, tuple[str, str]], place: int) -> EntryContent:
    """The text of a new entry."""
    languages: dict[str, Any] = {}
    for code, (term, definition) in words.items():
        gender = {"gender": GENDERS[code][place]} if code in GENDERS else {}
        languages[code] = {
            "terms": [{"text": term} | gender],
            "definition": {"text": definition, "sources": [{"citation": "Compendium"}]},
        }
    degrees = {pair: {"degree": "exact"} for pair in ("en-fr", "en-ru", "fr-ru")}
    return EntryContent.model_validate(
        {"subject_fields": ["threat"], "equivalence": degrees, "languages": languages}
    )


def at_work(database: Database, amended: str) -> dict[str, str]:
    """Bring proposals into being, one of them an amendment of this entry; their numbers by what they are."""
    with database.write() as db:
        group = Group(db)
        opened, silent = _silence_over(group, _ready(group, written(WINDOW, 0)))
        asked = {"working_days": 5, "reason": "Перевод приложений ещё не готов."}
        ask_for_time(db, group.actor("russia-representative"), group.profile, opened, **asked)
        numbers = {"silence": opened.number, "silent": silent.proposal.number}
        numbers["objected"] = _objected(group)
        numbers["review"] = _amendment(group, amended)
        submitted = group.move(group.propose(written(WARNING, 2)), Event.SUBMIT, "nato-delegate")
        numbers["submitted"] = submitted.proposal.number
        numbers["ready"] = _ready(group, written(LULL, 3)).proposal.number
    return numbers


def silence_that_has_run_out(settings: Settings, words: dict[str, tuple[str, str]]) -> tuple[str, str]:
    """A silence procedure opened so long ago that it has ended, though nobody has looked since; and its text."""
    clock = FakeClock()
    clock.set_to(datetime.now(UTC) - timedelta(days=60))
    with Database.opened(settings, clock) as database, database.write() as db:
        group = Group(db)
        opened, silent = _silence_over(group, _ready(group, written(words, 0)))
        return opened.number, silent.proposal.number


def _silence_over(group: Group, dossier: Dossier) -> tuple[Silence, Dossier]:
    """The silence that the two co-chairs ask for, and the proposal under it."""
    for chair in ("nato-co-chair", "russia-co-chair"):
        opened = opening.request(group.db, group.actor(chair), group.profile, [dossier])
        dossier = _again(group, dossier)
    assert opened is not None
    return opened, dossier


def _ready(group: Group, text: EntryContent) -> Dossier:
    return group.ready(_answered(group, group.accepted(group.propose(text))))


def _answered(group: Group, dossier: Dossier) -> Dossier:
    for finding in dossier.remarks(Stage.FINAL).unanswered:
        reason = "The text means exactly this."
        element = finding.mark.element
        dossier = operations.waive(group.db, group.actor("secretariat"), dossier, finding.check, element, reason)
    return dossier


def _again(group: Group, dossier: Dossier) -> Dossier:
    return dossier_of(group.db, group.actor("secretariat"), dossier.proposal.number, group.profile)


def _objected(group: Group) -> str:
    dossier = _ready(group, written(FENCE, 1))
    objection = {
        "type": "substantive",
        "element": "languages.ru.definition",
        "language": "ru",
        "alternative": "узкий сектор непрерывного обзора радиолокатора",
    }
    dossier = group.move(
        dossier, Event.OBJECT, "russia-representative", "Определение не говорит об обзоре.", objection=objection
    )
    return dossier.proposal.number


def _amendment(group: Group, amended: str) -> str:
    entry = entry_of(group.db, amended)
    text = content_from(entry.content or "").model_dump(mode="json", exclude_none=True)
    said = text["languages"]["en"]["definition"]
    said["text"] = said["text"].replace(" that ", " which ", 1) + ", whatever its range"
    said = text["languages"]["fr"]["definition"]
    said["text"] += ", quelle que soit sa portée"
    said = text["languages"]["ru"]["definition"]
    said["text"] += " независимо от её дальности"
    dossier = group.accepted(group.amend(entry, EntryContent.model_validate(text), justification=WHY))
    statement = {
        "kind": "interpretative_statement",
        "element": "languages.ru.definition",
        "language": "ru",
        "text": "Под дальностью понимается наибольшая дальность полёта.",
        "translations": {"fr": "Par portée, on entend la portée maximale."},
    }
    dossier = group.move(dossier, Event.RESERVE, "russia-representative", statement=statement)
    difference = NewDiscrepancy.model_validate(
        {"pair": "en-ru", "element": "definition", "gravity": "substantive", "text": "Le russe parle de distance."}
    )
    log_discrepancy(group.db, group.actor("linguist"), dossier, difference)
    dossier = _again(group, dossier)
    for name, language, said_ in (
        ("russia-delegate", "ru", "Почему здесь понадобилось упоминать дальность?"),
        ("nato-delegate", "en", "Because the present text has been read as covering short ranges only."),
    ):
        comment = NewComment.model_validate({"text": said_, "language": language})
        remark(group.db, group.actor(name), dossier, comment)
    return dossier.proposal.number
