"""What the linter says of the form and the wording of texts."""

from app.texts.catalogues import N_
from app.texts.findings.text import FindingText

DEFINITIONS: dict[str, FindingText] = {
    "circular-definition": FindingText(
        N_("The definition uses all the words of the term “{term}”: “{text}”."),
        N_("Explain the concept with other words, or say why these are needed."),
    ),
    "definition-opens-with-term/copula": FindingText(
        N_("The definition begins like a sentence, with “{text}”."),
        N_("Begin with the broader concept itself, so that the definition can stand in place of the term."),
    ),
    "definition-opens-with-term/term": FindingText(
        N_("The definition begins with the term itself, “{term}”."), N_("Begin with the broader concept.")
    ),
    "definition-article": FindingText(
        N_("The definition begins with the article “{text}”."), N_("Begin with the noun.")
    ),
    "definition-capital": FindingText(
        N_("The definition begins with a capital letter: “{word}”."),
        N_("Write a small letter, unless the word is a name."),
    ),
    "definition-full-stop": FindingText(
        N_("The definition ends with a full stop."), N_("Leave the full stop out.")
    ),
    "several-sentences": FindingText(
        N_("The definition has more than one sentence; a further one begins here: “{text}”."),
        N_("Keep one phrase, and put the rest into a note."),
    ),
    "definition-length/long": FindingText(
        N_(
            "The definition is too long: its length in words is {count}, and should not exceed {limit} ({lengths})."
        ),
        N_("Keep what distinguishes the concept, and put the rest into a note."),
    ),
    "definition-length/short": FindingText(
        N_(
            "The definition is too short to distinguish the concept: its length in words "
            "is {count}, and should be {limit} at least ({lengths})."
        ),
        N_("Give the broader concept and what distinguishes this one."),
    ),
    "negative-definition": FindingText(
        N_("The definition says what the concept is not: “{text}”."),
        N_("Say what it is, or say why the lack is what distinguishes it."),
    ),
    "no-genus/clause": FindingText(
        N_("The definition begins with “{text}” and names no broader concept."),
        N_("Begin with the broader concept, then say what distinguishes this one."),
    ),
    "no-genus/verb": FindingText(
        N_("The term is a noun, but its definition begins with a verb: “{text}”."),
        N_("Begin with a noun that names the broader concept."),
    ),
    "genus-form/adjective": FindingText(
        N_("The term is an adjective, but its definition begins with a noun: “{text}”."),
        N_("Use words that can stand in place of the adjective."),
    ),
    "genus-form/plural": FindingText(
        N_("The term “{term}” is singular, but its definition begins with a plural: “{text}”."),
        N_("Use the singular, write “set of …”, or mark the term as a mass noun."),
    ),
    "genus-form/singular": FindingText(
        N_("The term “{term}” is plural, but its definition begins with a singular: “{text}”."),
        N_("If the plural names several things, use the plural or “set of …”."),
    ),
    "genus-form/verb": FindingText(
        N_("The term is a verb, but its definition begins with a noun: “{text}”."), N_("Define a verb by a verb.")
    ),
    "prescriptive-wording": FindingText(
        N_("“{text}” states a requirement; a definition describes."),
        N_("Say what the thing is or does; put requirements into a note."),
    ),
    "vague-wording": FindingText(
        N_("“{text}” leaves open what is meant."), N_("Name what is meant, or leave the word out.")
    ),
    "partial-wording": FindingText(
        N_("“{text}” takes a side or passes judgement."), N_("Use a neutral word that both sides can accept.")
    ),
    "hidden-definition/announced": FindingText(
        N_("“{text}” announces a second name or a second definition."),
        N_("Define the other concept in an entry of its own; give other names as terms."),
    ),
    "hidden-definition/parenthesis": FindingText(
        N_("The parenthesis “{text}” explains something within the definition."),
        N_("Leave it out, or put it into a note or into an entry of its own."),
    ),
    "gendered-wording": FindingText(
        N_("“{text}” names one sex; “{instead}” names everybody."),
        N_("Use the neutral word if everybody is meant."),
    ),
    "restricted-content": FindingText(
        N_("“{text}” is a marking of classified or withheld information."),
        N_("Take the marked content out; if it is public, take the marking out."),
    ),
    "restricted-content/possible": FindingText(
        N_("“{text}” may be a marking of classified or withheld information."),
        N_("Make sure that the text is public, and use other letters or another word if it is."),
    ),
}
