"""Hearing: whoever fits a filter is meant, once, in waves of any size, as a look at every entry, place and seat would find."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from contracts.authority import Role, Scope
from contracts.events.admission.entries import EntryStatus
from contracts.events.speaking.announcements import Hearers
from kit.data.db import Session
from kit.ids import new_id
from services.events.admission.entries.model import STANDING, Entry, Participant
from services.events.editions.editions.model import Stage
from services.events.editions.editions.queries import edition as edition_of
from services.events.judging.works.model import Work
from services.events.speaking.announcements.hearing import next_hearers
from services.events.speaking.announcements.model import Announcement
from services.events.speaking.announcements.settings import AnnouncementLimits
from tests.services.events.competitions.competing import CLOSES, ORGANIZER, a_track, published
from tests.services.events.competitions.test_addressing_an_alliance import told_of_member
from tests.services.events.events_hub import ANHUI, JIANGSU, SHANGHAI, EventsHub, Refused, at_once, eventually
from tests.services.events.judging.results.judging import JUDGES, judged
from tests.services.events.judging.works.handing_in import PHASES
from tests.services.events.speaking.announcing import an_edition, entered, hearers, sent, shown, written

REGIONS = {"310115": SHANGHAI, "340100": ANHUI, "320500": JIANGSU}


@dataclass
class World:
    """An edition while works are taken: what was entered, by track, institution and status, and who has a work."""

    events: EventsHub
    id: str
    series: str
    tracks: list[str]
    places: dict[str, str] = field(default_factory=dict)
    members: list[str] = field(default_factory=list)
    survivors: dict[str, str] = field(default_factory=dict)
    entries: list[tuple[str, str, EntryStatus, bool]] = field(default_factory=list)

    def meant(self, to: Hearers, track: str | None, province: str | None, named: tuple[str, ...]) -> set[str]:
        """Whom a filter means, by looking at everything."""
        those = [each for each in self.entries if track in (None, each[0])]
        if to == Hearers.DELEGATIONS:
            return self._delegations(those, province, named)
        return {each for each in self._institutions(to, those) if self._fits(each, province, named)}

    def _institutions(self, to: Hearers, those: list[tuple[str, str, EntryStatus, bool]]) -> set[str]:
        standing = {who for _, who, status, _ in those if status in STANDING}
        match to:
            case Hearers.NOT_ENTERED:
                return set(self.members) - standing - {self.survivors.get(who, who) for who in standing}
            case Hearers.NO_WORK:
                return {who for _, who, status, handed_in in those if status == EntryStatus.ENTERED and not handed_in}
            case Hearers.WAITING | Hearers.NOT_CONFIRMED:
                wanted = EntryStatus.WAITING if to == Hearers.WAITING else EntryStatus.OFFERED
                return {who for _, who, status, _ in those if status == wanted}
        return standing

    def _fits(self, who: str, province: str | None, named: tuple[str, ...]) -> bool:
        return province in (None, self.places[who]) and (not named or who in named)

    def _delegations(
        self, those: list[tuple[str, str, EntryStatus, bool]], province: str | None, named: tuple[str, ...]
    ) -> set[str]:
        of = {SHANGHAI, ANHUI} | {self.places[who] for _, who, status, _ in those if status in STANDING}
        of &= {self.places[each] for each in named} if named else of
        return {f"{self.series}:{each}" for each in of if province in (None, each)}


def a_world(events: EventsHub) -> World:
    alliance = events.alliance()
    competition = published(events, alliance_id=alliance, tracks=[a_track("甲"), a_track("乙")], phases=PHASES)
    tracks = [track["id"] for track in competition["tracks"]]
    found = World(events, competition["id"], competition["series"]["id"], tracks)
    for place in range(12):
        region = list(REGIONS)[place % 3]
        organization = events.organization(region, zh=f"大学{place}")
        found.places[organization] = REGIONS[region]
        if place % 4 != 1:
            told_of_member(events, alliance, organization)
            found.members.append(organization)
    _merge(found, alliance)
    events.clock.move_to(CLOSES + timedelta(days=2))
    eventually(lambda: "events.phase_opened" in [type_ for type_, _ in events.said()])
    with events.runtime.database.transaction() as session:
        _enter(session, found)
    return found


def _merge(world: World, alliance: str) -> None:
    """A member stands no longer, for one without an entry of its own stands in its place; what it enters is that one's."""
    merged, survivor = world.events.organization(zh="并入的大学"), world.members[-1]
    world.places[merged] = SHANGHAI
    told_of_member(world.events, alliance, merged)
    world.events.merge(survivor, merged)
    world.survivors[merged] = survivor


