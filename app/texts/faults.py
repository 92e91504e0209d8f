"""What is wrong with a field or a file, by code: those of Pydantic that occur, and our own."""

import re
from typing import Any

from app.languages.codes import LanguageCode
from app.texts.catalogues import N_, translated
from app.texts.filling import filled

FAULTS: dict[str, str] = {
    # Pydantic's, for the types that our schemas use
    "missing": N_("This field is needed."),
    "extra_forbidden": N_("There is no such field."),
    "string_type": N_("A text is expected."),
    "string_unicode": N_("The text holds characters that are not Unicode."),
    "string_too_short": N_("The text is too short; the least length is {min_length}."),
    "string_too_long": N_("The text is too long; the greatest length is {max_length}."),
    "string_pattern_mismatch": N_("The text does not have the form {pattern}."),
    "too_short": N_("Too few items: {actual_length}; at least: {min_length}."),
    "too_long": N_("Too many items: {actual_length}; at most: {max_length}."),
    "int_type": N_("A whole number is expected."),
    "int_parsing": N_("A whole number is expected."),
    "int_parsing_size": N_("The number is too large."),
    "int_from_float": N_("A whole number is expected."),
    "bool_type": N_("true or false is expected."),
    "bool_parsing": N_("true or false is expected."),
    "greater_than_equal": N_("The number may not be smaller than {ge}."),
    "less_than_equal": N_("The number may not be larger than {le}."),
    "literal_error": N_("Possible values: {expected}."),
    "enum": N_("Possible values: {expected}."),
    "list_type": N_("A list is expected."),
    "tuple_type": N_("A list is expected."),
    "dict_type": N_("An object is expected."),
    "model_type": N_("An object is expected."),
    "model_attributes_type": N_("An object is expected."),
    # The rules of a content
    "forbidden_character": N_("The character {character} at position {position} is not allowed."),
    "edge_space": N_("The text begins or ends with a space."),
    "double_space": N_("The text has two spaces in a row."),
    "empty_section": N_("A language needs a term, a definition or a statement that it has no equivalent."),
    "several_preferred_terms": N_("Only one term may be preferred, and there are {count}: {terms}."),
    "preferred_without_equivalent": N_(
        "A language said to have no equivalent cannot have the preferred term “{term}”."
    ),
    "repeated_term": N_("The term “{term}” stands twice."),
    "unknown_full_form": N_(
        "“{term}” is said to abbreviate “{full_form}”, which is not another term of this language."
    ),
    "repeated_value": N_("“{field}” names the same thing twice."),
    "no_term": N_("An entry needs at least one term in at least one language."),
    "equivalence_without_language": N_(
        "Equivalence is stated for {pair}, but the entry has no section in: {missing}."
    ),
    # What only the compendium as a whole can tell
    "unknown_subject_field": N_("There is no subject field “{value}”."),
    "unknown_entry": N_("There is no entry “{value}”."),
    "relation_to_itself": N_("An entry cannot be related to itself."),
    "other_language_changed": N_("A translation adds languages; it cannot change the text in: {value}."),
    "no_language_added": N_("A translation adds a language that the entry does not have yet."),
    "webhook_bad_address": N_("This is not an http or https address without user, password and fragment."),
    "webhook_not_https": N_("The address must begin with https://."),
    "webhook_internal": N_("The address lies inside a network; only public ones can be called."),
    "too_many_webhooks": N_("There can be at most {limit} webhooks."),
    "entry_needed": N_("An amendment names the entry that it amends."),
    "entry_not_expected": N_("A new entry has no number yet."),
    "base_version_needed": N_("An amendment names the version that it is based on."),
    "text_not_expected": N_("A proposal to withdraw or supersede an entry brings no text."),
    "successor_not_expected": N_("Only a proposal to supersede an entry names a successor."),
    "not_reopenable": N_("The proposal is “{value}”; only one that has come to nothing is taken up again."),
    "not_a_corrigendum": N_("A corrigendum mends slips; what changes this is proposed as an amendment."),
    "unknown_element": N_("The text has no field “{value}”."),
    "not_in_consensus_set": N_("The consent of these parties is not needed: {value}."),
    "entry_twice": N_("Two of the proposals concern the same entry; put them under silence one after the other."),
    "no_more_extensions": N_("The time was extended as often as it may be: {most}."),
    "extension_too_long": N_("The number of working days is too large; at most {most}."),
    "urgency_stands": N_("Urgency can no longer be refused, or there is none."),
    "no_such_comment": N_("The proposal has no remark {value}."),
    "settles_nothing": N_("Only an answer to a remark settles it."),
    "already_settled": N_("The discrepancy is settled already."),
    "already_withdrawn": N_("The statement is withdrawn already."),
    "nobody_consented": N_("Texts were taken over by this decision; no party had to consent to it."),
    "consented_already": N_("Your party has consented to this decision already."),
    "recorded_already": N_("Your party has recorded this already."),
    "stands_twice": N_("An entry is named twice."),
    "not_the_current_version": N_("“{value}” is not the current version of an agreed entry."),
    "level_not_above": N_("“{value}” is approved at this level, or a higher one, already."),
    "nothing_to_reconfirm": N_("Your party has made no statement {value} on an earlier version of this entry."),
    "revision_needs_text": N_("A revision comes with its text, to the address that ends in /revisions."),
    "incomplete": N_("An adopted text is complete, and this one lacks {missing}."),
    "nothing_changed": N_("The text is the same as the one that it would replace."),
    "number_taken": N_("The number belongs to an entry with another text; propose an amendment instead."),
    "not_amendable": N_("Only an agreed entry can be amended."),
    "language_not_permitted": N_("Your token does not allow you to change the text in “{language}”."),
    "bad_cursor": N_("The cursor does not belong to this list. Start again without it."),
    "query_without_letters": N_("The query needs at least one letter or digit."),
    "no_such_finding": N_("The text has no finding “{check}” at “{element}”."),
    "not_a_warning": N_("“{check}” is not a warning, so there is nothing to answer: correct the text."),
    # Guards of the workflow
    "base_is_current": N_("the entry has a later version than the one that the text is based on"),
    "text_is_complete": N_("the text lacks {missing}"),
    "draft_has_no_errors": N_("the linter finds errors in the text: {findings}"),
    "text_has_no_errors": N_("the linter finds errors in the text: {findings}"),
    "warnings_are_answered": N_("warnings of the linter wait for an answer: {findings}"),
    "reason_is_given": N_("a reason is needed"),
    "not_signed_yet": N_("your party has recorded this already"),
    "successor_is_agreed": N_("the entry that is to supersede it is not agreed"),
    "languages_are_certified": N_("not every language is certified"),
    "concordance_is_certified": N_("the concordance of the texts is not certified for every pair of languages"),
    "discrepancies_are_settled": N_("a substantive discrepancy between the texts is not settled"),
    "somebody_else_wrote_it": N_("nobody certifies a text that they wrote themselves"),
    "text_is_there": N_("there is no text in this language yet"),
    "not_certified_yet": N_("the text is certified already"),
    "silence_runs": N_("the time is over"),
    "time_is_over": N_("the time is not over yet"),
    "objection_is_whole": N_("an objection gives a reason and the text proposed instead"),
    "statement_is_given": N_("the statement is missing"),
    "own_text_is_given": N_("the text of your own side is missing"),
    "meeting_is_named": N_("the meeting is not named"),
    "silence_is_not_exhausted": N_("silence was broken twice, so a meeting has to look at the text first"),
    "review_is_not_exhausted": N_(
        "silence was broken three times, so the co-chairs defer it or record parallel texts"
    ),
    # The service itself
    # Accounts
    "bad_account_name": N_(
        "The name of an account begins with a Latin letter or a digit, goes on with these and . _ @ - and has at"
        " most 100 characters."
    ),
    "bad_password": N_("A password has at least {least} and at most {most} characters."),
    "bad_subject": N_("The identity at the provider has 1 to 255 printable characters."),
    "bad_email": N_("This is no e-mail address."),
    "database_unreachable": N_("The database does not answer."),
    "schema_differs": N_("The database has another schema than this release needs; run “compendium migrate”."),
    # Files
    "pair_needed": N_("A file of this format holds two languages: name source and target."),
    "pair_not_offered": N_("A file of this format holds all languages; it takes no source and no target."),
    "pair_of_one": N_("Source and target are to be two different languages."),
    "style_not_offered": N_("A file of this format has no choice of style."),
    "xml_malformed": N_("The file is not well-formed XML (line {line})."),
    "xml_dtd": N_(
        "The document type declaration of the file declares something or names an address (line {line})."
        " Remove it: none is ever read."
    ),
    "xml_entity": N_("The file declares or uses entities (line {line}). None is ever expanded."),
    "xml_too_deep": N_("Elements are nested too deeply (line {line})."),
    "xml_too_long": N_("A text or attribute is too long (line {line})."),
    "not_tbx": N_("The file is not TBX of the kind that was named."),
    "csv_encoding": N_("The file is not in the encoding that it should be in (line {line})."),
    "encoding_assumed": N_("The file does not say in which encoding it is; {encoding} was assumed."),
    "formula": N_("In line {line}, “{column}” is worked out by a formula. Only what is written out is taken."),
    "xlsx_malformed": N_("The file cannot be read as a workbook (XLSX)."),
    "xlsx_too_large": N_("The workbook would be too large if it were unpacked."),
    "xlsx_no_sheet": N_("The workbook has no sheet “{sheet}”; it has: {sheets}."),
    "jsonl_malformed": N_("Line {line} is not an object in JSON."),
    "skos_malformed": N_("The file cannot be read as Turtle or JSON-LD (line {line})."),
    "skos_context": N_("The file leaves its context to another address. None is fetched: put the context into it."),
    "skos_no_concept": N_("The file has no concept of SKOS."),
    "skos_too_large": N_("The file is too large for this format."),
    "csv_malformed": N_("The file cannot be read as CSV (line {line})."),
    "csv_columns": N_("The columns are not the expected ones: {columns}."),
    "csv_split_entry": N_("The rows of one entry must follow one another."),
    "csv_no_concept_id": N_("The row has no concept_id."),
    "csv_no_language": N_("Line {line} names no language."),
    "csv_no_term": N_("Line {line} describes a term without naming it."),
    "csv_conflict": N_("The rows of the entry differ in the column “{column}”."),
    "unknown_category": N_("“{category}” is not a data category that we keep; it was left out."),
    "unknown_value": N_("“{value}” is not a value that we keep for “{category}”; it was left out."),
    "category_kept": N_("“{category}” has no field of its own here; it was kept in a note."),
    "value_kept": N_("“{value}” is not a value that we keep for “{category}”; it was kept in a note."),
    "language_not_kept": N_("The compendium has no language “{language}”; it was left out."),
    "section_left_out": N_("The section “{language}” has neither a term nor a definition; it was left out."),
    "definition_left_out": N_(
        "The definition “{value}” was left out: its language has one already, or is not one of the compendium."
    ),
    "note_left_out": N_("The note “{value}” was left out: its language is not one of the compendium."),
    "statement_left_out": N_(
        "What a party or side has said of the text is no part of it and was left out: “{value}”."
    ),
    "note_moved": N_("A note on the term “{term}” was moved to the notes of its language."),
    "note_contradicted": N_("The note “{value}” on the term “{term}” contradicts the file and was left out."),
    "status_assumed": N_("The file gives the term “{term}” no status; “{status}” was assumed."),
    "subject_field_changed": N_("The subject field “{value}” was read as “{subject}”."),
    "subject_field_assumed": N_("The file gives no subject field; “{subject}” was assumed."),
    "not_found": N_("There is nothing here under “{ref}”."),
    "duplicate_reference": N_("The number stands twice in the file."),
    "duplicate_external_id": N_(
        "“{value}” stands twice in the file; the second time it was passed over as a name."
    ),
    "subject_field_replaced": N_("There is no subject field “{value}”; “{subject}” was taken instead."),
    "already_proposed": N_(
        "An earlier text of this entry is proposed as {proposal}. Revise that proposal, or take it back."
    ),
    "encoding_not_stated": N_("The encoding of the file was only guessed. Name it, or save the file as UTF-8."),
    # Look-up
    "keys_outdated": N_("The look-up keys were made by another release; run “compendium rekey”."),
    "source_among_targets": N_("The language of the text cannot be a target."),
    "too_much_text": N_("The segments are too long together; at most {limit} characters."),
}

ANY_OTHER = N_("The value is not valid.")


def fault_text(code: str, language: LanguageCode, params: dict[str, Any]) -> str:
    """The sentence of a fault in a language; of a code that has none, that the value is not valid."""
    if isinstance(params.get("expected"), str):
        # Pydantic lists the possible values as English would: 'en', 'fr' or 'ru'.
        params = {**params, "expected": re.findall(r"'([^']*)'", params["expected"]) or params["expected"]}
    return filled(translated(FAULTS.get(code, ANY_OTHER), language), params, language)
