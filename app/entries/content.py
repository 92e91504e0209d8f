"""EntryContent: what an entry says. The one value that everything in the compendium passes around.

It is immutable, validated and free of database and HTTP. Words follow ISO 10241-1 and ISO 30042;
the relation kinds follow ISO 704.
"""

from enum import StrEnum
from typing import Annotated, Self, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from app.entries.text import Passage, ShortText, TermText
from app.languages.codes import LanguageCode, LanguagePair


class TermType(StrEnum):
    FULL_FORM = "full_form"
    SHORT_FORM = "short_form"
    ABBREVIATION = "abbreviation"
    ACRONYM = "acronym"
    INITIALISM = "initialism"
    SYMBOL = "symbol"
    VARIANT = "variant"
    PHRASE = "phrase"

    @property
    def is_abbreviated(self) -> bool:
        """Whether a term of this type may be preferred beside the preferred full form."""
        return self in (TermType.ABBREVIATION, TermType.ACRONYM, TermType.INITIALISM, TermType.SYMBOL)


class Acceptability(StrEnum):
    PREFERRED = "preferred"
    ADMITTED = "admitted"
    DEPRECATED = "deprecated"
    SUPERSEDED = "superseded"


class PartOfSpeech(StrEnum):
    NOUN = "noun"
    PROPER_NOUN = "proper_noun"
    VERB = "verb"
    ADJECTIVE = "adjective"
    ADVERB = "adverb"
    OTHER = "other"


class Gender(StrEnum):
    MASCULINE = "masculine"
    FEMININE = "feminine"
    NEUTER = "neuter"


class GrammaticalNumber(StrEnum):
    SINGULAR = "singular"
    PLURAL = "plural"
    DUAL = "dual"
    MASS = "mass"


class Register(StrEnum):
    NEUTRAL = "neutral"
    TECHNICAL = "technical"
    IN_HOUSE = "in_house"
    COLLOQUIAL = "colloquial"
    SLANG = "slang"


class RelationType(StrEnum):
    """What the target is to this entry (ISO 704, 5.6)."""

    GENERIC = "generic"  # the target is the superordinate concept, of which this one is a kind
    PARTITIVE = "partitive"  # the target is the whole, of which this one is a part
    ASSOCIATIVE = "associative"  # the two are linked by cause, use, sequence or place
    SEE_ALSO = "see_also"  # worth reading beside this one
    CONTRAST = "contrast"  # easily confused with this one, and different


class Degree(StrEnum):
    """How far the concepts of two languages coincide (ISO 860). Read from the first language of the pair:

    `broader` means that its concept is the broader of the two.
    """

    EXACT = "exact"
    NEAR = "near"
    BROADER = "broader"
    NARROWER = "narrower"
    OVERLAPPING = "overlapping"
    NONE = "none"


class SourceRelation(StrEnum):
    IDENTICAL = "identical"
    ADAPTED = "adapted"
    OWN = "own"


class ReferenceMatch(StrEnum):
    EXACT = "exact"
    CLOSE = "close"
    BROADER = "broader"
    NARROWER = "narrower"
    RELATED = "related"


class TransliterationScheme(StrEnum):
    GOST_7_79_A = "gost-7.79-a"
    GOST_7_79_B = "gost-7.79-b"
    ISO_9 = "iso-9"
    BGN_PCGN = "bgn-pcgn"
    ICAO_9303 = "icao-9303"


EntryNumber = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,8}-[0-9]{4,9}$")]
"""The permanent number of an entry, such as `TMD-0017`."""

Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,62}$")]
"""A subject field or an activity tag: lower-case ASCII letters, digits and hyphens."""

Notation = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z][0-9A-Za-z.-]{0,31}$")]
"""The place in the concept system, such as `2.4.1`."""

Region = Annotated[str, StringConstraints(pattern=r"^([A-Z]{2}|[0-9]{3})$")]
"""ISO 3166-1 alpha-2, or a UN M49 area."""

Uri = Annotated[str, StringConstraints(pattern=r"^https?://[!-~]{1,500}$")]
"""An absolute http or https address in ASCII."""


Coded = TypeVar("Coded")


def _by_code(parts: dict[str, Coded]) -> dict[str, Coded]:
    """The parts in the order of their codes, whatever order they were written in."""
    return dict(sorted(parts.items()))


class Value(BaseModel):
    """An immutable part of a content. Unknown fields are errors, so that nothing is silently dropped."""

    model_config = ConfigDict(frozen=True, extra="forbid", serialize_by_alias=True, use_attribute_docstrings=True)


class Source(Value):
    citation: ShortText
    uri: Uri | None = None
    relation: SourceRelation = SourceRelation.OWN
    """Whether the text is taken over, adapted, or written for this compendium."""


class Definition(Value):
    text: Passage
    sources: Annotated[tuple[Source, ...], Field(max_length=20)] = ()


class Context(Value):
    text: Passage
    source: ShortText | None = None


class Transliteration(Value):
    scheme: TransliterationScheme
    text: TermText


