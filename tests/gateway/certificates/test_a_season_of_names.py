"""A season of names: whoever bears a rare name enters, is judged, wins and is printed letter by letter.

Every step is a command, from `submit_entry` on; what nobody could read comes no further than that. Teams bear the names
together, so that few certificates show them all.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from html import unescape
from typing import Any

from contracts.names import is_unseen
from kit.fonts.settings import FontSettings
from tests.gateway.certificates.desk import Desk, first_page
from tests.names.table import BLANK, PUT_RIGHT, REAL, REFUSED
from tests.services.events.competitions.competing import CLOSES, ORGANIZER
from tests.services.events.judging.judges.judging import SUPERVISOR, Running, a_track
from tests.services.events.judging.scoring.judging import PHASE
from tests.services.events.recognition.awards.prizing import prize
from tests.services.service_hub import eventually

UNPRINTED = {"王\U0002ebf0": "U+2EBF0", "👩\u200d🔬队": "U+1F52C", "👩": "U+1F469"}
WRITTEN = {kept: given for given, kept in PUT_RIGHT.items()} | {name: name for name in REAL.values()}
"""How each name that is kept was written on entering."""
TOGETHER = 10
PRINTED = [name for name in WRITTEN if name not in UNPRINTED]
TEAMS = [*(PRINTED[n : n + TOGETHER] for n in range(0, len(PRINTED), TOGETHER)), list(UNPRINTED)]
RULES = {
    "awards": {"prizes": [prize("first", count=len(TEAMS), points=5)], "advisers": None, "organizations": None},
    "entries": {"team_least": 1, "team_most": TOGETHER},
}


class Season(Running):
    """One in which teams are called like their first members, and all of them win."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.events, 0, {"tracks": [{**a_track(), "kind": "team"}], "phases": [PHASE], "rules": RULES})

    def enter(self, names: Sequence[str], adviser: str) -> dict[str, Any]:
        """One team with its adviser, who is none of it."""
        given = {"track_id": self.track_id, "organization_id": self.university(0), "contestant": names[0]}
        members = [{"role": "contestant", "name": name} for name in names]
        members.append({"role": "adviser", "name": adviser})
        entry: dict[str, Any] = self.events.ask("submit_entry", **given, members=members)
        return entry

    def judge(self) -> str:
        """Let a panel be drawn, and every judge fill in every sheet; the id of the stage, its codes opened."""
        for number in range(8):
            self.nominate(number)
        stage_id = self.begin()
        self.drawn(stage_id)
        seats = self.accepted(stage_id)
        self.events.ask("assign_judges", ORGANIZER, stage_id=stage_id)
        self.events.clock.move_to(CLOSES + timedelta(days=1))
        for person in map(self.person, seats):
            eventually(lambda person=person: self.write(person, stage_id))
        self.events.ask("lock_sheets", ORGANIZER, stage_id=stage_id)
        for person in (ORGANIZER, SUPERVISOR):
            self.events.ask("open_codes", person, stage_id=stage_id)
        return stage_id

    def write(self, person: str, stage_id: str) -> int:
        """How many sheets a judge has filled in."""
        sheets = self.events.ask("my_sheets", person, stage_id=stage_id, first=100)["nodes"]
        for place, sheet in enumerate(sheets):
            points = {"idea": str(30 - place), "content": "30", "presentation": "20"}
            scores = [{"criterion": key, "points": each} for key, each in points.items()]
            self.events.ask("save_sheet", person, sheet_id=sheet["id"], scores=scores, remark="")
            self.events.ask("submit_sheet", person, sheet_id=sheet["id"])
        return len(sheets)

    def announce(self, stage_id: str) -> None:
        """Propose and countersign the result, and let the time for objections pass."""
        proposed = self.events.ask("propose_result", ORGANIZER, stage_id=stage_id)
        digest = proposed["versions"][-1]["digest"]
        self.events.ask("countersign_result", SUPERVISOR, result_id=proposed["id"], digest=digest)
        self.events.clock.advance(timedelta(days=10))
        eventually(lambda: self.events.ask("result", "", stage_id=stage_id)["status"] == "final")

    def awards(self, stage_id: str) -> dict[str, str]:
        """The numbers of the certificates, by the team; what cannot be printed is told of before."""
        [told] = self.events.refusals("grant_awards", ORGANIZER, stage_id=stage_id)
        assert told["code"] == "NAMES_NOT_PRINTED"
        self.events.ask("grant_awards", ORGANIZER, stage_id=stage_id, unprinted=True)
        page = self.events.ask("awards", ORGANIZER, competition_id=self.competition_id, first=100)
        return {each["recipient"]: each["number"] for each in page["nodes"]}


async def test_every_name_is_printed_letter_by_letter_at_the_end_of_a_season(desk: Desk, fonts: FontSettings) -> None:
    season = Season(desk)
    school = season.university(1)
    for name in (*REFUSED, *BLANK):
        season.events.refusals("submit_entry", track_id=season.track_id, organization_id=school, contestant=name)
    printed = TEAMS[:-1]
    for names, others in zip(TEAMS, [*printed[1:], *printed[:1], printed[0]], strict=True):
        entered = season.enter([WRITTEN[name] for name in names], WRITTEN[others[-1]])
        assert entered["contestant"] == names[0]
    stage_id = season.judge()
    season.announce(stage_id)

    numbers = season.awards(stage_id)

    for names in TEAMS:
        number = numbers.pop(names[0])
        checked = unescape((await desk.get(f"/verify/{number}")).text)
        assert all(name in checked for name in names)
        answer = await desk.get(f"/certificates/{number}.pdf")
        if names[0] in UNPRINTED:
            assert answer.status_code == 409
            assert all(letter in answer.text for letter in UNPRINTED.values())
        else:
            letters = seen(first_page(answer.content).get_textpage().get_text_range())
            assert [name for name in names if seen(name) not in letters] == []
    assert numbers == {}


def seen(text: str) -> str:
    """Its letters, without what has no shape of its own: a joiner or selector has done its work when the page is set."""
    return "".join(letter for letter in text if not (letter.isspace() or is_unseen(letter)))
