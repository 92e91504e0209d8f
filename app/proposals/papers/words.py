"""What papers call things, and the sentences that they share, in the three languages."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from babel import Locale
from babel.lists import format_list
from babel.numbers import format_decimal

from app.entries.content import Acceptability, Degree, RelationType
from app.entries.parties import Names
from app.entries.statement_tables import StatementKind
from app.languages.codes import LANGUAGES, LanguageCode
from app.profile import ApprovalLevel
from app.proposals.assurance.tables import Gravity
from app.proposals.papers.paper import Cell, Column, line
from app.proposals.positions.tables import ObjectionType
from app.proposals.silence.tables import Period
from app.proposals.workflow import ProposalKind
from app.texts import dates
from app.texts.catalogues import N_, catalogue, translated
from app.texts.elements import element_name
from app.texts.filling import put

SECRETARIAT = N_("The Secretariat")
NONE = N_("none")

_CODES: tuple[tuple[StrEnum, str], ...] = (
    (ProposalKind.NEW, N_("new entry")),
    (ProposalKind.AMEND, N_("amendment")),
    (ProposalKind.ADD_LANGUAGE, N_("addition of a language")),
    (ProposalKind.CORRIGENDUM, N_("corrigendum")),
    (ProposalKind.SUPERSEDE, N_("supersession")),
    (ProposalKind.WITHDRAW, N_("withdrawal")),
    (Period.NORMAL, N_("normal period")),
    (Period.LARGE_BATCH, N_("period for a large batch")),
    (Period.RECIRCULATION, N_("period for re-circulation")),
    (Period.CORRIGENDUM, N_("period for a corrigendum")),
    (Period.URGENT, N_("urgent period")),
    (ObjectionType.SUBSTANTIVE, N_("of substance")),
    (ObjectionType.LINGUISTIC, N_("of language")),
    (ObjectionType.CONCORDANCE, N_("of concordance")),
    (ObjectionType.PROCEDURAL, N_("of procedure")),
    (StatementKind.RESERVATION, N_("reservation")),
    (StatementKind.INTERPRETATIVE_STATEMENT, N_("interpretative statement")),
    (StatementKind.NATIONAL_USAGE_NOTE, N_("national usage note")),
    (ApprovalLevel.EXPERT, N_("level of experts")),
    (ApprovalLevel.WORKING_GROUP, N_("level of the working group")),
    (ApprovalLevel.COUNCIL, N_("level of the Council")),
    (Gravity.MINOR, N_("minor")),
    (Gravity.SUBSTANTIVE, N_("substantive")),
    (Acceptability.PREFERRED, N_("preferred")),
    (Acceptability.ADMITTED, N_("admitted")),
    (Acceptability.DEPRECATED, N_("deprecated")),
    (Acceptability.SUPERSEDED, N_("superseded term")),
    (Degree.EXACT, N_("exact")),
    (Degree.NEAR, N_("near")),
    (Degree.BROADER, N_("broader in the first language")),
    (Degree.NARROWER, N_("narrower in the first language")),
    (Degree.OVERLAPPING, N_("overlapping")),
    (Degree.NONE, N_("no equivalence")),
    (RelationType.GENERIC, N_("superordinate concept")),
    (RelationType.PARTITIVE, N_("comprehensive concept")),
    (RelationType.ASSOCIATIVE, N_("associated concept")),
    (RelationType.SEE_ALSO, N_("see also")),
    (RelationType.CONTRAST, N_("not to be confused with")),
)
# Codes of different kinds may be the same text.
_NAMES = {(type(code), code): name for code, name in _CODES}


@dataclass(frozen=True)
class Words:
    """How a paper speaks: one language, and the names of the parties."""

    language: LanguageCode
    names: Names

    def say(self, sentence: str, **texts: str) -> str:
        """A marked sentence with its placeholders filled."""
        return put(translated(sentence, self.language), **texts)

    def ngettext(self, one: str, many: str, count: int) -> str:
        """The form of a sentence that fits a number, with the number in it; so called for the catalogues."""
        text = str(catalogue(self.language).ungettext(one, many, count))
        return put(text, count=str(format_decimal(count, locale=self.language)))

    def code(self, value: StrEnum) -> str:
        """What a code is called."""
        return translated(_NAMES[type(value), value], self.language)

    def party(self, code: str | None) -> str:
        """The name of a party; the secretariat acts for none."""
        return self.names.name(code, self.language) if code is not None else self.say(SECRETARIAT)

    def parties(self, codes: Iterable[str]) -> str:
        """The names of parties, in the order of their codes."""
        named = [self.party(code) for code in sorted(codes)]
        return str(format_list(named, locale=self.language)) if named else self.say(NONE)

    def element(self, element: str) -> str:
        return element_name(element, self.language)

    def day(self, on: date) -> str:
        """A day; of an instant, that which it was in Brussels."""
        local = on.astimezone(ZoneInfo(dates.BRUSSELS)).date() if isinstance(on, datetime) else on
        return dates.day(local, self.language)

    def instant(self, moment: datetime) -> Cell:
        """An instant in Brussels and Moscow time, and exactly."""
        return (
            line(self.say(BRUSSELS, time=dates.local_time(moment, dates.BRUSSELS, self.language))),
            line(self.say(MOSCOW, time=dates.local_time(moment, dates.MOSCOW, self.language))),
            line(self.say(EXACTLY, time=dates.instant(moment))),
        )

    def columns(self, *labels: str) -> list[Column]:
        """Columns under these labels."""
        return [Column(self.say(label)) for label in labels]

    def languages(self) -> list[Column]:
        """A column for the text of each language."""
        return [Column(self.language_name(code), code) for code in LANGUAGES]

    def language_name(self, code: LanguageCode) -> str:
        name = Locale.parse(self.language).languages[code]
        return str(name[0].upper() + name[1:])


BRUSSELS = N_("{time}, Brussels time")
MOSCOW = N_("{time}, Moscow time")
EXACTLY = N_("exactly {time} (UTC)")
