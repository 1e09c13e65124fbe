"""What is said of pairs that were suggested as duplicates and are none."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.base import Message, Named


@dataclass(frozen=True, kw_only=True)
class DismissalMessage(Message):
    """What both messages about a pair say."""

    dismissal_id: str
    earlier: Named
    later: Named
    reason: str


@dataclass(frozen=True, kw_only=True)
class DuplicateDismissed(DismissalMessage, type="alliances.duplicate_dismissed"):
    """Two organisations that looked like one are two; they are suggested again when one of their names changes."""


@dataclass(frozen=True, kw_only=True)
class DuplicateRestored(DismissalMessage, type="alliances.duplicate_restored"):
    """That they are two was a mistake, or has to be looked at again: the pair is suggested as before."""
