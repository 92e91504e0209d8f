"""Words that carry grammar rather than meaning, and how they are told from designators and initialisms.

Only closed classes: articles, prepositions, conjunctions, pronouns, auxiliaries and particles. A word that is also
a noun of the field is in no list: French «point» and «son», Russian «про», which here is always ПРО.
"""

import re
from functools import lru_cache

from app.languages.codes import LanguageCode
from app.languages.words import APOSTROPHES, Word, plain, words


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


FUNCTION_WORDS: dict[LanguageCode, frozenset[str]] = {
    "en": _set("""
        a an the
        about above across after against along among amid around as at before behind below beneath beside
        besides between beyond by despite down during except for from in inside into like near of off on onto
        out outside over per since than through throughout till to toward towards under until unto up upon
        versus via with within without
        and but or nor so yet if because although though unless whereas while whether either neither both
        i me my mine we us our ours you your yours he him his she her hers it its they them their theirs
        myself ourselves yourself himself herself itself themselves
        this that these those there here who whom whose which what when where why how
        such some any each every all no not only also too very
        be am is are was were been being do does did done doing has have had having
        can could may might must shall should will would
    """),
    "fr": _set("""
        l d le la les un une des du de au aux
        à après avant avec chez contre dans depuis derrière dès devant durant en entre envers hors jusque
        jusqu malgré outre par parmi pendant pour près sans sauf selon sous sur vers via voici voilà
        et ou où ni mais car donc si comme que qu lorsque lorsqu puisque puisqu quoique quoiqu quand
        je j me m tu te t il elle on nous vous ils elles se s lui leur leurs eux y soi moi toi
        mon ma mes ton ta tes sa ses notre nos votre vos ce c cet cette ces cela ceci ça
        celui celle ceux celles qui quoi dont lequel laquelle lesquels lesquelles auquel auxquels auxquelles
        duquel desquels desquelles quel quelle quels quelles aucun aucune chaque quelque quelques tout toute
        tous toutes
        ne n pas plus non très trop aussi même mêmes ainsi
        être est sont était étaient été étant sera seront serait soit soient fut
        avoir a as ai ont avait avaient ayant aura auront aurait ait aient eu
    """),
    "ru": _set("""
        а без безо благодаря в вместо вне во вокруг вопреки впереди для до за из изо к ко кроме между на над
        надо о об обо около от ото перед передо по под подо позади после посреди при против путем ради с
        сквозь согласно среди со у через
        и да но или либо ни если что чтобы как так также тоже хотя пока когда где куда откуда же ли бы б ж
        не нет лишь только уже еще даже ведь вот
        я меня мне мной мы нас нам нами ты тебя тебе тобой вы вас вам вами он его ему им нем она ее ей ею ней
        нею оно они их ими них ними себя себе собой
        мой моя мое мои наш наша наше наши нашего нашей ваш ваша ваше ваши свой своя свое свои своего своей
        своих своим
        этот эта это эти этого этой этому этим этом этих этими тот та то те того той тому тем том тех теми
        который которая которое которые которого которой которому которым котором которых которую которыми
        кто кого кому кем чего чему чем чей чья чье чьи какой какая какое какие
        весь вся все всего всей всему всем всех всеми каждый каждая каждое каждые
        быть есть был была было были будет будут будучи
    """),
}
"""The function words of each language in their plain form (ё is е)."""

# Left out, these would make one term of two: «défense antimissile stratégique» and «non stratégique».
_TELLING: dict[LanguageCode, frozenset[str]] = {
    "en": _set("no not without off up down out over under above below inside outside before after against between"),
    "fr": _set("non sans hors sous avant après contre entre"),
    "ru": _set("не без безо вне до после против над под между"),
}

# What an apostrophe has clipped: before it in French (d'un), after it in English (enemy's, don't).
_CLIPPED: dict[LanguageCode, frozenset[str]] = {
    "en": _set("s t d ll m re ve"),
    "fr": _set("c d j l m n s t qu jusqu lorsqu puisqu quoiqu"),
    "ru": frozenset(),
}
_HYPHENS = frozenset("-‐‑")
_ORDINAL_ENDING = _set("й ый ий ой я ая е ое го ого му ому м ым ом ю ую х ых ми ыми")
_SENTENCE_START = re.compile(r"(?:^|[.!?…:;«“\"(])\s*$")
_REACH = 4
"""How many characters before a word are read to see whether it begins a sentence."""


def is_function_word(word: str, language: LanguageCode) -> bool:
    """Whether the word, in whatever letters, is an article, preposition, conjunction, pronoun or auxiliary."""
    return plain(word) in FUNCTION_WORDS[language]


def content_words(text: str, language: LanguageCode) -> list[Word]:
    """The words of a text that carry its meaning; all of them, if it has only function words.

    Single letters that designate («bande D», «С-300») and initialisms that read like a function word («ПО») stay.
    """
    found = words(text)
    has_small_letters = any(character.islower() for character in text)
    kept = [word for word in found if not carries_no_meaning(word, text, language, has_small_letters)]
    return kept or found


@lru_cache(maxsize=8_192)
def depends_on_place(word: str, language: LanguageCode) -> bool:
    """Whether it takes the text around a word to tell if it carries a meaning."""
    lowered = plain(word)
    return (
        lowered in FUNCTION_WORDS[language]
        or lowered in _CLIPPED[language]
        or (language == "ru" and lowered in _ORDINAL_ENDING)
    )


def carries_no_meaning(word: Word, text: str, language: LanguageCode, has_small_letters: bool) -> bool:
    """Whether a word is left out of a text that has others; it is enough to have a few characters before it."""
    if not depends_on_place(word.text, language):
        return False
    lowered = plain(word.text)
    before, after = text[word.start - 1 : word.start], text[word.end : word.end + 1]
    if lowered in _CLIPPED[language] and (after if language == "fr" else before) in APOSTROPHES:
        return True
    if language == "ru" and before in _HYPHENS and lowered in _ORDINAL_ENDING:
        return text[word.start - 2 : word.start - 1].isdigit()
    if lowered not in FUNCTION_WORDS[language] or lowered in _TELLING[language]:
        return False
    if len(lowered) == 1 and ((before and before in _HYPHENS) or (after and after in _HYPHENS)):
        return False
    if has_small_letters and word.text.isupper():
        begins = _SENTENCE_START.search(text, max(0, word.start - _REACH), word.start)
        return len(lowered) == 1 and begins is not None
    return True
