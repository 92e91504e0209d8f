"""The names that TBX files use for data categories, brought to those of TBX-Basic."""

import re
from functools import lru_cache

_UNCOUNTED = re.compile(r"[\W_]+")

# Met in exports of TermWeb, MultiTerm, SDL, IATE and Okapi, in TBX-Min and in TBX-Default. Case and spacing do not
# count.
_NAMES = {
    "subjectField": "subject domain",
    "definition": "",
    "definitionSource": "sourceofdefinition definitionsource",
    "note": "usagenote comment remark explanation",
    "source": "termsource",
    "context": "samplesentence example",
    "geographicalUsage": "region country",
    "administrativeStatus": (
        "termstatus status usagestatus termusagestatus normativeauthorization languageplanningqualifier"
    ),
    "partOfSpeech": "pos wordclass",
    "grammaticalGender": "gender genre",
    "grammaticalNumber": "number",
    "termType": "typeofterm",
    "register": "languageregister",
    "abbreviatedFormFor": "abbreviationof",
    "crossReference": "see seealso relatedconcept",
    "externalCrossReference": "",
    "relatedConceptBroader": "broaderconceptgeneric superordinateconceptgeneric",
    "superordinateConceptPartitive": "broaderconceptpartitive",
}
_BY_WORD = {
    word: name for name, others in _NAMES.items() for word in (_UNCOUNTED.sub("", name).casefold(), *others.split())
}

RELATIONS = {
    "crossReference": "",
    "relatedConceptBroader": "generic",
    "superordinateConceptPartitive": "partitive",
}
"""The categories that name another entry, and the kind of relation that each states by itself."""

HISTORY = frozenset({"transacGrp", "transac", "transacNote", "date"})
"""Elements that tell the history of a text in another collection, which is not ours."""


@lru_cache(1_000)
def category_of(name: str) -> str:
    """The data category that a name stands for; the name itself if it is none that we know."""
    return _BY_WORD.get(_UNCOUNTED.sub("", name).casefold(), name)
