"""The page of lists: each of its queries is carried out, and the Chinese page names them all."""

from __future__ import annotations

from typing import Any

from tests.gateway.counted import CountedHub, ask
from tests.gateway.test_page_costs import fill
from tests.handbook.pages import Carried, named_in_chinese, operations

PAGE = "lists"
IDS = "query($alliance: ID!) { memberships(alliance: $alliance) { nodes { id } } }"


async def test_the_queries_of_the_page_show_what_it_says(counted: CountedHub) -> None:
    carried = Carried(PAGE)
    async with counted.client() as client:
        await fill(client, alliances=1, members=5)

        async def carry(name: str, **variables: Any) -> Any:
            return await ask(client, carried.document(name), **variables)

        first = (await carry("FirstPage"))["organizations"]
        second = (await carry("FirstPage", after=first["pageInfo"]["endCursor"]))["organizations"]
        before = (await carry("PageBefore", before=second["pageInfo"]["startCursor"]))["organizations"]
        by_name = (await carry("ByName"))["organizations"]
        rest = (await carry("ByName", after=by_name["pageInfo"]["endCursor"]))["organizations"]
        number = await carry("HowMany", kind="UNIVERSITY")
        alliance = (await ask(client, "{ alliances { nodes { id } } }"))["alliances"]["nodes"][0]["id"]
        latest = (await carry("LatestMembers", alliance=alliance))["members"]["nodes"]
        can = (await carry("WhatICanDo", alliance=alliance))["memberships"]["nodes"][0]["actions"]
        done = (await carry("WhatWasDone", alliance=alliance))["memberships"]["nodes"][0]["history"]
        page = await carry("OnePage")
        members = [each["id"] for each in (await ask(client, IDS, alliance=alliance))["memberships"]["nodes"]]
        these = {"allianceId": alliance, "membershipIds": members, "allOrNone": False}
        admitted = (await carry("AdmitThese", input=these))["admitMembers"]
        refused = (await carry("AdmitThese", input=these | {"allOrNone": True}))["admitMembers"]

    assert [node["nameZh"] for node in first["nodes"]] == ["大学0", "大学1"]
    assert [node["nameZh"] for node in before["nodes"]] == ["大学0", "大学1"]
    named = [node["nameZh"] for node in (*by_name["nodes"], *rest["nodes"])]
    assert named == [f"大学{place}" for place in range(5)]
    assert number["organizations"] == {"totalCount": 5, "totalCountIsExact": True}
    assert [each["organization"]["nameZh"] for each in latest] == [f"大学{place}" for place in (4, 3, 2, 1, 0)]
    assert {each["name"] for each in can if each["allowed"]} == {
        "correctTerm",
        "expelMember",
        "nameDelegate",
        "renewMembership",
        "setMemberClass",
        "suspendMember",
        "withdrawMember",
    }
    assert {each["problems"][0]["code"] for each in can if not each["allowed"]} == {"MEMBERSHIP_STANDS"}
    assert [each["label"] for each in done["nodes"][:2]] == ["提交入盟申请", "接纳为成员"]
    assert done["totalCount"] == len(done["nodes"])
    assert None not in page.values()
    assert [each["membershipId"] for each in admitted["outcomes"]] == members
    assert [each["problems"][0]["code"] for each in admitted["outcomes"]] == ["MEMBERSHIP_STANDS"] * len(members)
    assert [each["field"] for each in refused["problems"]] == [f"membershipIds.{n}" for n in range(len(members))]
    assert carried.missing() == []
    assert named_in_chinese(PAGE) == set(operations(PAGE))
