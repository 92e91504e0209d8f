"""What the flat glossaries have no room for, as paths of the content."""

_OF_THE_ENTRY = (
    "activities.*",
    "equivalence.*.degree",
    "equivalence.*.remark",
    "notation",
    "references.*.label",
    "references.*.match",
    "references.*.uri",
    "relations.*.target",
    "relations.*.type",
)
_OF_A_TERM = tuple(
    f"languages.*.terms.*.{name}"
    for name in (
        "abbreviation_of",
        "acceptability",
        "contexts.*.source",
        "contexts.*.text",
        "gender",
        "number",
        "part_of_speech",
        "region",
        "register",
        "sources.*",
        "transliterations.*.scheme",
        "transliterations.*.text",
        "type",
        "usage_note",
    )
)
_OF_A_SECTION = ("languages.*.examples.*", "languages.*.no_equivalent", "languages.*.notes.*")
_SOURCES = tuple(f"languages.*.definition.sources.*.{name}" for name in ("citation", "relation", "uri"))
_SUBJECTS = ("subject_fields.*",)
_DEFINITION = ("languages.*.definition.text",)
_SOME_TERMS = ("languages.*.terms.*",)

_ALWAYS = (*_OF_THE_ENTRY, *_OF_A_TERM, *_OF_A_SECTION, *_SOURCES)

OMEGAT = (*_ALWAYS, *_SUBJECTS, *_DEFINITION, *_SOME_TERMS)
WEBLATE = OMEGAT
TMX = OMEGAT
GOOGLE = (*OMEGAT, "reservations")
DEEPL = GOOGLE
UTX = (*_ALWAYS, *_SUBJECTS, *_DEFINITION)
MEMOQ = (*_ALWAYS, *_SUBJECTS, *_SOME_TERMS)
MULTITERM = (*_ALWAYS, *_SOME_TERMS)
