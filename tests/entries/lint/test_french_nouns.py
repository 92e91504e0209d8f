"""French nouns: the head of a term, its gender and its number."""

import pytest

from app.entries.content import Gender
from app.entries.lint.grammar.french_nouns import gender_of, head_of, is_plural
from app.entries.lint.lists import words_of

MASCULINE = """
    missile silo leurre brouillage propulseur lancement étage apogée périgée vecteur tir radar laser traité
    comité côté silence avion camion bastion squelette stade musée incendie site système contrôle rôle domaine
    volume observatoire territoire réseau tableau travail recueil engin aéronef autodirecteur réacteur
    dispositif polygone hexafluorure cyanure mécanisme tracteur-érecteur-lanceur porte-avions missile-cible
    missiles réseaux signaux
"""

FEMININE = """
    défense trajectoire phase zone portée durée altitude couverture ogive charge tête cible menace force arme
    alerte discrimination corrélation précision capacité vulnérabilité dissuasion connexion puissance
    fréquence chaleur longueur profondeur erreur lueur image plage loi paroi eau façon garnison région union
    batterie salve structure manœuvrabilité sous-munition contre-mesure non-prolifération autodéfense cibles
    ogives menaces
"""


@pytest.mark.parametrize("noun", MASCULINE.split())
def test_masculine_nouns(noun: str) -> None:
    assert gender_of(noun) is Gender.MASCULINE


@pytest.mark.parametrize("noun", FEMININE.split())
def test_feminine_nouns(noun: str) -> None:
    assert gender_of(noun) is Gender.FEMININE


@pytest.mark.parametrize("noun", ["tour", "trompette", "mode", "aide", "garde", "mémoire", "critique", "voile"])
def test_nothing_is_said_of_nouns_of_either_gender(noun: str) -> None:
    assert gender_of(noun) is None


def test_no_noun_is_in_both_lists() -> None:
    assert not words_of("masculine-nouns", "fr") & words_of("feminine-nouns", "fr")


@pytest.mark.parametrize(
    ("term", "head"),
    [
        ("défense antimissile de théâtre", "défense"),
        ("pleine capacité opérationnelle", "capacité"),
        ("fausse alerte", "alerte"),
        ("quartier général", "quartier"),
        ("sous-munition", "sous-munition"),
    ],
)
def test_the_head_is_the_first_noun(term: str, head: str) -> None:
    found = head_of(term)
    assert found is not None
    assert found.text == head
    assert term[found.start : found.end] == head


def test_a_text_without_words_has_no_head() -> None:
    assert head_of("…") is None


@pytest.mark.parametrize(
    "noun", ["règles", "contre-mesures", "dommages", "réseaux", "signaux", "lieux", "vœux", "débats"]
)
def test_plurals(noun: str) -> None:
    assert is_plural(noun)


@pytest.mark.parametrize(
    "noun",
    ["corps", "temps", "obus", "bus", "accès", "flux", "taux", "poids", "débris", "processus", "discours", "gaz"],
)
def test_singulars_that_end_like_a_plural(noun: str) -> None:
    assert not is_plural(noun)
