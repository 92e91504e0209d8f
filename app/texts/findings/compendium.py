"""What the linter says of the three languages side by side, and of an entry amid the others."""

from app.texts.catalogues import N_
from app.texts.findings.text import FindingText

COMPENDIUM: dict[str, FindingText] = {
    "circular-chain": FindingText(
        N_("The definitions lead in a circle: {chain}."), N_("Define one of them without the next ({number}).")
    ),
    "length-ratio/long": FindingText(
        N_(
            "The definition is far longer than those of the other languages: "
            "{length} characters against {other_length}."
        ),
        N_("See whether something is said here that belongs in a note, or is missing in the others."),
    ),
    "length-ratio/short": FindingText(
        N_(
            "The definition is far shorter than that of another language: "
            "{length} characters against {other_length}."
        ),
        N_("See whether a characteristic is missing here."),
    ),
    "deprecated-term-used": FindingText(
        N_("“{text}” is a term that entry {number} advises against."), N_("Write “{instead}”, or other words.")
    ),
    "deprecated-term-used/without-preferred": FindingText(
        N_("“{text}” is a term that entry {number} advises against."),
        N_("Say it in other words; the entry has no preferred term in this language."),
    ),
    "undefined-term/capitals": FindingText(
        N_("“{text}” is written like a defined term, but no entry has it."),
        N_("Write it in small letters, or propose an entry for it."),
    ),
    "undefined-term/link": FindingText(
        N_("“{text}” stands in brackets as a term, but no entry has it."),
        N_("Propose an entry for it, or take the brackets away."),
    ),
    "undefined-term/number": FindingText(N_("There is no entry {text}."), N_("Check the number.")),
    "unsettled-term-used": FindingText(
        N_("“{text}” is a term of {number}, an entry that was withdrawn or superseded."),
        N_("Use a term of an entry that stands, or put it in other words."),
    ),
    "unsettled-term-used/proposed": FindingText(
        N_("The definition uses terms that are only proposed so far: {terms}."),
        N_("If one of them changes, read this definition again."),
    ),
    "superordinate-not-genus": FindingText(
        N_("The definition begins with “{text}” and not with the superordinate concept: {superordinate}."),
        N_("Name the superordinate concept as the genus, or reconsider the generic relation."),
    ),
    "concept-system/cycle": FindingText(
        N_("The relations lead in a circle: {chain}."),
        N_("Decide which concept is the broader one, or the whole, and turn or remove one relation."),
    ),
    "concept-system/orphan": FindingText(
        N_("No relation joins the entry to any other."),
        N_("Relate it to the concept above it, or to one that it is used with."),
    ),
    "concept-system/self": FindingText(
        N_("The entry is related to itself."), N_("Remove the relation to {number}.")
    ),
    "concept-system/twice": FindingText(
        N_("The entry is linked with {number} more than once."), N_("Keep the relation that says most.")
    ),
    "missing-language/definition": FindingText(
        N_("The definition is missing in this language."),
        N_("Write the definition; it says the same as in the other languages."),
    ),
    "missing-language/section": FindingText(
        N_("The entry has no section in this language."),
        N_("Add a term and a definition, or state that the language has no equivalent."),
    ),
    "missing-language/term": FindingText(
        N_("The section has no term and does not state that the language has no equivalent."),
        N_("Add the term, or the statement."),
    ),
    "uneven-notes/examples": FindingText(
        N_("Number of examples here: {count}; in another language: {most}."),
        N_("Give the missing examples in this language, or take out those that say too much."),
    ),
    "uneven-notes/notes": FindingText(
        N_("Number of notes here: {count}; in another language: {most}."),
        N_("Give the missing notes in this language, or take out those that say too much."),
    ),
    "numbers-differ/different": FindingText(
        N_("“{number}” stands here, where other languages have “{instead}”."),
        N_("Check which is right; the languages say the same numbers and dates."),
    ),
    "numbers-differ/missing": FindingText(
        N_("The other languages give “{number}”, this one does not."),
        N_("Add the number or the date, unless it stands here in words."),
    ),
    "numbers-differ/notation": FindingText(
        N_("“{number}” is another number in this language than in others."),
        N_("Write it as this language does: 3,000 and 5.5."),
    ),
    "numbers-differ/surplus": FindingText(
        N_("“{number}” stands in this language only."), N_("Add it in the other languages, or take it out here.")
    ),
    "numbers-differ/unit": FindingText(
        N_("“{number}” has another unit than in other languages: “{instead}”."), N_("Check the unit.")
    ),
    "references-differ/missing": FindingText(
        N_("The other languages refer to “{reference}”, this one does not."),
        N_("Add the reference; the languages refer to the same entries."),
    ),
    "references-differ/surplus": FindingText(
        N_("The reference “{reference}” stands in this language only."),
        N_("Check which entry is meant; the languages refer to the same entries."),
    ),
    "abbreviation-clash": FindingText(
        N_("The abbreviation “{term}” also stands for another concept: {others}."),
        N_("Add a usage note that tells the two apart."),
    ),
    "near-duplicate": FindingText(
        N_("Another entry has the same term as “{term}”: {others}."),
        N_("Merge the entries, or tell them apart by a usage note or a relation of contrast."),
    ),
    "near-duplicate/inflected": FindingText(
        N_("Another entry has a form of the same word as “{term}”: {others}."),
        N_("Merge the entries, or tell them apart by a usage note or a relation of contrast."),
    ),
    "near-duplicate/preferred": FindingText(
        N_("“{term}” is also the preferred term of another entry in this subject field: {others}."),
        N_("Merge the entries, or choose another preferred term."),
    ),
    "same-text-twice": FindingText(
        N_("The text is the same as in another language."), N_("Write it in this language.")
    ),
    "source-missing/context": FindingText(
        N_("The context names no source."), N_("Say where the sentence was read.")
    ),
    "source-missing/definition": FindingText(
        N_("The definition names no source."),
        N_("Say where it comes from, or that it was written for this compendium."),
    ),
    "source-missing/quotation": FindingText(
        N_(
            "The definition is taken over word for word and has {count} words, but the address "
            "of its source is missing; more than {most} words need one."
        ),
        N_("Add the address, or write the definition in your own words."),
    ),
    "refused-before": FindingText(
        N_("“{term}” was proposed before, in {proposal}, without success: {reason}"),
        N_("Read the reason, and answer it in the justification."),
    ),
    "refused-before/unexplained": FindingText(
        N_("“{term}” was proposed before, in {proposal}, without success."), N_("See what was said about it then.")
    ),
    "sibling-wording": FindingText(
        N_("A sibling concept ({number}) words the same characteristic differently: “{other}”."),
        N_("Choose one wording for both, unless the difference is meant."),
    ),
    "sibling-wording/synonym": FindingText(
        N_("“{text}” stands here, and its synonym “{other}” in the definition of a sibling concept ({number})."),
        N_("Use one term in both, unless the difference is meant."),
    ),
}
