"""What the parallel texts of several sides have in common. Pure."""

from collections.abc import Mapping, Sequence

from app.entries.content import Acceptability, EntryContent, Section, Term
from app.languages.codes import LANGUAGES


def common_ground(texts: Mapping[str, EntryContent]) -> EntryContent:
    """The content by which an entry with parallel texts is found: all terms, and the definitions that all share.

    A term is preferred only if all sides prefer it. `texts` has one content a side; the sides are taken in the
    order of their codes, which gives none of them precedence over the others.
    """
    sides = [texts[side] for side in sorted(texts)]
    sections = {code: [text.languages[code] for text in sides if code in text.languages] for code in LANGUAGES}
    merged = {code: _merged(found, len(sides)) for code, found in sections.items() if found}
    return EntryContent(
        subject_fields=tuple(dict.fromkeys(code for text in sides for code in text.subject_fields))[:10],
        relations=tuple(r for r in sides[0].relations if all(r in text.relations for text in sides)),
        languages={code: section for code, section in merged.items() if section is not None},
    )


def _merged(sections: Sequence[Section], sides: int) -> Section | None:
    first = sections[0]
    if len(sections) == sides and all(section == first for section in sections):
        return first
    same = len(sections) == sides and all(section.definition == first.definition for section in sections)
    named: dict[str, Term] = {}
    for section in sections:
        for term in section.terms:
            named.setdefault(term.text, term)
    terms = tuple(term if _is_shared(term, sections, sides) else _admitted(term) for term in named.values())
    if not terms:
        return None
    return Section(definition=first.definition if same else None, terms=terms[:50])


def _is_shared(term: Term, sections: Sequence[Section], sides: int) -> bool:
    return len(sections) == sides and all(term in section.terms for section in sections)


def _admitted(term: Term) -> Term:
    kept = term.acceptability is not Acceptability.PREFERRED
    return term if kept else term.model_copy(update={"acceptability": Acceptability.ADMITTED})
