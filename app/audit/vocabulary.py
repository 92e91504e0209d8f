"""The stems of all texts, where they occur, and the spellings by which they are recognised, made anew.

Stems and spellings outlive the text that brought them in, so one that no text uses is no breach: it leads to
nothing. They are counted, and `compendium rekey --again` drops the stems among them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from app.entries.indexing.rows import indexed_terms, occurrences
from app.entries.indexing.tables import Posting, Spelling, SpellingPiece, Stem
from app.entries.indexing.writing import PublicText
from app.history.breaches import Breach, BreachCode
from app.history.rows import key_text, parts
from app.languages.pieces import pieces

Spelt = tuple[str, str]
"""A language, and a stem in it."""
Place = tuple[int, int]
"""An entry, and the element of it in which a stem occurs."""
STEM: Table = Stem.__table__  # type: ignore[attr-defined]
SPELLING: Table = Spelling.__table__  # type: ignore[attr-defined]
_PAGE = 500


@dataclass
class Vocabulary:
    """Compares what the texts call for with what is stored."""

    db: Session
    used: set[int] = field(default_factory=set)
    """The ids of the spellings that a text calls for."""
    wanting: set[tuple[str, int]] = field(default_factory=set)
    """Spellings that a text calls for and that are not there, with the ids of their stems."""
    blamed: set[int] = field(default_factory=set)
    """The ids of the stems that were found to be changed."""

    def breaches_of(self, texts: list[PublicText]) -> Iterator[Breach]:
        """The differences in these entries; the spellings are noted for later."""
        wanted: set[tuple[Spelt, Place]] = set()
        spellings: set[tuple[Spelt, str]] = set()
        for text in texts:
            if text.content is not None:
                terms = indexed_terms(text.entry_id, text.content)
                wanted |= {
                    ((language, stem), (text.entry_id, int(element)))
                    for language, stem, element in occurrences(text.content, terms)
                }
                spellings |= {
                    ((term.language, stem), spelling) for term in terms for spelling, stem in term.spellings
                }
        found = self._occurrences([text.entry_id for text in texts])
        ids = self._ids({spelt for spelt, _ in wanted})
        yield from self._compared(wanted, found, ids)
        self._note_spellings({(spelling, ids[spelt]) for spelt, spelling in spellings if spelt in ids})

    def breaches_of_spellings(self) -> Iterator[Breach]:
        """The spellings that were changed, and the pieces that are not those of their spelling."""
        after = 0
        while page := self._page(after):
            after = max(page)
            made = self._pieces(list(page))
            for spelling_id, (text, stem_id) in page.items():
                yield from self._breaches_of_spelling(spelling_id, text, stem_id, made.get(spelling_id, set()))
        for text, stem_id in sorted(self.wanting):
            yield Breach(BreachCode.WANTING, "spelling", key_text((text, stem_id)))

    def unused(self) -> int:
        """How many stems and spellings no text uses; to be asked at the end."""
        using = select(col(Posting.stem_id))
        stems = self.db.scalar(select(func.count()).select_from(STEM).where(STEM.c.id.not_in(using)))
        spellings = self.db.scalar(select(func.count()).select_from(SPELLING))
        return (stems or 0) + (spellings or 0) - len(self.used)

    def _compared(
        self, wanted: set[tuple[Spelt, Place]], found: dict[tuple[Spelt, Place], int], ids: dict[Spelt, int]
    ) -> Iterator[Breach]:
        lost = {place for spelt, place in wanted if spelt not in ids}
        for spelt, place in sorted(found.keys() - wanted):
            stem_id = found[spelt, place]
            if place in lost and spelt not in ids:
                # It stands where a stem should stand that is nowhere: the stem itself was changed.
                if stem_id not in self.blamed:
                    yield Breach(BreachCode.UNFOUNDED, "stem", key_text((stem_id,)))
                self.blamed.add(stem_id)
            else:
                yield Breach(BreachCode.UNFOUNDED, "posting", key_text((stem_id, place[1], place[0])))
        for spelt, place in sorted(wanted - found.keys()):
            if spelt in ids:
                yield Breach(BreachCode.WANTING, "posting", key_text((ids[spelt], place[1], place[0])))
            elif not self.blamed:
                yield Breach(BreachCode.WANTING, "stem", key_text(spelt))

    def _occurrences(self, entry_ids: list[int]) -> dict[tuple[Spelt, Place], int]:
        query = (
            select(STEM.c.language, STEM.c.text, col(Posting.entry_id), col(Posting.element), STEM.c.id)
            .join(STEM, STEM.c.id == col(Posting.stem_id))
            .where(col(Posting.entry_id).in_(entry_ids))
        )
        return {((row[0], row[1]), (row[2], row[3])): row[4] for row in self.db.execute(query)}

    def _ids(self, wanted: set[Spelt]) -> dict[Spelt, int]:
        found: dict[Spelt, int] = {}
        for part in parts(sorted({text for _, text in wanted}), _PAGE):
            query = select(STEM.c.language, STEM.c.text, STEM.c.id).where(STEM.c.text.in_(part))
            found |= {(row[0], row[1]): row[2] for row in self.db.execute(query)}
        return {spelt: found[spelt] for spelt in wanted if spelt in found}

    def _note_spellings(self, wanted: set[tuple[str, int]]) -> None:
        known: dict[tuple[str, int], int] = {}
        for part in parts(sorted({text for text, _ in wanted}), _PAGE):
            query = select(SPELLING.c.text, SPELLING.c.stem_id, SPELLING.c.id)
            known |= {(row[0], row[1]): row[2] for row in self.db.execute(query.where(SPELLING.c.text.in_(part)))}
        self.used.update(known[spelling] for spelling in wanted & known.keys())
        self.wanting |= wanted - known.keys()

    def _page(self, after: int) -> dict[int, tuple[str, int]]:
        query = select(SPELLING.c.id, SPELLING.c.text, SPELLING.c.stem_id).where(SPELLING.c.id > after)
        return {row[0]: (row[1], row[2]) for row in self.db.execute(query.order_by(SPELLING.c.id).limit(_PAGE))}

    def _pieces(self, spelling_ids: list[int]) -> dict[int, set[str]]:
        found: dict[int, set[str]] = {}
        query = select(col(SpellingPiece.spelling_id), col(SpellingPiece.piece))
        for row in self.db.execute(query.where(col(SpellingPiece.spelling_id).in_(spelling_ids))):
            found.setdefault(row[0], set()).add(row[1])
        return found

    def _breaches_of_spelling(self, spelling_id: int, text: str, stem_id: int, made: set[str]) -> Iterator[Breach]:
        replaced = {other for other in self.wanting if other[0] == text or other[1] == stem_id}
        wanted = set(pieces(text))
        if spelling_id not in self.used and (replaced or made != wanted):
            yield Breach(BreachCode.UNFOUNDED, "spelling", key_text((spelling_id,)))
            self.wanting -= replaced
        for piece in sorted(made - wanted):
            yield Breach(BreachCode.UNFOUNDED, "spelling_piece", key_text((piece, spelling_id)))
        for piece in sorted(wanted - made):
            yield Breach(BreachCode.WANTING, "spelling_piece", key_text((piece, spelling_id)))
