"""What every message about a stage (赛段) says: one track in one round of one edition."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.base import Named


@dataclass(frozen=True, kw_only=True)
class AboutStage:
    """What every message about a stage says: which track in which round of which edition."""

    stage_id: str
    competition: Named
    track: Named
    round: Named
    edition: int
    series_id: str
