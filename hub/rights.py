"""Rights page: who may do and see what, role by role, made from the rights that the methods themselves name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import yaml

from contracts.authority import Role
from hub.services import all_services
from kit.calls.rpc import Rpc
from kit.calls.service import Service
from kit.process.runtime import entrypoints
from kit.rights.right import PUBLIC, Right
from kit.rights.ways import Anybody, Given, Holds, SomebodySignedIn, Way

LANGUAGES = ("zh-CN", "en")
COLUMNS = {
    Role.HUB_OFFICE: ("枢纽办公室", "hub office"),
    Role.PROVINCE_OFFICE: ("省级部门", "province office"),
    Role.SECRETARIAT: ("秘书处", "secretariat"),
    Role.REPRESENTATIVE: ("单位代表", "representative"),
    Role.ORGANIZER: ("主办方", "organiser"),
    Role.SUPERVISOR: ("监督员", "supervisor"),
    Role.ARBITRATOR: ("仲裁员", "arbitrator"),
    Role.DELEGATION_LEADER: ("领队", "delegation leader"),
}
SERVICES = {
    "projects": ("计划与合作项目", "Plans and projects"),
    "alliances": ("单位与联盟", "Organisations and alliances"),
    "events": ("赛事活动", "Events"),
    "notify": ("通知", "Notices"),
}
_TITLE = ("谁可以做什么", "Who may do what")
_INTRODUCTION = (
    "本页由 `hub rights` 根据程序中的权限生成，请勿手改。● 表示在所涉范围（本省、本单位、本联盟、本赛事）内持有该角色者可以；"
    "○ 表示仅限“其他条件”一栏写明的情形；空白表示不可以。除写明者外，未登录者一律不可以。",
    "`hub rights` writes this page from the rights in the code; do not edit it. ● means anybody who holds the role on the"
    " province, organisation, alliance or event concerned; ○ only in the case that the last column names; blank means no."
    " Visitors who have not signed in may do none of this unless the page says so.",
)
_HEADINGS = (("办理", "查询", "显示"), ("Doing", "Asking", "Showing"))
_ABOUT = (
    ("谁可以办理。", "谁可以查询；其他人会被拒绝。", "人人可以查询，但每一条只显示给有权看到的人。"),
    (
        "Who may carry out a command.",
        "Who may ask; everybody else is refused.",
        "Everybody may ask, and each row is shown to those who may see it.",
    ),
)
_WHAT, _FURTHER = ("事项", "what"), ("其他条件", "also, or only")
_ANYBODY, _SIGNED_IN = ("任何人", "anybody"), ("已登录者", "anybody signed in")
_ANY_SCOPE = ("任一", "any")


class Entry(NamedTuple):
    """One line of the page: a method and the right that is shown for it."""

    name: str
    right: Right


def document(language: str) -> str:
    """docs/rights.md, or docs/rights.zh-CN.md."""
    place = LANGUAGES.index(language)
    parts = [f"# {_TITLE[place]}", _INTRODUCTION[place]]
    for service in all_services():
        parts.append(f"## {SERVICES[service.name][place]}")
        for heading, about, lines in zip(_HEADINGS[place], _ABOUT[place], sections(service), strict=True):
            if lines:
                parts += [f"### {heading}", about, _table(lines, place)]
    return "\n\n".join(parts) + "\n"


def sections(service: type[Service]) -> tuple[list[Entry], list[Entry], list[Entry]]:
    """The commands of a service, its questions that are not for everybody, and what it shows to some only."""
    methods = [(name, found) for name, found in entrypoints(service, Rpc) if name != "batch"]
    return (
        [Entry(name, found.right) for name, found in methods if not found.reads],
        [Entry(name, found.right) for name, found in methods if found.reads and found.right != PUBLIC],
        [Entry(name, found.shows) for name, found in methods if found.shows != PUBLIC],
    )


def _table(lines: list[Entry], place: int) -> str:
    header = [_WHAT[place], *(names[place] for names in COLUMNS.values()), _FURTHER[place]]
    rows = [header, ["---"] * len(header)]
    names = _names()
    for name, right in lines:
        said = f"{names[name]} `{name}`" if place == 0 else name.replace("_", " ")
        rows.append([said, *(_mark(right, role) for role in COLUMNS), _further(right, place)])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _mark(right: Right, role: Role) -> str:
    """● where holding the role is enough, ○ where it is in some case."""
    held = [way for way in right.ways if role in way.roles]
    if any(isinstance(way, Holds) for way in held):
        return "●"
    return "○" if held else ""


def _further(right: Right, place: int) -> str:
    return ("；", "; ")[place].join(_words(right, place))


def _words(right: Right, place: int) -> Iterator[str]:
    """What the columns of the roles cannot say."""
    for way in right.ways:
        if isinstance(way, Given):
            yield f"{_who(way.way, place)}{('（{}）', ' ({})')[place].format(way.words[place])}"
        elif not isinstance(way, Holds) or not (way.keys or way.role == Role.HUB_OFFICE):
            yield _who(way, place)


def _who(way: Way, place: int) -> str:
    if isinstance(way, Holds):
        name = COLUMNS[way.role][place]
        return name if way.keys else f"{_ANY_SCOPE[place]}{('', ' ')[place]}{name}"
    if isinstance(way, Anybody):
        return _ANYBODY[place]
    if isinstance(way, SomebodySignedIn) and not way.words:
        return _SIGNED_IN[place]
    words: tuple[str, str] = way.words  # type: ignore[attr-defined]
    return words[place]


def _names() -> dict[str, str]:
    """How an office calls each method, in Chinese."""
    names: dict[str, str] = yaml.safe_load(Path(__file__).with_name("command_names.yaml").read_text(encoding="utf-8"))
    return names
