"""Context: on whose behalf, in which language and in what course of events something is asked or done."""

from __future__ import annotations

from dataclasses import dataclass

from kit.viewer import NOBODY, Viewer


@dataclass(frozen=True)
class Context:
    """Who asks, and by which number the log knows all that comes of it.

    `replayed` is true where a restored database is told again what it had known: the world outside was told then.
    """

    viewer: Viewer = NOBODY
    locale: str = "zh-CN"
    correlation_id: str = ""
    replayed: bool = False
