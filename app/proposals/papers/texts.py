"""The texts of an entry side by side, in a column a language; what changed is marked by word."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from app.entries.content import EntryContent, Gender, Relation, Section, Term, TermType
from app.entries.neighbours import Called
from app.entries.numbers import entry_id
from app.languages.codes import LANGUAGES, PAIRS, LanguageCode
from app.proposals.papers.paper import Cell, Content, Line, Run, Table, changed, line, table
from app.proposals.papers.word_diff import Mark
from app.proposals.papers.words import Words
from app.texts.catalogues import N_
from app.texts.elements import pair_name

NO_TERM = "—"

_TEXTS = N_("Texts in the three languages")
_PART = N_("Part of the entry")
_PREFERRED = N_("Preferred term")
_OTHERS = N_("Other terms")
_DEFINITION = N_("Definition")
_SOURCES = N_("Sources of the definition")
_NOTES = N_("Notes to the entry")
_EXAMPLES = N_("Examples of use")
_GAP = N_("Statement that there is no equivalent")
_EQUIVALENCE = N_("Equivalence between the languages")
_PAIR = N_("Pair of languages")
_DEGREE = N_("Degree of equivalence")
_REMARK = N_("Remark")
_RELATIONS = N_("Relations to other concepts")
_RELATION = N_("Kind of relation")
_ENTRY = N_("Entry")

# In the language of the term, whoever reads the paper.
_GENDERS: dict[LanguageCode, dict[Gender, str]] = {
    "en": {},
    "fr": {Gender.MASCULINE: "m.", Gender.FEMININE: "f.", Gender.NEUTER: "n."},
    "ru": {Gender.MASCULINE: "м. р.", Gender.FEMININE: "ж. р.", Gender.NEUTER: "ср. р."},
}

Part = Callable[[Section, LanguageCode], list[str]]


def heads(content: EntryContent) -> list[Cell]:
    """The preferred term of each language, for lists of entries."""
    return [(line(_head(content, code)),) for code in LANGUAGES]


def side_by_side(words: Words, before: EntryContent | None, after: EntryContent) -> Table:
    """The three texts; with a text before, what changed since is marked."""
    parts: list[tuple[str, Part]] = [
        (_PREFERRED, lambda section, code: [_named(section.preferred, code)] if section.preferred else []),
        (_OTHERS, lambda section, code: [_other(term, code, words) for term in _others(section)]),
        (_GAP, lambda section, _: [section.no_equivalent] if section.no_equivalent else []),
        (_DEFINITION, lambda section, _: [section.definition.text] if section.definition else []),
        (
            _SOURCES,
            lambda section, _: [s.citation for s in section.definition.sources] if section.definition else [],
        ),
        (_NOTES, lambda section, _: list(section.notes)),
        (_EXAMPLES, lambda section, _: list(section.examples)),
    ]
    rows: list[tuple[Content, ...]] = [(words.say(label), *_cells(part, before, after)) for label, part in parts]
    head = [*words.columns(_PART), *words.languages()]
    return table(words.say(_TEXTS), head, [row for row in rows if any(row[1:])])


def equivalence(words: Words, before: EntryContent | None, after: EntryContent) -> Iterator[Table]:
    """How far the texts coincide, if anything is stated of it."""
    rows: list[tuple[Content, ...]] = []
    for pair in PAIRS:
        old, new = (before or after).equivalence.get(pair), after.equivalence.get(pair)
        if old or new:
            degrees = changed(words.code(old.degree) if old else "", words.code(new.degree) if new else "")
            remarks = changed(old.remark if old else "", new.remark if new else "")
            rows.append((pair_name(pair), degrees, remarks))
    if rows:
        yield table(words.say(_EQUIVALENCE), words.columns(_PAIR, _DEGREE, _REMARK), rows)


def related(before: EntryContent | None, after: EntryContent) -> set[int]:
    """The entries that either text is related to."""
    return {entry_id(one.target) for content in (before, after) if content is not None for one in content.relations}


def relations(
    words: Words, before: EntryContent | None, after: EntryContent, names: Mapping[int, Called]
) -> Iterator[Table]:
    """What the concept is related to, by number and by what those entries are called today."""
    old, new = (before or after).relations, after.relations
    rows = [_related(one, Mark.SAME if one in old else Mark.INSERTED, words, names) for one in new]
    rows += [_related(one, Mark.DELETED, words, names) for one in old if one not in new]
    if rows:
        yield table(words.say(_RELATIONS), [*words.columns(_RELATION, _ENTRY), *words.languages()], rows)


def _head(content: EntryContent, code: LanguageCode) -> str:
    section = content.languages.get(code)
    if section is None or not section.terms:
        return NO_TERM
    return (section.preferred or section.terms[0]).text


def _others(section: Section) -> list[Term]:
    return [term for term in section.terms if term is not section.preferred]


def _named(term: Term, code: LanguageCode) -> str:
    """A term with its gender."""
    gender = _GENDERS[code].get(term.gender) if term.gender is not None else None
    return f"{term.text}, {gender}" if gender else term.text


def _other(term: Term, code: LanguageCode, words: Words) -> str:
    """A term with how far it may be used, in the language of its column."""
    text = f"{_named(term, code)} ({replace(words, language=code).code(term.acceptability)})"
    return (
        f"{text} = {term.abbreviation_of}" if term.type is not TermType.FULL_FORM and term.abbreviation_of else text
    )


def _cells(part: Part, before: EntryContent | None, after: EntryContent) -> list[Cell]:
    return [_cell(_of(part, before, code), _of(part, after, code), is_new=before is None) for code in LANGUAGES]


def _of(part: Part, content: EntryContent | None, code: LanguageCode) -> list[str]:
    section = content.languages.get(code) if content is not None else None
    return part(section, code) if section is not None else []


def _cell(old: Sequence[str], new: Sequence[str], *, is_new: bool) -> Cell:
    """The lines of a cell. Lines are compared in their places, once those that stayed are set aside."""
    if is_new:
        return tuple(line(text) for text in new)
    gone, come = [text for text in old if text not in new], [text for text in new if text not in old]
    lines: list[Line] = []
    for text in new:
        if text in old:
            lines.append(line(text))
        else:
            lines.append(changed(gone.pop(0) if gone else "", text))
    return (*lines, *((Run(text, Mark.DELETED),) for text in gone)) if come or gone else tuple(lines)


def _related(relation: Relation, mark: Mark, words: Words, names: Mapping[int, Called]) -> tuple[Line, ...]:
    known = names.get(entry_id(relation.target))
    terms = [known.terms.get(code, NO_TERM) if known is not None else NO_TERM for code in LANGUAGES]
    return tuple((Run(text, mark),) for text in (words.code(relation.type), relation.target, *terms))
