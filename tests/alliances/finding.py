"""Finding: organisations by the beginning of a name, and alliances by their kind."""

from __future__ import annotations

from tests.alliances.cast import Cast
from tests.handbook.stage import Play


def find(play: Play, cast: Cast) -> None:
    found = play.pages("FindOrganizations", "", name="衢州职业")
    assert [each["id"] for each in found] == [cast.organizations["quzhou"]]
    assert cast.alliance in [each["id"] for each in play.pages("FindAlliances", "", kind="UNIVERSITY_ALLIANCE")]
