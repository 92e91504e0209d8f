"""What the linter says of terms, abbreviations, scripts, typography and spelling."""

from app.texts.catalogues import N_
from app.texts.findings.text import FindingText

TERMS: dict[str, FindingText] = {
    "abbreviation-expansion/initials": FindingText(
        N_("The letters of “{text}” do not come from its full form, “{full_form}”."),
        N_("Check the full form that the abbreviation names, and the abbreviation itself."),
    ),
    "abbreviation-expansion/no-full-form": FindingText(
        N_("“{text}” does not say which full form it stands for."),
        N_("Name the full form, which is another term of this language."),
    ),
    "abbreviation-expansion/type": FindingText(
        N_("“{text}” looks like an abbreviation but is given as a full form."),
        N_("Correct the type of the term and name its full form."),
    ),
    "untranslated-abbreviation/instead": FindingText(
        N_("“{text}” is not an abbreviation of this language, which has “{instead}”."),
        N_("Write “{instead}”, in the form that the sentence needs."),
    ),
    "untranslated-abbreviation/unknown": FindingText(
        N_("“{text}” is an abbreviation in Latin letters."),
        N_("Use the abbreviation of this language, or write the term in full."),
    ),
    "preferred-term": FindingText(
        N_("None of the terms of this language is a preferred full form."),
        N_("Choose the preferred term, or state that the language has no equivalent."),
    ),
    "term-form/article": FindingText(N_("The term “{term}” begins with an article."), N_("Leave the article out.")),
    "term-form/capital": FindingText(
        N_("The term “{term}” is written with capitals although it is not a name."),
        N_("Write it in lower case, or make it a proper noun."),
    ),
    "term-form/full-stop": FindingText(
        N_("The term “{term}” ends with a full stop."), N_("Leave the full stop out.")
    ),
    "term-form/gloss": FindingText(
        N_("The term has something in brackets: “{text}”."),
        N_("Move it to a note, to the usage note, or to a term of its own."),
    ),
    "term-form/not-nominative": FindingText(
        N_("The term “{term}” is not in the nominative."), N_("Give the term in the nominative.")
    ),
    "term-form/plural": FindingText(
        N_("The term “{term}” is a plural, and its number is not given."),
        N_("Give the singular, or state that the term is used in the plural."),
    ),
    "gender/feminine": FindingText(
        N_("“{term}” has another gender than its head noun: “{head}” is feminine."), N_("Correct the gender.")
    ),
    "gender/masculine": FindingText(
        N_("“{term}” has another gender than its head noun: “{head}” is masculine."), N_("Correct the gender.")
    ),
    "gender/missing": FindingText(
        N_("The gender of “{term}” is not given."), N_("Give the gender of the head noun.")
    ),
    "gender/neuter": FindingText(
        N_("“{term}” has another gender than its head noun: “{head}” is neuter."), N_("Correct the gender.")
    ),
    "mixed-scripts": FindingText(
        N_("The word “{text}” mixes Latin and Cyrillic letters."), N_("Type the word again in one alphabet.")
    ),
    "mixed-scripts/look-alike": FindingText(
        N_("“{text}” is typed in letters of another alphabet that look the same."),
        N_("Type it again in the alphabet of the language."),
    ),
    "invisible-or-spacing/damaged": FindingText(
        N_("Characters of the text were damaged: “{text}”."), N_("Restore the text from its source.")
    ),
    "invisible-or-spacing/doubled": FindingText(
        N_("A punctuation mark stands twice: “{text}”."), N_("Keep one of them.")
    ),
    "invisible-or-spacing/edge": FindingText(
        N_("The text begins or ends with a stray punctuation mark: “{text}”."), N_("Remove the mark.")
    ),
    "invisible-or-spacing/no-space-after": FindingText(
        N_("The space after “{text}” is missing."), N_("Insert a space.")
    ),
    "invisible-or-spacing/odd-hyphen": FindingText(
        N_("The hyphen in the term is a special character, not the ordinary one."), N_("Type an ordinary hyphen.")
    ),
    "invisible-or-spacing/odd-letter": FindingText(
        N_("“{text}” is typed with a ligature or a full-width character."), N_("Type the ordinary letters.")
    ),
    "invisible-or-spacing/odd-space": FindingText(
        N_("The text has an unusual kind of space."), N_("Put an ordinary or a no-break space there.")
    ),
    "invisible-or-spacing/space-after-bracket": FindingText(
        N_("There is a space after an opening bracket: “{text}”."), N_("Remove the space.")
    ),
    "invisible-or-spacing/space-before": FindingText(
        N_("There is a space before a punctuation mark: “{text}”."), N_("Remove the space.")
    ),
    "invisible-or-spacing/stress": FindingText(
        N_("The word “{text}” has a mark above or below a letter that is not part of its spelling."),
        N_("Remove the mark."),
    ),
    "french-typography/apostrophe": FindingText(
        N_("The sign “{text}” stands for an apostrophe."), N_("Type an apostrophe.")
    ),
    "french-typography/guillemet": FindingText(
        N_("The no-break space inside the French quotation marks is missing."),
        N_("Put a no-break space after the opening and before the closing mark."),
    ),
    "french-typography/ligature": FindingText(N_("“{text}” is written with œ in French."), N_("Write œ.")),
    "french-typography/mixed-apostrophes": FindingText(
        N_("The entry has straight and curved apostrophes; here they are not like the others ({usual})."),
        N_("Use one kind of apostrophe throughout the entry."),
    ),
    "french-typography/number": FindingText(
        N_("A no-break space is missing in the number, or before the unit: “{text}”."),
        N_("Put a no-break space there."),
    ),
    "french-typography/quotes": FindingText(
        N_("These quotation marks are not French: {text}."),
        N_("Use French quotation marks, with no-break spaces inside them."),
    ),
    "french-typography/space-before": FindingText(
        N_("The no-break space before the punctuation mark is missing: “{text}”."),
        N_("Put a no-break space before the mark."),
    ),
    "russian-typography/abbreviation": FindingText(
        N_("The abbreviation “{text}” is written with a space."), N_("Put a no-break space between its parts.")
    ),
    "russian-typography/dash": FindingText(
        N_("Between words a spaced em dash is expected instead of “{text}”."),
        N_("Put an em dash with a space on either side."),
    ),
    "russian-typography/guillemet": FindingText(
        N_("In Russian there is no space inside the quotation marks."), N_("Remove the space.")
    ),
    "russian-typography/number": FindingText(
        N_("A no-break space is missing in the number, or before the unit: “{text}”."),
        N_("Put a no-break space there."),
    ),
    "russian-typography/number-sign": FindingText(
        N_("A no-break space belongs between № and the number."), N_("Put a no-break space after №.")
    ),
    "russian-typography/quotes": FindingText(
        N_("These quotation marks are not Russian: {text}."),
        N_("Use angle quotation marks, and low ones inside them."),
    ),
    "russian-typography/range": FindingText(
        N_("A range of numbers is written with a dash, not with a hyphen: “{text}”."),
        N_("Put a dash without spaces."),
    ),
    "russian-typography/yo": FindingText(
        N_("The word “{text}” is written with the letter yo."), N_("Write yo, not ye.")
    ),
    "english-spelling/american": FindingText(
        N_("“{text}” is American spelling."),
        N_("Use the British spelling, or give an American form of the term the region US."),
    ),
    "english-spelling/region": FindingText(
        N_("“{text}” is British spelling, and the region of the term is US."),
        N_("Correct the spelling or the region."),
    ),
    "wrong-language/cyrillic": FindingText(
        N_("The text is in Cyrillic letters, and belongs to a language written in Latin ones."),
        N_("Move the text to its own language, or write it in this one."),
    ),
    "wrong-language/en": FindingText(
        N_("The text reads as English."), N_("Move the text to the English section, or write it in this language.")
    ),
    "wrong-language/fr": FindingText(
        N_("The text reads as French."), N_("Move the text to the French section, or write it in this language.")
    ),
    "wrong-language/latin": FindingText(
        N_("The text is in Latin letters, and belongs to the Russian section."),
        N_("Move the text to its own language, or write it in Russian."),
    ),
    "wrong-language/letter": FindingText(
        N_("“{text}” is not a letter of the Russian alphabet."), N_("Replace it by the Russian letter.")
    ),
    "transliteration": FindingText(
        N_("By {scheme} “{term}” is “{expected}” and not “{given}”."),
        N_("Correct the transliteration or its scheme."),
    ),
}
