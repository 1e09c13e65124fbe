"""What was exported can be imported again: the file of one competition says what it said when it is read as a roster."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from services.events.admission.entering.roster import read_roster
from tests.gateway.on_events import OnEvents, global_id
from tests.services.events.admission.entering.entering import TEACHER
from tests.services.events.competitions.competing import ORGANIZER, a_track, opened

HEADER = "赛道,单位,参赛者,角色,姓名\n"
ROWS = """A,上海师范大学,第一队,,王小明
A,上海师范大学,第一队,,'-5
A,上海师范大学,第一队,指导教师,李老师
A,上海师范大学,'=队,,赵小红
A,上海师范大学,'=队,,钱二
A,上海师范大学,退赛队,,孙三
A,上海师范大学,退赛队,,周六
"""


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["zh-CN", "en"])
async def test_the_entries_of_a_competition_are_a_roster(gateway: OnEvents, form: str, language: str) -> None:
    events = gateway.events
    opened(events, tracks=[{**a_track(p310000=9), "kind": "team"}], rules={"entries": {"team_least": 2}})
    events.organization(representative=TEACHER)
    competition_id = str(events.ask("competitions")["nodes"][0]["id"])
    entered: Any = events.ask("import_entries", TEACHER, competition_id=competition_id, csv=HEADER + ROWS)
    events.ask("withdraw_entry", TEACHER, entry_id=entered[2]["id"])

    path = f"/exports/entries/{global_id('Competition', competition_id)}.{form}"
    file = (await gateway.get(path, ORGANIZER, language)).content

    rows = [(row.contestant, row.role, row.name) for row in read_roster(file, most_rows=9).rows]
    assert rows == [
        ("第一队", "contestant", "王小明"),
        ("第一队", "contestant", "-5"),
        ("第一队", "adviser", "李老师"),
        ("=队", "contestant", "赵小红"),
        ("=队", "contestant", "钱二"),
    ]
    encoded = base64.b64encode(file).decode()
    preview = events.ask("preview_entries", TEACHER, competition_id=competition_id, file=encoded)
    told = [(fault["row"], fault["code"]) for fault in preview["faults"]]
    assert told == [(2, "ALREADY_ENTERED"), (3, "ALREADY_ENTERED")]
