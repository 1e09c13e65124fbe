"""Gathered: how a notice says that more of its kind, by the same person, are kept in it."""

from __future__ import annotations

from dataclasses import replace

from services.notify.telling.wording import Said


def with_more(said: Said, locale: str, more: int) -> Said:
    """What is said, and how many more there are."""
    if not more:
        return said
    if locale == "en":
        words = f"And {more} more of this kind by the same person; the hub shows them with this notice."
    else:
        words = f"同一人另有 {more} 条同类通知，已并入本条，可在枢纽查看。"
    return replace(said, body=f"{said.body}\n\n{words}")
