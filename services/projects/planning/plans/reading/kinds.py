"""Kinds: tells what an item is from the headings above it and from its place."""

import re
from collections.abc import Sequence

from contracts.projects.planning.plans import WorkItemKind

_MARK = re.compile(r"^(?:第?[一二三四五六七八九十百]+[、.章节篇编]|[(（][一二三四五六七八九十百]+[)）]) ?")
_CLOSING = ".。:;：； "
_ANNEX = re.compile(r"附[件录表]")
_PLATFORM = re.compile(r"\d+ ?[.．、].*平台$")
_ANYWHERE: tuple[tuple[WorkItemKind, re.Pattern[str]], ...] = (
    (WorkItemKind.SIGNATURE_OUTCOME, re.compile(r"成果$")),
    (WorkItemKind.KEY_PROJECT, re.compile(r"重[点大](?:项目|工程)$")),
    (WorkItemKind.GOAL, re.compile(r"目标$")),
    (WorkItemKind.PREAMBLE, re.compile(r"(?:总体要求|指导思想|基本原则|工作原则|总体思路|重要意义|背景|形势)$")),
)
_OUTERMOST: tuple[tuple[WorkItemKind, re.Pattern[str]], ...] = (
    (WorkItemKind.IMPLEMENTATION, re.compile(r"(?:组织实施|工作要求|有关要求|实施步骤)$")),
    (WorkItemKind.SAFEGUARD, re.compile(r"(?:保障|保障措施|组织领导)$")),
)
"""Named by the outermost heading only: `(三)强化经费保障` under 重点任务 is work."""


def kind_of(headings: Sequence[str], *, is_part: bool, leads: bool, dated: bool) -> WorkItemKind:
    """The kind of an item under `headings`, printed, innermost first.

    `is_part`: it stands below an item. `leads`: it is an unnumbered paragraph before what its section numbers.
    `dated`: it states a year or a figure; a paragraph on goals that states neither is preamble.
    """
    if is_part:
        return WorkItemKind.WORK_POINT_PART
    kind = _named(headings)
    if kind is WorkItemKind.GOAL and not dated:
        return WorkItemKind.PREAMBLE
    return kind or (WorkItemKind.PREAMBLE if leads else WorkItemKind.WORK_POINT)


def _named(headings: Sequence[str]) -> WorkItemKind | None:
    if not headings:
        return None
    if _ANNEX.match(headings[-1]):
        return WorkItemKind.ANNEX
    titles = [_MARK.sub("", heading).rstrip(_CLOSING) for heading in headings]
    if _PLATFORM.match(titles[0]):
        return WorkItemKind.PLATFORM_ITEM
    named = (kind for title in titles for kind, wording in _ANYWHERE if wording.search(title))
    outermost = (kind for kind, wording in _OUTERMOST if wording.search(titles[-1]))
    return next(named, None) or next(outermost, None)
