"""Cast: an alliance of the media with its secretariat, and the colleges and bureaus that come to it, with who represents them."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.handbook.stage import Play

OFFICE, SECRETARY = "hub-office", "media-secretary"
NAMES = {
    "quzhou": ("衢州职业技术学院", "Quzhou College of Technology", "330802", "VOCATIONAL_COLLEGE"),
    "jiashan": ("嘉善开放大学", "Jiashan Open University", "330421", "UNIVERSITY"),
    "jinshan": ("金山职业学院", "Jinshan Vocational College", "310116", "VOCATIONAL_COLLEGE"),
    "wuxi": ("无锡市教育局", "Wuxi Education Bureau", "320200", "EDUCATION_BUREAU"),
}
ALIASES = {"quzhou": ["Quzhou Vocational and Technical College"]}


@dataclass
class Cast:
    """The alliance and the organisations, by the names above; the representative of `quzhou` is `of-quzhou`."""

    alliance: str = ""
    organizations: dict[str, str] = field(default_factory=dict)


def representative(name: str) -> str:
    return f"of-{name}"


def gather(play: Play) -> Cast:
    """Register everybody."""
    cast = Cast()
    for name, (zh, en, region, kind) in NAMES.items():
        given = {"nameZh": zh, "nameEn": en, "region": region, "kind": kind, "aliases": ALIASES.get(name, [])}
        registered = play.do("RegisterOrganization", OFFICE, **given, representative=f"persona:{representative(name)}")
        cast.organizations[name] = registered["organization"]["id"]
    cast.alliance = play.do(
        "FoundAlliance",
        OFFICE,
        kind="UNIVERSITY_ALLIANCE",
        nameZh="长三角新媒体教育联盟",
        nameEn="YRD New Media Education Alliance",
        secretariat=f"persona:{SECRETARY}",
    )["alliance"]["id"]
    return cast
