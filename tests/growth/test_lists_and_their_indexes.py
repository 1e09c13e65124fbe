"""Every list reads what it shows: asked of thousands of rows, no statement reads a table whole or sorts more than a page.

The lists are found by their forms and asked by everybody who may ask, so a new one without an index fails here.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from contracts.alliances.merging.mergers import DuplicateReason
from contracts.browsing import MOST_COUNTED
from hub.services import all_services
from kit.data.db import Context, KitTable
from kit.process.runtime import Runtime
from kit.settings import SERVICES
from kit.viewer import Viewer
from kit.wire.request import Request
from procedures.search.finding import LOOKED_AT
from services.alliances.merging.mergers.finding import LOOKED_AT as PAIRS_LOOKED_AT
from tests.clock import StandingClock
from tests.databases.ground import GROUND, hub_of
from tests.growth.filling import fill
from tests.growth.lists import PAGE, Question, questions
from tests.growth.plans import Plan, captured, explained
from tests.growth.rows import VIEWERS
from tests.servers.fixtures import revived
from tests.servers.postgres import PostgreSQL

ROWS = 3000
"""In most tables; half of them belong to one parent."""
MANY = {"": ROWS} | dict.fromkeys(
    (
        "memberships",
        "membership_steps",
        "organizations",
        "organization_names",
        "plan_sections",
        "work_items",
        "organization_fragments",
    ),
    12 * ROWS,
)
"""Of what a page shows the first of each, more: as many as PostgreSQL takes for more than a page of one parent's."""
MOST_READ = 700
"""Rows that one statement may look at, beside four for each that it returns or counts: fifty things with all that is theirs."""
MOST_SORTED = 150
WHOLE = {
    "duplicates": "looks at a window of its own size, of which a test below tells; from its end and counted it is read whole",
    "actions_on_competitions": "goes along the awards of each competition of a page until one that stands",
    "my_dates": "goes along what is due in the span, of which one viewer of this test has half: terms of a member, milestones",
    "questions": "goes along the questions of one competition, and those below a province or of an asker, to what is shown",
    "sheets_by_id": "goes along the sheets of one judge, who in this test has half of all there are",
    "dismissals": "goes along the pairs that were dismissed to those called as then, which nearly all are, if not in this test",
    "members(alliance_id, by_class)": "sorts the members of one alliance by a class that follows from the day",
    "members(alliance_id, order_by name)": "sorts the members of one alliance by the names of their organisations",
    "people(organization_id, search)": "sorts the people of one organisation by what is found of them",
    "conflicts": "finds every conflict of the candidates of a page with all entries of a stage",
    "quotas": "sums up the places of the institutions of a province; sums that are kept would be a row all entries wait for",
    "ranking": "makes the places of a stage once for each state of its sheets",
    "sensitivity": "tells what each place depends on, which is to rank many times over",
}
"""What reads a whole stage, track or index to show a page of it, and why."""

pytestmark = pytest.mark.live


@pytest.fixture(scope="module")
def runtimes(_database_server: PostgreSQL, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Runtime]]:
    """The services on filled databases; nothing is started, so that all that is sent is asked here."""
    with pytest.MonkeyPatch.context() as environment, GROUND.on(revived(_database_server)):
        environment.setenv("HUB_HOME", str(tmp_path_factory.mktemp("growth")))
        found = hub_of(all_services(), StandingClock()).runtimes
        for runtime in found.values():
            with runtime.database.engine.begin() as connection:
                fill(connection, KitTable.metadata, {"": ROWS})
                fill(connection, runtime.service_class.tables, MANY)
        yield found
        for runtime in found.values():
            runtime.database.close()


@pytest.mark.timeout(900)
@pytest.mark.parametrize("service", SERVICES)
def test_no_list_reads_or_sorts_much_more_than_it_shows(service: str, runtimes: dict[str, Runtime]) -> None:
    walk = Walk(runtimes[service])

    found = {str(question): walk.faults(question) for question in questions(runtimes[service].service_class)}

    assert {question: faults for question, faults in found.items() if faults} == {}
    assert walk.statements > len(found) / 2


