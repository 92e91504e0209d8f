"""Words of the field and the rules by which three languages make more of them, with the forms that queries need.

A few hundred words are written down; the rest is put together from prefixes, roots and suffixes, so that a large
glossary has as many different words as a real one has. Not all of those are in a dictionary, but all inflect.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from app.languages.codes import LanguageCode

SEED = 1997
SIZE = 18_000
"""Words of each language."""
_ADJECTIVES = 0.4
"""The share of adjectives among the words that are put together."""

_NOUNS: dict[LanguageCode, str] = {
    "en": """
        missile radar interceptor warhead sensor target launcher battery track beam seeker booster stage vehicle
        decoy satellite network system threat defence weapon engagement detection phase trajectory range
        altitude fragment kill intercept point area zone sector coverage command control post centre operator
        crew doctrine rule release alert warning message link channel frequency signature image filter processor
        antenna array aperture pulse motor nozzle propellant fuel thruster canister shroud payload impact debris
        blast fuse charge guidance navigation correction error accuracy probability reaction time shield layer
        tier element unit brigade site platform ship aeroplane drone exercise test assessment plan estimate
        priority asset list picture report
    """,
    "fr": """
        missile radar intercepteur ogive capteur cible lanceur batterie piste faisceau autodirecteur étage
        véhicule leurre satellite réseau système menace défense arme engagement détection phase trajectoire
        portée altitude fragment interception point zone secteur couverture commandement contrôle poste centre
        opérateur équipe doctrine règle alerte message liaison canal fréquence signature image filtre processeur
        antenne ouverture impulsion moteur tuyère ergol carburant propulseur conteneur coiffe charge impact
        débris souffle fusée guidage navigation correction erreur précision probabilité réaction bouclier couche
        élément unité brigade site plateforme navire avion exercice essai évaluation plan priorité liste
        situation rapport œuvre manœuvre
    """,
    "ru": """
        ракета радар перехватчик боеголовка датчик цель установка батарея трасса луч головка ускоритель ступень
        спутник сеть система угроза оборона оружие обстрел обнаружение фаза траектория дальность высота осколок
        поражение перехват точка зона сектор покрытие командование управление пост центр оператор расчёт
        доктрина правило тревога предупреждение сообщение линия канал частота сигнатура изображение фильтр
        процессор антенна решётка импульс двигатель сопло топливо контейнер обтекатель нагрузка удар взрыв заряд
        наведение навигация коррекция ошибка точность вероятность реакция время щит рубеж элемент подразделение
        бригада платформа корабль самолёт учение испытание оценка план приоритет объект список обстановка
        донесение комплекс
    """,
}
_ADJECTIVES_KNOWN: dict[LanguageCode, str] = {
    "en": """
        ballistic tactical strategic kinetic nuclear conventional early final terminal upper lower active
        passive mobile fixed naval ground airborne spaceborne infrared optical acoustic hostile friendly unknown
        joint allied local regional national central forward rear primary secondary simultaneous successive
        automatic manual digital analogue solid liquid thermal dynamic static exoatmospheric endoatmospheric
        hypersonic supersonic manoeuvrable medium short long narrow wide rapid slow direct indirect hard soft
        light heavy
    """,
    "fr": """
        balistique tactique stratégique cinétique nucléaire classique terminal supérieur inférieur actif passif
        mobile fixe naval terrestre aérien spatial infrarouge optique acoustique hostile ami inconnu interarmées
        allié local régional national central avancé arrière primaire secondaire simultané successif automatique
        manuel numérique analogique solide liquide thermique dynamique statique exoatmosphérique
        endoatmosphérique hypersonique supersonique manœuvrant moyen court étroit rapide lent direct indirect
        léger lourd
    """,
    "ru": """
        баллистический тактический стратегический кинетический ядерный обычный ранний конечный верхний нижний
        активный пассивный подвижный стационарный морской наземный воздушный космический инфракрасный оптический
        акустический вражеский дружественный неизвестный объединённый союзный местный региональный национальный
        центральный передовой первичный вторичный одновременный последовательный автоматический ручной цифровой
        аналоговый твёрдый жидкостный тепловой динамический статический заатмосферный гиперзвуковой
        сверхзвуковой манёвренный средний ближний дальний узкий широкий быстрый медленный прямой лёгкий тяжёлый
    """,
}

_PREFIXES: dict[LanguageCode, str] = {
    "en": "ab ad com con de dis ex in inter intro ob per pre pro re retro sub super trans",
    "fr": "ab ad com con dé dis ex in inter intro ob per pré pro ré rétro sub super trans",
    "ru": "в вз воз вы до за из на над об от пере по под пред при про раз с у",
}
_ROOTS: dict[LanguageCode, str] = {
    "en": """
        cep duc fec fus grad greg ject lat mit mot pel pend plic pon port posit press punct rupt sect sert sist
        spec spir stil strat struc tain tect tens tract trud vers vert viv voc volut
    """,
    "fr": """
        cep duc fec fus grad grég ject lat mit mot pel pend plic pon port posit press ponct rupt sect sert sist
        spec spir stil strat struc tain tect tens tract trud vers vert viv voc volut
    """,
    "ru": """
        бор вед вес вод воз гон груз грев двиг движ дел езд зор каз кид клад клон ключ кол крут лёт лож мер мет
        нос пад пис пор пуск рез род ряд свет след слон став строй ступ тек ток точ тяг ход чис
    """,
}
_NOUN_ENDINGS: dict[LanguageCode, str] = {
    "en": "ion or ure ance ment ing ivity",
    "fr": "ion eur ure ance ement age ivité",
    "ru": "ение ание ка ник чик ость атель",
}
_ADJECTIVE_ENDINGS: dict[LanguageCode, str] = {
    "en": "ive able ional ent ory",
    "fr": "if able ionnel ent oire",
    "ru": "ный овый ительный очный ской",
}
_COMBINING: dict[LanguageCode, str] = {
    "en": """
        aero anti astro auto counter cyber electro geo hydro hyper infra inter macro micro mono multi over photo
        poly pseudo quasi radio semi sono sub tele thermo trans ultra under
    """,
    "fr": """
        aéro anti astro auto contre cyber électro géo hydro hyper infra inter macro micro mono multi sur photo
        poly pseudo quasi radio semi sono sous télé thermo trans ultra para
    """,
    "ru": """
        авиа авто астро аэро вибро видео гидро гипер гео инфра кибер контр макро микро моно много нано полу
        радио само сверх спец супер теле термо транс турбо ультра фото электро энерго
    """,
}


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language, the most frequent first."""

    nouns: list[str]
    adjectives: list[str]


