"""Where the texts come from."""

from collections.abc import Iterator

from app.entries.content import Definition, SourceRelation
from app.entries.lint.catalogue import check
from app.entries.lint.finding import Mark, Severity
from app.entries.lint.reading import Reading
from app.languages.words import words

LONGEST_QUOTATION = 50
"""Words that may be taken over without saying where the whole text is."""


@check(40, "source-missing", Severity.WARNING)
def source_is_missing(reading: Reading) -> Iterator[Mark]:
    """Each definition and each context names its source; a long quotation also gives the address of the whole."""
    for language, section in reading.content.languages.items():
        element = f"languages.{language}.definition.sources"
        if section.definition and not section.definition.sources:
            yield Mark(element, language, fault="definition")
        if section.definition and _is_long_quotation(section.definition):
            params = {"count": len(words(section.definition.text)), "most": LONGEST_QUOTATION}
            yield Mark(element, language, fault="quotation", params=params)
    for placed in reading.terms():
        for place, context in enumerate(placed.term.contexts):
            if context.source is None:
                yield Mark(f"{placed.element}.contexts[{place}].source", placed.language, fault="context")


def _is_long_quotation(definition: Definition) -> bool:
    identical = [source for source in definition.sources if source.relation is SourceRelation.IDENTICAL]
    has_address = any(source.uri for source in identical)
    return bool(identical) and not has_address and len(words(definition.text)) > LONGEST_QUOTATION