@pytest.mark.parametrize("chosen", [{"kind": "government_office"}, {"region": "341004"}, {"name": "name7"}], ids=str)
def test_a_search_from_which_few_are_chosen_looks_no_further_than_its_window(
    chosen: dict[str, str], runtimes: dict[str, Runtime]
) -> None:
    runtime = runtimes["alliances"]
    for search in ("fragment", "frag"):
        request = Request("organizations", {"search": search, **chosen}, Context(Viewer("")))
        with captured(runtime.database.engine) as statements:
            payload = runtime.answer(request)
        assert payload
        assert len(payload["result"]["nodes"]) < PAGE < LOOKED_AT
        assert payload["result"]["has_next"]
        assert payload["result"]["end"]
        with runtime.database.engine.connect() as connection:
            plans = [explained(connection, statement) for statement in statements]
        assert max(plan.rows for plan in plans) <= 4 * LOOKED_AT
        assert not any(plan.scanned for plan in plans)


@pytest.mark.parametrize("chosen", [{}, {"province": "340000"}], ids=str)
@pytest.mark.parametrize("reason", DuplicateReason)
def test_pairs_that_may_be_one_are_looked_for_no_further_than_a_window(
    reason: DuplicateReason, chosen: dict[str, str], runtimes: dict[str, Runtime]
) -> None:
    runtime, after = runtimes["alliances"], None
    for _ in range(2):
        which = {"reason": reason, **chosen} | ({"after": after} if after else {})
        with captured(runtime.database.engine) as statements:
            payload = runtime.answer(Request("duplicates", which, Context(Viewer("hub-office"))))
        assert payload
        assert (payload["result"]["nodes"], payload["result"]["has_next"]) == ([], True)
        after = payload["result"]["end"]
        with runtime.database.engine.connect() as connection:
            plans = [explained(connection, statement) for statement in statements]
        assert max(plan.rows for plan in plans) <= 4 * PAIRS_LOOKED_AT
        assert not any(plan.scanned for plan in plans)


class Walk:
    """Asks questions of one service, and explains each statement that was not seen before."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._seen: set[tuple[str, str]] = set()

    @property
    def statements(self) -> int:
        return len(self._seen)

    def faults(self, question: Question) -> list[str]:
        """What is wrong with how it is answered, to whoever asks."""
        answers = [self._asked(question, viewer) for viewer in [*VIEWERS, "somebody", ""]]
        if not _whole(question) and all(answer is None for answer in answers):
            return ["nobody was answered"]
        return [fault for answer in answers for fault in answer or ()]

    def _asked(self, question: Question, viewer: str) -> list[str] | None:
        if _whole(question):
            return None
        engine = self._runtime.database.engine
        with captured(engine) as statements:
            payload = self._runtime.answer(Request(question.method, dict(question.arguments), Context(Viewer(viewer))))
        assert payload
        if payload["error"]:
            assert payload["error"]["kind"] == "refusal", f"{question} of {viewer}"
            return None
        fresh = {(each.sql, repr(each.parameters)): each for each in statements}
        with engine.connect() as connection:
            plans = {key: explained(connection, fresh[key]) for key in fresh.keys() - self._seen}
        self._seen |= plans.keys()
        return [
            f"{viewer}: {fault}: {sql}"
            for (sql, _), plan in plans.items()
            for fault in _faults(plan, counts=question.counts)
        ]


def _whole(question: Question) -> bool:
    return not {question.method, str(question)}.isdisjoint(WHOLE)


def _faults(plan: Plan, *, counts: bool = False) -> Iterator[str]:
    returned = MOST_COUNTED + 1 if counts else plan.returned
    scanned = {} if counts else plan.scanned  # what is counted is read, as far as that goes
    for table, rows in scanned.items():
        if rows >= ROWS / 2:
            yield f"reads all of {table}"
    if plan.rows > MOST_READ + 4 * returned:
        yield f"looks at {plan.rows} rows"
    if plan.sorted > MOST_SORTED + returned:
        yield f"sorts {plan.sorted} rows"


def test_a_list_without_an_index_is_found(runtimes: dict[str, Runtime]) -> None:
    with runtimes["alliances"].database.engine.begin() as connection:
        connection.exec_driver_sql("DROP INDEX ix_memberships_alliance")
        connection.exec_driver_sql("DROP INDEX uq_memberships_pair")

    question = next(each for each in questions(runtimes["alliances"].service_class) if each.method == "memberships")
    few = Question("memberships", {**question.arguments, "status": "applied"})

    assert any("rows" in fault for fault in Walk(runtimes["alliances"]).faults(few))
