"""What the editions, dialects and styles of TBX call things."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from app.entries.content import Acceptability, PartOfSpeech, Register, TermType
from app.exchange.records import Style

STATUSES = {
    Acceptability.PREFERRED: "preferredTerm-admn-sts",
    Acceptability.ADMITTED: "admittedTerm-admn-sts",
    Acceptability.DEPRECATED: "deprecatedTerm-admn-sts",
    Acceptability.SUPERSEDED: "supersededTerm-admn-sts",
}
TERM_TYPES = {
    TermType.FULL_FORM: "fullForm",
    TermType.SHORT_FORM: "shortForm",
    TermType.ABBREVIATION: "abbreviation",
    TermType.ACRONYM: "acronym",
    TermType.VARIANT: "variant",
    TermType.PHRASE: "phrase",
}
REGISTERS = {
    Register.NEUTRAL: "neutralRegister",
    Register.TECHNICAL: "technicalRegister",
    Register.IN_HOUSE: "in-houseRegister",
    Register.COLLOQUIAL: "colloquialRegister",
    Register.SLANG: "slangRegister",
}
_CATEGORIES = {
    "subjectField": ("descrip", "min"),
    "definition": ("descrip", "basic"),
    "context": ("descrip", "basic"),
    "source": ("admin", "basic"),
    "projectSubset": ("admin", "basic"),
    "crossReference": ("ref", "basic"),
    "externalCrossReference": ("xref", "basic"),
    "partOfSpeech": ("termNote", "min"),
    "administrativeStatus": ("termNote", "min"),
    "usageStatus": ("termNote", "min"),
    "grammaticalGender": ("termNote", "basic"),
    "geographicalUsage": ("termNote", "basic"),
    "termType": ("termNote", "basic"),
    "transactionType": ("transac", "basic"),
    "grammaticalNumber": ("termNote", "linguist"),
    "register": ("termNote", "linguist"),
    "reading": ("admin", "linguist"),
    "readingNote": ("adminNote", "linguist"),
    "transferComment": ("admin", "linguist"),
}
"""The element of a data category, and the module that defines it."""

Tags = Mapping[str, tuple[str, str]]
"""The start of a data category, to which attributes may be added, and its end."""

DCA: Tags = {
    category: (f'<{element} type="{category}"', f"</{element}>") for category, (element, _) in _CATEGORIES.items()
}
DCT: Tags = {
    category: (f"<{module}:{category}", f"</{module}:{category}>") for category, (_, module) in _CATEGORIES.items()
}
_MODULES = {name: f' xmlns:{name}="http://www.tbxinfo.net/ns/{name}"' for name in ("min", "basic", "linguist")}


@dataclass(frozen=True)
class Edition:
    """What the editions and dialects of TBX call things."""

    head: str
    entry: str
    section: str
    term: str
    tail: str
    parts_of_speech: dict[PartOfSpeech, str]
    preferred_first: bool
    """Whether the preferred term leads its section, for readers that keep only one term of a language."""
    dates_with_time: bool
    usage_status: bool = False
    """Whether a term has a usageStatus, which knows no superseded terms."""
    all_of_basic: bool = False
    """Whether what the portable profile says in notes alone is also said in data categories of TBX-Basic."""
    linguist: bool = False
    """Whether the dialect has number, register and readings."""
    tags: Tags = field(default_factory=lambda: DCA)
    _made: dict[str, str] = field(default_factory=dict, init=False, compare=False, repr=False)

    def once(self, codes: str, make: Callable[[], str]) -> str:
        """How codes stand in a file, which has few combinations of them and each a thousand times."""
        made = self._made.get(codes)
        if made is None:
            made = self._made[codes] = make()
        return made

    def coded(self, category: str, code: str) -> str:
        """A data category with one of its codes."""
        return self.once(category + "=" + code, lambda: f"{self.tags[category][0]}>{code}{self.tags[category][1]}")

    def in_style(self, style: Style) -> "Edition":
        """The edition with its data categories as elements of their own, if that is the style."""
        if style is Style.DCA:
            return self
        modules = _MODULES["min"] + _MODULES["basic"] + (_MODULES["linguist"] if self.linguist else "")
        return replace(self, head=self.head.replace(' style="dca"', f'{modules} style="dct"'), tags=DCT)