def _enter(session: Session, world: World) -> None:
    """Entries at every status, of which every second one that competes has a work."""
    stages = {each.track_id: each.id for each in session.query(Stage).where(Stage.edition_id == world.id)}
    statuses = [EntryStatus.ENTERED, EntryStatus.WAITING, EntryStatus.OFFERED, EntryStatus.WITHDRAWN]
    for place, who in enumerate([*list(world.places)[:9], *world.survivors] * 2):
        track, status = world.tracks[place % 2], statuses[(place * 7 // 3) % 4]
        handed_in = status == EntryStatus.ENTERED and place % 3 == 0
        world.entries.append((track, who, status, handed_in))
        entry = Entry(id=new_id(), created_at=session.now, edition_id=world.id, track_id=track, organization_id=who)
        entry.province, entry.contestant, entry.status = world.places[who], f"队{place}", status
        entry.offered_until = CLOSES if status == EntryStatus.OFFERED else None
        session.add(entry)
        session.flush()
        if status == EntryStatus.ENTERED:
            session.add(Participant(stage_id=stages[track], entry_id=entry.id))
        if handed_in:
            work = {"stage_id": stages[track], "entry_id": entry.id, "place": 1, "latest": 1}
            session.add(Work(id=new_id(), created_at=session.now, **work))


def test_waves_of_any_size_name_everybody_who_is_meant_once(events: EventsHub) -> None:
    world = a_world(events)

    @given(data=st.data())
    def law(data: st.DataObject) -> None:
        to = data.draw(st.sampled_from([each for each in Hearers if each != Hearers.JUDGES]))
        track = data.draw(st.sampled_from([None, *world.tracks]))
        province = data.draw(st.sampled_from([None, *REGIONS.values()]))
        named = tuple(data.draw(st.lists(st.sampled_from(list(world.places)), max_size=4, unique=True)))
        most = data.draw(st.integers(1, 5))

        told = _waves(world, most, to=to, track_id=track, province=province, organization_ids=list(named))

        assert [each for wave in told for each in wave] == sorted(world.meant(to, track, province, named))
        assert all(len(wave) == most for wave in told[:-1])

    law()


def _waves(world: World, most: int, **filter_: Any) -> list[list[str]]:
    with world.events.runtime.database.transaction(writes=False) as session:
        announcement = Announcement(edition_id=world.id, edition=edition_of(session, world.id), **filter_)
        waves: list[list[str]] = []
        while wave := next_hearers(session, announcement, most):
            waves.append(wave)
            announcement.behind = wave[-1]
        return waves


def test_judges_are_told_by_track_and_themselves(events: EventsHub) -> None:
    stage = judged(events)
    draft = written(events, stage.competition_id, "judges")
    assert events.ask("announcement_reach", ORGANIZER, announcement_id=draft)["organization_ids"] == []

    done = sent(events, draft)

    assert done["reached"] == len(JUDGES)
    assert hearers(events, draft, "people") == [sorted(JUDGES)]
    assert shown(events, draft, JUDGES[0])["title_zh"]


def test_the_leaders_of_delegations_read_what_was_said_to_them(events: EventsHub) -> None:
    edition, _ = an_edition(events)
    series = events.ask("competitions_by_id", ids=[edition])[0]["series"]["id"]
    events.grant("leader", Role.DELEGATION_LEADER, Scope.delegation(series, ANHUI))
    draft = written(events, edition, "delegations", province=ANHUI)
    seen = events.ask("announcement_reach", ORGANIZER, announcement_id=draft)

    sent(events, draft)

    assert (seen["total"], seen["provinces"]) == (1, [ANHUI])
    assert hearers(events, draft, "provinces") == [[ANHUI]]
    assert [each["id"] for each in events.ask("announcements", "leader", competition_id=edition)["nodes"]] == [draft]


def test_two_at_once_share_what_a_day_has(events: EventsHub) -> None:
    runtime = events.runtime
    object.__setattr__(runtime, "settings", runtime.settings.having(AnnouncementLimits(wave=1, a_day=1)))
    edition, track = an_edition(events)
    entered(events, track)
    drafts = [written(events, edition) for _ in range(2)]

    ends = at_once(
        *(lambda each=each: events.ask("send_announcement", ORGANIZER, announcement_id=each) for each in drafts)  # type: ignore[misc]
    )

    assert [each.codes for each in ends if isinstance(each, Refused)] == [["ANNOUNCEMENTS_SPENT"]]


def test_a_wave_that_is_left_to_a_timer_goes_on_where_the_last_one_ended(events: EventsHub) -> None:
    runtime = events.runtime
    object.__setattr__(runtime, "settings", runtime.settings.having(AnnouncementLimits(wave=1, a_day=2)))
    edition, track = an_edition(events)
    both = sorted(entered(events, track) for _ in range(2))
    first, second, third = (written(events, edition) for _ in range(3))

    assert sent(events, first)["reached"] == 2
    assert hearers(events, first) == [[each] for each in both]
    sent(events, second)
    with events.refuses("ANNOUNCEMENTS_SPENT", most=2):
        events.ask("send_announcement", ORGANIZER, announcement_id=third)
