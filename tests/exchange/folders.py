"""Small glossary folders."""

from pathlib import Path

SHIPPED = Path(__file__).parents[2] / "glossary"

SUBJECT_FIELDS = """\
- code: threat
  label: {en: Threat, fr: Menace, ru: Угроза}
  scope: {en: What is defended against., fr: Ce contre quoi on se défend., ru: Предмет обороны.}
"""

DEFINITION = "object that the defence reckons with"
"""Of every entry in English: true of whatever a test defines, and free of its terms."""

MISSILE = ("missile", "missile", "ракета")
LAUNCHER = ("launcher", "lanceur", "пусковая установка")
RADAR = ("radar", "radar", "радиолокационная станция")
"""Terms of further entries, masculine in French and feminine in Russian like those of the first."""

ENTRY = """\
number: TMD-{number:04}
status: {status}
evidence:
  en-fr: {{confidence: A, source: Parliament of Canada}}
  en-ru: {{confidence: B, source: Sputnik}}
{justification}subject_fields: [threat]
en:
  definition: {definition}
  terms: [{{text: {en}}}]
fr:
  definition: objet avec lequel compte la défense
  terms: [{{text: {fr}, gender: masculine}}]
ru:
  definition: предмет, с которым считается оборона
  terms: [{{text: {ru}, gender: feminine}}]
"""


def entry_file(
    number: int, en: str = "decoy", fr: str = "leurre", ru: str = "ложная цель", *, status: str = "agreed"
) -> str:
    """The text of an entry file."""
    justification = "justification: The pair has not been seen yet.\n" if status == "proposed" else ""
    terms = {"en": en, "fr": fr, "ru": ru}
    return ENTRY.format(number=number, status=status, justification=justification, definition=DEFINITION, **terms)


def make_folder(folder: Path, *files: str) -> Path:
    """A glossary of these entry files; one that was there before is written anew."""
    (folder / "entries").mkdir(exist_ok=True)
    (folder / "subject-fields.yaml").write_text(SUBJECT_FIELDS, encoding="utf-8")
    for file in files:
        number = file.split("TMD-")[1][:4] if "TMD-" in file else "0034"
        (folder / "entries" / f"{number}-entry.yaml").write_text(file, encoding="utf-8")
    return folder
