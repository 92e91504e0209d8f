"""What keyboards and scripts make of a word.

The tables are not those of look-up, which is judged by them.
"""

import re
from random import Random

QWERTY = "`1234567890-=qwertyuiop[]asdfghjkl;'zxcvbnm,./"
AZERTY = "²&é\"'(-è_çà)=azertyuiop^$qsdfghjklmùwxcvbn,;:!"
RUSSIAN = "ё1234567890-=йцукенгшщзхъфывапролджэячсмитьбю."

# How a person with one of these layouts gets letters that have no key of their own.
DEAD_KEYS = {"â": "^a", "ê": "^e", "î": "^i", "ô": "^o", "û": "^u"}

TO_LATIN = dict(zip("АВЕКМНОРСТУХаеорсух", "ABEKMHOPCTYXaeopcyx", strict=True))
TO_CYRILLIC = {latin: cyrillic for cyrillic, latin in TO_LATIN.items()}

_CYRILLIC = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
_SCHEMES = {
    "iso-9": "a b v g d e ë ž z i j k l m n o p r s t u f h c č š ŝ ʺ y ʹ è û â",
    "gost-7.79-b": "a b v g d e yo zh z i j k l m n o p r s t u f x cz ch sh shh `` y' ` e` yu ya",
    "bgn-pcgn": "a b v g d e ë zh z i y k l m n o p r s t u f kh ts ch sh shch \" y ' e yu ya",
    "icao": "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch ie y  e iu ia",
}
SCHEMES = {name: dict(zip(_CYRILLIC, row.split(" "), strict=True)) for name, row in _SCHEMES.items()}


def typed_on(text: str, meant: str, active: str) -> str:
    """A text typed blind for one layout while another is active."""
    keys = str.maketrans(meant, active)
    return "".join(DEAD_KEYS.get(letter, letter) if meant is AZERTY else letter for letter in text).translate(keys)


def transliterated(text: str, scheme: str) -> str:
    """A Russian text in small Latin letters by a scheme."""
    if scheme == "gost-7.79-b":
        text = re.sub("ц(?=[еёиэюяый])", "c", text)
    if scheme == "bgn-pcgn":
        text = re.sub("(^|[ аеёиоуыэюяйъь-])([её])", lambda found: f"{found[1]}y{found[2]}", text)
    return "".join(SCHEMES[scheme].get(letter, letter) for letter in text)


def look_alike(text: str, letters: dict[str, str], few: bool, random: Random) -> str:
    """A text with some or all of the letters that the other script has as well taken from there."""
    places = [place for place, letter in enumerate(text) if letter in letters]
    chosen = set(random.sample(places, min(2, len(places))) if few else places)
    return "".join(letters[letter] if place in chosen else letter for place, letter in enumerate(text))


def substituted(text: str, place: int, layout: str, random: Random) -> str:
    """The key beside the right one."""
    return text[:place] + _neighbour(text[place], layout, random) + text[place + 1 :]


def omitted(text: str, place: int, layout: str, random: Random) -> str:
    """A letter left out."""
    return text[:place] + text[place + 1 :]


def inserted(text: str, place: int, layout: str, random: Random) -> str:
    """A letter twice, or with the key beside it."""
    return text[:place] + random.choice((text[place], _neighbour(text[place], layout, random))) + text[place:]


def transposed(text: str, place: int, layout: str, random: Random) -> str:
    """Two letters in the wrong order."""
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


def _neighbour(letter: str, layout: str, random: Random) -> str:
    at = layout.find(letter)
    beside = [key for key in layout[max(at - 1, 0) : at + 2] if key.isalpha() and key != letter]
    return random.choice(beside) if at >= 0 and beside else letter
