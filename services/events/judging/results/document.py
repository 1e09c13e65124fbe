"""Document: what is signed and published, in canonical form (RFC 8785), so that anyone can recompute its digest.

The whole document has every row and the evidence, and is for those who run, supervise and arbitrate. The public one is
derived from it by the rules about what is shown, and names the digest of the whole: what was not shown cannot be
changed afterwards either.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, cast

import rfc8785

from kit.documents.digest import digest
from services.events.judging.results.advancement import taken
from services.events.judging.results.rows import Row, read_row, written
from services.events.judging.results.rules import Names, Shown, ShownForm

Document = dict[str, Any]
FORMAT = 1
_SHARED = ("format", "competition", "track", "round", "stage", "number", "supersedes", "rules")


@dataclass(frozen=True, kw_only=True)
class About:
    """What a version of a result is about; `supersedes` is the digest of the version before it.

    `rules` is {"version", "digest", "results": section, "scoring": section}; `evidence` what the ranking came from.
    """

    competition: Document
    track: Document
    round: Document
    stage: str
    number: int
    supersedes: str | None
    rules: Document
    evidence: Document
    salt: str


def whole_document(about: About, rows: Iterable[Row]) -> Document:
    """Everything; `salt` keeps rows that are not public from being found by trying."""
    return {
        "format": FORMAT,
        "kind": "whole result",
        **{name: getattr(about, name) for name in _SHARED[1:]},
        "evidence": about.evidence,
        "salt": about.salt,
        "rows": [written(row) for row in rows],
    }


def public_document(whole: Document) -> Document:
    """What the public sees of the whole, by the rules that the whole names."""
    shown = _shown(whole)
    rows = [read_row(said) for said in whole["rows"]]
    public = set(taken(rows, shown.cut))
    return {
        **{name: whole[name] for name in _SHARED},
        "kind": "result",
        "whole": digest(whole),
        "rows": [_public_row(row, shown) for row in rows if row.entry_id in public],
    }


def canonical(document: Document) -> str:
    """The one way to write it; raises ValueError for what JSON cannot hold exactly."""
    return rfc8785.dumps(document).decode()


def name_shown(name: str, names: Names) -> str:
    """A contestant's name as it is published."""
    if names == Names.NONE:
        return ""
    return name if names == Names.PLAIN else name[:1] + "*" * (len(name) - 1)


def places_stand(places: Sequence[int | None]) -> bool:
    """Whether places could be those of a ranking: one more than how many stand before, or shared with the row before."""
    ranked = [place for place in places if place is not None]
    after = all(place in {number, ranked[number - 2]} for number, place in enumerate(ranked, 1) if number > 1)
    return ranked == list(places[: len(ranked)]) and ranked[:1] in ([], [1]) and after


def _shown(whole: Document) -> Shown:
    return cast(Shown, ShownForm().load(whole["rules"]["results"]["shown"]))


def _public_row(row: Row, shown: Shown) -> Document:
    said = written(row)
    public = {name: said[name] for name in ("entry", "place", "code", "organization", "province")}
    score = {"score": said["score"]} if shown.scores else {}
    return {**public, **score, "contestant": name_shown(row.contestant, shown.names)}
