"""Finding: an organisation by a part of its name, by initials and by an English alias; an alliance by its pinyin and kind."""

from __future__ import annotations

from tests.alliances.cast import Cast
from tests.handbook.stage import Play


def find(play: Play, cast: Cast) -> None:
    for typed in ("qzzyjs", "职业技术", "quzhou voc"):
        found = play.pages("FindOrganizations", "", search=typed)
        assert [each["id"] for each in found] == [cast.organizations["quzhou"]]
    for which in ({"search": "xinmeiti"}, {"kind": "UNIVERSITY_ALLIANCE"}):
        assert cast.alliance in [each["id"] for each in play.pages("FindAlliances", "", **which)]