class Term(Value):
    """A designation of the concept in one language."""

    text: TermText
    type: TermType = TermType.FULL_FORM
    acceptability: Acceptability = Acceptability.PREFERRED
    part_of_speech: PartOfSpeech = PartOfSpeech.NOUN
    gender: Gender | None = None
    number: GrammaticalNumber | None = None
    region: Region | None = None
    register_: Annotated[Register | None, Field(alias="register")] = None
    usage_note: ShortText | None = None
    abbreviation_of: TermText | None = None
    """The text of the full form, which is a term of the same section."""
    contexts: Annotated[tuple[Context, ...], Field(max_length=20)] = ()
    sources: Annotated[tuple[ShortText, ...], Field(max_length=20)] = ()
    """Where the term was seen, and as what."""
    transliterations: Annotated[tuple[Transliteration, ...], Field(max_length=10)] = ()


class Section(Value):
    """The part of an entry in one language."""

    definition: Definition | None = None
    notes: Annotated[tuple[Passage, ...], Field(max_length=50)] = ()
    examples: Annotated[tuple[Passage, ...], Field(max_length=50)] = ()
    no_equivalent: Passage | None = None
    """The explanatory statement given where the language has no equivalent."""
    terms: Annotated[tuple[Term, ...], Field(max_length=50)] = ()

    @property
    def preferred(self) -> Term | None:
        """The preferred term that is not an abbreviation."""
        for term in self.terms:
            if term.acceptability is Acceptability.PREFERRED and not term.type.is_abbreviated:
                return term
        return None

    @model_validator(mode="after")
    def _is_coherent(self) -> Self:
        if not (self.terms or self.no_equivalent or self.definition):
            raise PydanticCustomError(
                "empty_section",
                "A language needs a term, a definition or a statement that it has no equivalent",
            )
        preferred = [
            t for t in self.terms if t.acceptability is Acceptability.PREFERRED and not t.type.is_abbreviated
        ]
        if len(preferred) > 1:
            raise PydanticCustomError(
                "several_preferred_terms",
                "Only one term may be preferred, and there are {count}: {terms}",
                {"count": len(preferred), "terms": ", ".join(t.text for t in preferred)},
            )
        if preferred and self.no_equivalent:
            raise PydanticCustomError(
                "preferred_without_equivalent",
                "A language said to have no equivalent cannot have the preferred term {term}",
                {"term": preferred[0].text},
            )
        texts = [t.text for t in self.terms]
        for index, term in enumerate(self.terms):
            if term.text in texts[:index]:
                raise PydanticCustomError("repeated_term", "The term {term} stands twice", {"term": term.text})
            if term.abbreviation_of is not None and (
                term.abbreviation_of not in texts or term.abbreviation_of == term.text
            ):
                raise PydanticCustomError(
                    "unknown_full_form",
                    "{term} is said to abbreviate {full_form}, which is not another term of this language",
                    {"term": term.text, "full_form": term.abbreviation_of},
                )
        return self


class Relation(Value):
    type: RelationType
    target: EntryNumber


class Reference(Value):
    """The same or a near concept in another collection."""

    uri: Uri
    match: ReferenceMatch = ReferenceMatch.EXACT
    label: ShortText | None = None


class Equivalence(Value):
    degree: Degree
    remark: ShortText | None = None


class EntryContent(Value):
    """One concept: where it belongs, what it is related to, and what it is called and means in each language."""

    subject_fields: Annotated[tuple[Code, ...], Field(min_length=1, max_length=10)]
    """The first is the main one."""
    notation: Notation | None = None
    relations: Annotated[tuple[Relation, ...], Field(max_length=100)] = ()
    references: Annotated[tuple[Reference, ...], Field(max_length=50)] = ()
    activities: Annotated[tuple[Code, ...], Field(max_length=20)] = ()
    equivalence: Annotated[dict[LanguagePair, Equivalence], AfterValidator(_by_code)] = {}
    languages: Annotated[dict[LanguageCode, Section], Field(min_length=1), AfterValidator(_by_code)]

    @model_validator(mode="after")
    def _is_coherent(self) -> Self:
        for name in ("subject_fields", "relations", "activities"):
            values = getattr(self, name)
            if len(set(values)) != len(values):
                raise PydanticCustomError("repeated_value", "{field} names the same thing twice", {"field": name})
        if not any(section.terms for section in self.languages.values()):
            raise PydanticCustomError("no_term", "An entry needs at least one term in at least one language")
        for pair in self.equivalence:
            missing = [code for code in pair.split("-") if code not in self.languages]
            if missing:
                raise PydanticCustomError(
                    "equivalence_without_language",
                    "Equivalence is stated for {pair}, but the entry has no section in {missing}",
                    {"pair": pair, "missing": ", ".join(missing)},
                )
        return self

    def missing_for_agreement(self) -> list[str]:
        """The fields that still keep the three texts from being agreed, such as `languages.ru.definition`.

        Agreement needs, in every language, a definition and a preferred term, or else the statement
        that the language has no equivalent.
        """
        missing = []
        for code in ("en", "fr", "ru"):
            section = self.languages.get(code)
            if section is None:
                missing.append(f"languages.{code}")
                continue
            if section.definition is None:
                missing.append(f"languages.{code}.definition")
            if section.preferred is None and section.no_equivalent is None:
                missing.append(f"languages.{code}.terms")
        return missing
