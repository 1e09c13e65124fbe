"""Jobs: long work is done once, whoever dies at whatever moment, and nothing is locked while it is thought about."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, select, update

from contracts.jobs import JobEnded, JobStatus, TooManyJobs
from contracts.refusals import ChangedMeanwhile, NotAllowed
from kit.context import Context
from kit.data.db import Database, Session
from kit.settings import LongWork
from kit.viewer import Viewer
from kit.work import job_rows
from kit.work.apart import Limits
from kit.work.due import State, claim
from kit.work.job_rows import JobRow, ask_for, asked_at, enqueue, forget_answers, forget_ended, forget_refused
from kit.work.jobs import Job, Jobs, Next, job
from tests.clock import NOW, StandingClock
from tests.kit import thinking
from tests.kit.test_db import together
from tests.kit.things import KEEPING, RETRY, Note, Silence, eventually

LEASE = 30
HOW = LongWork(lanes=1, each=3, lease=LEASE, wait=0, seconds=30, memory=2**31)
DAY = timedelta(days=1)
ANN = Context(Viewer("ann"), "en", "c-7")


class Killed(BaseException):
    """The process dies here; nothing catches it."""


@pytest.fixture(autouse=True)
def _no_traceback_for_each_failure_that_is_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kit.work.jobs.log", lambda _: Silence())


def doubled(session: Session, job: Job, *, number: int) -> dict[str, int]:
    """A work that thinks and leaves a note."""
    twice = job.think(thinking.double, number)
    session.add(Note(message_id=str(twice)))
    return {"twice": twice}


def jobs(database: Database, work: Callable[..., Any] = doubled, stopping: threading.Event | None = None) -> Jobs:
    stopping = stopping or threading.Event()
    return Jobs(database, {"double": work}, RETRY, HOW, stopping)


def ask(database: Database, name: str = "double", *, joins: bool = False, **arguments: Any) -> str:
    with database.transaction(ANN) as session:
        return enqueue(session, name, arguments or {"number": 21}, joins=joins)


def share(database: Database, number: int, context: Context = ANN) -> str:
    with database.transaction(context) as session:
        return ask_for(session, "double", {"number": number}, most=HOW.each)


def row(database: Database, job_id: str) -> JobRow:
    with database.transaction(writes=False) as session:
        return session.get_one(JobRow, job_id)


def notes(database: Database) -> list[str]:
    with database.transaction(writes=False) as session:
        return list(session.scalars(select(Note.message_id).order_by(Note.number)))


def test_a_job_ends_with_its_effect_and_its_outcome(database: Database) -> None:
    job_id = ask(database)
    assert row(database, job_id).status == JobStatus.QUEUED

    assert jobs(database).work() == NOW
    assert jobs(database).work() is None

    found = row(database, job_id)
    assert (found.status, found.outcome, found.ended_at) == (JobStatus.DONE, {"result": {"twice": 42}}, NOW)
    assert notes(database) == ["42"]


def test_a_job_is_done_in_the_name_of_who_asked(database: Database) -> None:
    contexts: list[Context] = []

    def work(session: Session, _job: Job, **_: Any) -> None:
        contexts.append(session.context)

    ask(database)
    jobs(database, work).work()

    assert contexts == [ANN]


def test_no_transaction_is_open_while_a_job_is_thought_about(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_ones: list[int] = []
    begun = {"now": 0}
    event.listen(database.engine, "begin", lambda _: begun.update(now=begun["now"] + 1))
    event.listen(database.engine, "commit", lambda _: begun.update(now=begun["now"] - 1))
    event.listen(database.engine, "rollback", lambda _: begun.update(now=begun["now"] - 1))

    def look(_limits: Limits, _tick: object, function: Callable[..., Any], *arguments: Any) -> Any:
        open_ones.append(begun["now"])
        return "gave", function(*arguments)

    monkeypatch.setattr("kit.work.jobs.answered", look)
    ask(database)
    jobs(database).work()

    assert open_ones == [0]
    assert notes(database) == ["42"]


def test_what_is_decided_fits_the_state_in_which_it_is_written_down(database: Database) -> None:
    """Somebody changes what was thought about: it is thought about again."""
    seen: list[int] = []

    def work(session: Session, job: Job, *, number: int) -> int:
        others = len(session.scalars(select(Note)).all())
        seen.append(others)
        found = job.think(thinking.double, others)
        session.add(Note(message_id=f"found {found}"))
        return found

    def change_meanwhile(*_: Any) -> None:
        if len(seen) == 1:
            with database.transaction() as session:
                session.add(Note(message_id="meanwhile"))

    runner = jobs(database, work)
    thought = runner._thought
    runner._thought = lambda *asked: (change_meanwhile(), thought(*asked))[1]  # type: ignore[method-assign]
    job_id = ask(database)
    runner.work()

    assert seen == [0, 1, 1]
    assert row(database, job_id).outcome == {"result": 2}
    assert notes(database) == ["meanwhile", "found 2"]


def test_a_state_that_never_stands_still_is_refused_at_last(database: Database) -> None:
    asked = iter(range(1000))
    job_id = ask(database)

    jobs(database, lambda _session, job, **_: job.think(thinking.double, next(asked))).work()

    assert row(database, job_id).problems == ChangedMeanwhile().problems()


def test_what_a_rule_refuses_ends_the_job_without_an_effect(database: Database) -> None:
    def work(session: Session, _job: Job, **_: Any) -> None:
        session.add(Note(message_id="effect"))
        raise NotAllowed("stageId")

    job_id = ask(database)
    jobs(database, work).work()

    found = row(database, job_id)
    assert (found.status, found.problems, found.ended_at) == (JobStatus.FAILED, NotAllowed("stageId").problems(), NOW)
    assert (found.state, notes(database)) == (State.DONE, [])


def test_a_job_that_fails_is_tried_again_and_parked_at_last(database: Database, clock: StandingClock) -> None:
    job_id = ask(database, number="not a number")
    runner = jobs(database, lambda _session, job, **_: job.think(thinking.fail, "never"))
    for _ in range(10):
        runner.work()
        clock.advance(DAY)

    found = row(database, job_id)
    assert (found.status, found.state, found.attempts) == (JobStatus.FAILED, State.PARKED, RETRY.attempts)
    assert found.error == "ValueError: never"
    assert [problem["code"] for problem in found.problems or []] == ["JOB_FAILED"]

    with database.transaction() as session:
        session.get_one(JobRow, job_id).try_again(session.now)
    jobs(database, lambda *_, **__: "at last").work()
    assert row(database, job_id).status == JobStatus.DONE


@pytest.mark.parametrize("moment", ["claimed", "thinking", "thought", "effect", "recorded"])
def test_killed_anywhere_a_job_is_done_once(database: Database, clock: StandingClock, moment: str) -> None:
    def die(at: str) -> None:
        if at == moment:
            raise Killed

    def work(session: Session, job: Job, *, number: int) -> Any:
        if not job.thoughts:
            die("claimed")
        else:
            die("thought")
        found = doubled(session, job, number=number)
        session.flush()
        die("effect")
        return found

    runner = jobs(database, work)
    thought = runner._thought

    def dying(*asked: Any) -> Any:
        die("thinking")
        return thought(*asked)

    runner._thought = dying  # type: ignore[method-assign]
    job_id = ask(database)
    if moment == "recorded":
        runner.work()
    else:
        with pytest.raises(Killed):
            runner.work()
        assert notes(database) == []
        assert jobs(database).work() == NOW + timedelta(seconds=LEASE)  # nobody takes it while its claim stands
        assert row(database, job_id).status == JobStatus.RUNNING

    clock.advance(timedelta(seconds=LEASE))
    while jobs(database).work() == clock.now():
        pass

    assert notes(database) == ["42"]
    assert row(database, job_id).status == JobStatus.DONE


def test_who_lost_the_claim_while_thinking_records_nothing(database: Database, clock: StandingClock) -> None:
    first = jobs(database)
    thought = first._thought

    def overtaken(*asked: Any) -> Any:
        clock.advance(timedelta(seconds=LEASE))
        jobs(database).work()
        return thought(*asked)

    first._thought = overtaken  # type: ignore[method-assign]
    job_id = ask(database)
    first.work()

    assert notes(database) == ["42"]
    assert (row(database, job_id).status, row(database, job_id).attempts) == (JobStatus.DONE, 2)


def test_a_failure_of_who_lost_the_claim_is_not_written_over_the_outcome(
    database: Database, clock: StandingClock
) -> None:
    first = jobs(database)

    def overtaken(*_: Any) -> Any:
        clock.advance(timedelta(seconds=LEASE))
        jobs(database).work()
        raise ValueError("too late")

    first._thought = overtaken  # type: ignore[method-assign]
    job_id = ask(database)
    first.work()

    assert (row(database, job_id).status, row(database, job_id).error) == (JobStatus.DONE, None)


def test_a_stopped_job_has_no_effect_and_its_child_is_ended(database: Database) -> None:
    job_id = ask(database)

    def think_long(_session: Session, job: Job, **_: Any) -> str:
        return job.think(thinking.burn, 100)

    running = threading.Thread(target=jobs(database, think_long).work)
    running.start()
    eventually(lambda: row(database, job_id).status == JobStatus.RUNNING)
    with database.transaction() as session:
        job_rows.stop(session, job_id)
    running.join(60)

    assert not running.is_alive()
    found = row(database, job_id)
    assert (found.status, found.outcome, notes(database)) == (JobStatus.STOPPED, None, [])
    with database.transaction() as session, pytest.raises(JobEnded):
        job_rows.stop(session, job_id)


def test_who_stops_a_job_that_has_just_ended_is_told_so(database: Database) -> None:
    job_id = ask(database)
    with database.transaction() as session:
        seen = session.get_one(JobRow, job_id)  # whose it is, before anybody may stop it
        done = update(JobRow).values(state=State.DONE, due_at=None, ended_at=session.now)
        session.execute(done.execution_options(synchronize_session=False))
        assert seen.state == State.WAITING

        with pytest.raises(JobEnded):
            job_rows.stop(session, job_id)
    assert row(database, job_id).status == JobStatus.DONE


def test_a_process_that_ends_hands_its_job_to_another_at_once(database: Database) -> None:
    stopping = threading.Event()
    job_id = ask(database)

    def think_long(_session: Session, job: Job, **_: Any) -> str:
        return job.think(thinking.burn, 100)

    running = threading.Thread(target=jobs(database, think_long, stopping).work)
    running.start()
    eventually(lambda: row(database, job_id).status == JobStatus.RUNNING)
    stopping.set()
    running.join(60)

    assert (row(database, job_id).status, row(database, job_id).attempts) == (JobStatus.QUEUED, 0)
    jobs(database).work()
    assert notes(database) == ["42"]


def test_a_process_that_is_about_to_end_takes_no_job(database: Database) -> None:
    stopping = threading.Event()
    stopping.set()
    job_id = ask(database)

    assert jobs(database, stopping=stopping).work() is None
    assert row(database, job_id).status == JobStatus.QUEUED

    jobs(database).work()
    assert row(database, job_id).status == JobStatus.DONE


def test_a_child_that_is_killed_costs_a_try_and_nothing_else(
    database: Database, clock: StandingClock, tmp_path: Path
) -> None:
    job_id = ask(database)
    runner = jobs(database, lambda _session, job, **_: job.think(thinking.die_once, str(tmp_path / "mark")))
    runner.work()
    assert row(database, job_id).status == JobStatus.QUEUED

    clock.advance(DAY)
    runner.work()

    assert row(database, job_id).outcome == {"result": "lived"}


def test_progress_is_seen_on_the_way(database: Database) -> None:
    job_id = ask(database)

    def progress() -> tuple[int, int]:
        job = row(database, job_id)
        return job.done, job.total

    seen = {progress()}
    running = threading.Thread(target=jobs(database, lambda _s, job, **_: job.think(thinking.count, 4)).work)
    running.start()
    while running.is_alive():
        seen.add(progress())
    seen.add(progress())

    assert seen >= {(0, 0), (4, 4)}
    assert len(seen) > 2
    assert row(database, job_id).outcome == {"result": "counted"}


def waves(session: Session, job: Job, **_: Any) -> Any:
    """Three steps, each with its own effect and its own transaction."""
    number = job.saved.get("number", 0)
    session.add(Note(message_id=f"wave {number}"))
    if number == 2:
        return "told"
    return Next({"number": number + 1}, done=number + 1, total=3)


def test_steps_are_taken_once_each_and_go_on_where_a_killed_process_has_left_them(
    database: Database, clock: StandingClock
) -> None:
    def dies_in_the_second(session: Session, job: Job, **_: Any) -> Any:
        found = waves(session, job)
        session.flush()
        if job.saved:
            raise Killed
        return found

    job_id = ask(database)
    with pytest.raises(Killed):
        jobs(database, dies_in_the_second).work()
    found = row(database, job_id)
    assert (found.saved, found.done, found.total, notes(database)) == ({"number": 1}, 1, 3, ["wave 0"])

    clock.advance(timedelta(seconds=LEASE))
    jobs(database, waves).work()

    assert notes(database) == ["wave 0", "wave 1", "wave 2"]
    assert row(database, job_id).outcome == {"result": "told"}


def test_many_replicas_do_each_job_once(database: Database) -> None:
    asked = [ask(database, number=number) for number in range(12)]

    def work_all() -> None:
        runner = jobs(database)
        while runner.work() == NOW:
            pass

    together([work_all] * 4)

    assert sorted(map(int, notes(database))) == [2 * number for number in range(12)]
    assert {row(database, each).attempts for each in asked} == {1}


def test_who_asks_again_joins_what_is_under_way(database: Database) -> None:
    first = ask(database, joins=True)
    assert ask(database, joins=True) == first
    assert ask(database, joins=True, number=1) != first
    assert ask(database) != ask(database)
    while jobs(database).work() == NOW:
        pass

    assert ask(database, joins=True) != first


def test_one_person_has_few_jobs_under_way_and_may_always_join_one_of_them(database: Database) -> None:
    first, *_ = [share(database, number) for number in range(3)]

    with pytest.raises(TooManyJobs) as refused:
        share(database, 3)

    assert refused.value.params == {"max": 3}
    assert share(database, 0) == first
    assert share(database, 3, Context(Viewer("bob")))
    ask(database)  # the hub's own work counts for nobody
    jobs(database).work()
    assert share(database, 3)


def test_of_many_who_ask_at_once_in_one_name_no_more_are_let_in(database: Database) -> None:
    numbers = iter(range(8))
    refused = []

    def one() -> None:
        try:
            share(database, next(numbers))
        except TooManyJobs as refusal:
            refused.append(refusal)

    together([one] * 8)

    assert len(refused) == 5


def test_a_job_knows_when_it_was_asked_for(database: Database, clock: StandingClock) -> None:
    moments = []

    def work(session: Session, _job: Job, **_: Any) -> None:
        moments.append((asked_at(session), session.now))

    ask(database)
    clock.advance(DAY)
    jobs(database, work).work()

    assert moments == [(NOW, NOW + DAY)]
    with database.transaction(ANN) as session:
        assert asked_at(session) == NOW + DAY


def test_what_a_rule_refused_is_forgotten_after_a_day(database: Database, clock: StandingClock) -> None:
    def refusing(*_: Any, **__: Any) -> Any:
        raise NotAllowed

    refused = ask(database)
    jobs(database, refusing).work()
    done = ask(database)
    jobs(database).work()
    assert row(database, refused).problems

    clock.advance(DAY + timedelta(seconds=1))
    with database.transaction() as session:
        forget_refused(session, KEEPING)

    with database.transaction(writes=False) as session:
        assert list(session.scalars(select(JobRow.id))) == [done]


def test_answers_are_forgotten_after_a_day_and_rows_after_a_month(database: Database, clock: StandingClock) -> None:
    job_id = ask(database)
    jobs(database).work()

    clock.advance(DAY + timedelta(seconds=1))
    with database.transaction() as session:
        forget_answers(session, KEEPING)
    assert (row(database, job_id).status, row(database, job_id).outcome) == (JobStatus.DONE, None)

    clock.advance(30 * DAY)
    with database.transaction() as session:
        forget_ended(session, KEEPING)
        assert session.get(JobRow, job_id) is None


def test_what_was_never_heard_of_again_has_ended_and_is_forgotten_once_it_is_discarded(
    database: Database, clock: StandingClock
) -> None:
    job_id = ask(database)
    for _ in range(RETRY.attempts):
        with database.transaction() as session:
            claimed = claim(session, JobRow, RETRY)
            assert claimed
            claimed.begin(timedelta(seconds=LEASE), session.now)
        clock.advance(timedelta(seconds=LEASE))
    jobs(database).work()
    found = row(database, job_id)
    assert (found.status, found.ended_at) == (JobStatus.FAILED, clock.now())

    with database.transaction() as session:
        session.get_one(JobRow, job_id).discard(session.now)
    clock.advance(31 * DAY)
    with database.transaction() as session:
        forget_ended(session, KEEPING)
        assert session.get(JobRow, job_id) is None


def test_the_mark_of_a_job_is_its_name() -> None:
    @job("tell")
    def tell(*_: object) -> None: ...

    assert tell.job == "tell"  # type: ignore[attr-defined]
