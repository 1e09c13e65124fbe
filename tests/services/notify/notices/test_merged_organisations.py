"""Merged organisations: the representatives of either are told of what concerns the other, for as long as they are one."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from contracts.alliances.merging.mergers import OrganizationsMerged, OrganizationsUnmerged
from kit.ids import new_id
from tests.services.notify.notices.test_arriving_in_any_order import ONE_HUB
from tests.services.notify.notify_hub import HUANGSHAN, NOW, QUZHOU, NotifyHub, envelope, membership, represents

HOUR = timedelta(hours=1)
MERGER = {"survivor": HUANGSHAN, "other": QUZHOU, "ground": "duplicate"}


@ONE_HUB
@given(data=st.data())
def test_who_is_told_does_not_depend_on_the_order(notify: NotifyHub, data: st.DataObject) -> None:
    """Before the merger, while it stands, and after it was undone."""
    own, its, merger = new_id(), new_id(), new_id()
    roles = [represents(own, HUANGSHAN, NOW - 9 * HOUR), represents(its, QUZHOU, NOW - 9 * HOUR)]
    merged = envelope(OrganizationsMerged(merger_id=merger, **MERGER, merged_at=NOW - 6 * HOUR), NOW - 6 * HOUR, merger)
    undone = OrganizationsUnmerged(
        merger_id=merger, **MERGER, merged_at=NOW - 6 * HOUR, unmerged_at=NOW - 3 * HOUR, reason="x"
    )
    parted = envelope(undone, NOW - 3 * HOUR, merger, 2)
    facts = [membership("MemberInvited", QUZHOU, NOW - hours * HOUR) for hours in (8, 5, 1)]
    before = data.draw(st.permutations([*roles, merged, *facts[:2]]))
    after = data.draw(st.permutations([parted, merged, *roles]))

    notify.hear(*before, *after, facts[2])

    told = [set(notify.told_of(fact)) & {own, its} for fact in facts]
    assert told == [{its}, {own, its}, {its}]


def test_both_are_told_of_the_merger_and_of_its_end(notify: NotifyHub) -> None:
    notify.hear(represents("own", HUANGSHAN), represents("its", QUZHOU))
    merged = envelope(OrganizationsMerged(merger_id=new_id(), **MERGER, merged_at=NOW), NOW)

    notify.hear(merged)

    assert notify.told_of(merged) == ["its", "own"]
    assert notify.inbox("its")[0]["title"] == "单位已合并：黄山学院"
