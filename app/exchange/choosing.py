"""What may be chosen about a file, held against what its format offers."""

from app.errors import InvalidInput
from app.exchange.records import Format, Options, Pair, Style
from app.languages.codes import LanguageCode


def options_for(
    format_: Format,
    *,
    source: LanguageCode | None = None,
    target: LanguageCode | None = None,
    style: Style | None = None,
) -> Options:
    """The options of a file. Raises InvalidInput."""
    given = source is not None or target is not None
    if format_.pair is Pair.NEVER and given:
        raise InvalidInput(field="source" if source else "target", reason="pair_not_offered")
    if (source is None) != (target is None) or (format_.pair is Pair.NEEDED and not given):
        raise InvalidInput(field="target" if source else "source", reason="pair_needed")
    if given and source == target:
        raise InvalidInput(field="target", reason="pair_of_one")
    if style is not None and style not in format_.styles:
        raise InvalidInput(field="style", reason="style_not_offered")
    return Options(source, target, style or Style.DCA)
