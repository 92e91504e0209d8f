"""The letter ё, which Russian may write as е."""

from functools import lru_cache

from app.languages.morphology import parses

# Dictionaries also give these with е, whatever the one at hand says.
_EITHER = ("маневр", "планер", "решетчат", "берест", "желоб", "желч", "белес", "блекл", "издевк")

# «полет» is also a form of «полоть», to weed, and «объем» of «объесть», to eat around.
_UNLIKELY = frozenset({"полоть", "объесть"})


@lru_cache(maxsize=65_536)
def with_yo(word: str) -> str | None:
    """The word with ё, where the spelling with е can mean no other word; None where nothing is to be changed.

    «полет» is «полёт»; «все» and «небо» stay as they are.
    """
    lowered = word.lower()
    if "е" not in lowered or "ё" in lowered or any(stem in lowered for stem in _EITHER):
        return None
    known = [parse for parse in parses(lowered) if parse.is_known and "Geox" not in parse.tag]
    spellings = {parse.word for parse in known if parse.normal_form not in _UNLIKELY}
    if len(spellings) != 1 or "ё" not in (spelling := spellings.pop()):
        return None
    return "".join("ё" if new == "ё" else old for old, new in zip(word, spelling, strict=True))
