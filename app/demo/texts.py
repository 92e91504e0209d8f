"""The entry that the demonstration brings from draft to agreement, with a slip in it."""

from typing import Any

SUBJECT = "engagement"
SLIP, CORRECTED = "cone de silence", "cône de silence"

RUSSIAN = (
    "пространство вокруг пусковой установки или средства обнаружения, в котором цель нельзя ни обстрелять,"
    " ни обнаружить из-за ограничений аппаратуры по углу и дальности"
)
RUSSIAN_ALTERNATIVE = (
    "пространство вокруг пусковой установки или средства обнаружения, в пределах которого цель не может быть ни"
    " обстреляна, ни обнаружена из-за ограничений аппаратуры по углу и дальности"
)
STATEMENT = (
    "For the forces of the Alliance, the dead zone of a weapon and that of its sensor"
    " are stated separately in plans."
)

_OWN = {"citation": "Written for this demonstration", "relation": "own"}


def dead_zone(*, russian: str = RUSSIAN, cone: str = SLIP) -> dict[str, Any]:
    """The content as JSON; `cone` is what the French note says, first with a slip that nobody sees."""
    return {
        "subject_fields": [SUBJECT],
        "equivalence": {pair: {"degree": "exact"} for pair in ("en-fr", "en-ru", "fr-ru")},
        "languages": {
            "en": {
                "definition": {
                    "text": "space around a launcher or sensor in which a target can be neither engaged nor"
                    " detected because of the limits of angle and range of the equipment",
                    "sources": [_OWN],
                },
                "notes": ["Directly above a radar it is also known as the cone of silence."],
                "terms": [{"text": "dead zone"}],
            },
            "fr": {
                "definition": {
                    "text": "espace autour d’un lanceur ou d’un capteur dans lequel une cible ne peut être ni"
                    " engagée ni détectée en raison des limites d’angle et de portée du matériel",
                    "sources": [_OWN],
                },
                "notes": [f"À la verticale d’un radar, on parle aussi de {cone}."],
                "terms": [{"text": "zone morte", "gender": "feminine"}],
            },
            "ru": {
                "definition": {"text": russian, "sources": [_OWN]},
                "notes": ["Непосредственно над радиолокационной станцией её называют также конусом молчания."],
                "terms": [{"text": "мёртвая зона", "gender": "feminine"}],
            },
        },
    }