@lru_cache(maxsize=3)
def lexicon(language: LanguageCode) -> Lexicon:
    """The words of a language: those of the field, then what its rules make."""
    rng = random.Random(f"{SEED} {language}")
    nouns, adjectives = _NOUNS[language].split(), _ADJECTIVES_KNOWN[language].split()
    more_nouns = list(dict.fromkeys(_made(language, _NOUN_ENDINGS[language], nouns)))
    more_adjectives = list(dict.fromkeys(_made(language, _ADJECTIVE_ENDINGS[language], adjectives)))
    rng.shuffle(more_nouns)
    rng.shuffle(more_adjectives)
    return Lexicon(
        [*nouns, *more_nouns[: round(SIZE * (1 - _ADJECTIVES)) - len(nouns)]],
        [*adjectives, *more_adjectives[: round(SIZE * _ADJECTIVES) - len(adjectives)]],
    )


def _made(language: LanguageCode, endings: str, known: list[str]) -> Iterator[str]:
    for prefix, root, ending in product(_PREFIXES[language].split(), _ROOTS[language].split(), endings.split()):
        yield prefix + root + ending
    for first, word in product(_COMBINING[language].split(), known):
        yield first + word
    for first, root, ending in product(_COMBINING[language].split(), _ROOTS[language].split(), endings.split()):
        yield first + root + ending


def feminine(adjective: str) -> str:
    """The feminine of a French adjective."""
    for ending, changed in (("if", "ive"), ("eux", "euse"), ("el", "elle"), ("en", "enne"), ("er", "ère")):
        if adjective.endswith(ending):
            return adjective.removesuffix(ending) + changed
    return adjective if adjective.endswith("e") or adjective == "interarmées" else adjective + "e"


def is_feminine(noun: str) -> bool:
    """Whether a French noun is feminine, by its ending; right for most."""
    return noun.endswith(("e", "ion", "té")) and not noun.endswith(("age", "isme", "ège", "ystème", "ouffle"))


def plural(word: str) -> str:
    """The plural of an English or French word."""
    if word.endswith(("s", "x", "z")):
        return word
    if word.endswith("eau"):
        return word + "x"
    if word.endswith("al"):
        return word.removesuffix("al") + "aux"
    return word + "s"


def agreeing(adjective: str, noun: str) -> str:
    """A Russian adjective in the nominative, in the gender of a noun."""
    stem, soft = adjective[:-2], adjective.endswith("ний")
    if noun.endswith(("а", "я")) and noun != "время":
        return stem + ("яя" if soft else "ая")
    if noun.endswith("ь") and not noun.endswith(("тель", "рабль")):
        return stem + ("яя" if soft else "ая")
    if noun.endswith(("о", "е")) or noun == "время":
        return stem + ("ее" if soft else "ое")
    return adjective


def genitive(word: str) -> str:
    """The genitive singular of a Russian noun or adjective that stands in the nominative."""
    for ending, changed in _GENITIVES:
        if word.endswith(ending):
            return word.removesuffix(ending) + changed
    return word + "а"


_GENITIVES = (
    ("время", "времени"), ("осколок", "осколка"), ("ний", "него"), ("няя", "ней"), ("нее", "него"),
    ("ый", "ого"), ("ой", "ого"), ("ий", "ого"), ("ая", "ой"), ("ое", "ого"),
    ("тель", "теля"), ("рабль", "рабля"), ("ь", "и"), ("ия", "ии"), ("ея", "еи"), ("я", "и"),
    ("ие", "ия"), ("о", "а"), ("ка", "ки"), ("га", "ги"), ("ха", "хи"), ("а", "ы"),
)  # fmt: skip


def is_adjective(word: str, language: LanguageCode) -> bool:
    """Whether a word of a Russian term is an adjective; in the other languages this is not asked."""
    return language == "ru" and word.endswith(("ый", "ий", "ой", "ая", "яя", "ое", "ее"))
