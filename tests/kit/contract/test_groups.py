"""Groups: calls that are carried out together are each answered, refused, kept and told of as if each had come alone."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from gateway.rpc import Refused, Rpc, Wire
from kit.broker.bus import Unavailable
from kit.calls.answers import Answer
from kit.context import Context
from kit.ids import new_id
from kit.messages.outbox import OutboxRow
from kit.viewer import Viewer
from tests.kit.contract.gates import Gate
from tests.kit.contract.places import KEYS_EACH, PATIENCE, Place
from tests.kit.contract.small_services import Note
from tests.kit.contract.waiting import soon

METHOD = "write_together"


async def test_calls_that_wait_are_one_transaction_and_each_has_its_own_answer_actor_and_course(
    place: Place, wire: Wire, gate: Gate
) -> None:
    people = [Rpc(wire, Context(Viewer(f"person:{new_id()}"), "en", new_id()), PATIENCE) for _ in range(6)]
    texts = [new_id() for _ in people]

    answers = await together(place, gate, list(zip(people, texts, [None] * 6, strict=True)))

    assert [answer["text"] for answer in answers] == texts
    rows = {row.id: row for row in place.rows("notes", select(Note).where(Note.text.in_(texts)))}
    assert {rows[answer["id"]].text for answer in answers} == set(texts)
    assert len({row.created_at for row in rows.values()}) == 1
    said = select(OutboxRow.subject_id, OutboxRow.actor, OutboxRow.correlation_id).where(
        OutboxRow.subject_id.in_(list(rows))
    )
    expected = [(a["id"], p.context.viewer.id, p.context.correlation_id) for a, p in zip(answers, people, strict=True)]
    assert sorted(tuple(row) for row in place.rows("notes", said)) == sorted(expected)


async def test_one_that_is_refused_touches_no_other_and_its_refusal_is_kept(place: Place, rpc: Rpc, gate: Gate) -> None:
    key, texts = new_id(), [new_id() for _ in range(4)]

    first, refused, *others = await together(
        place, gate, [(rpc, texts[0], None), (rpc, "forbidden", key), *((rpc, text, new_id()) for text in texts[1:])]
    )

    assert (first["text"], [other["text"] for other in others]) == (texts[0], texts[1:])
    assert codes(refused) == codes(await outcome(rpc, "forbidden", key)) == ["TEST_FORBIDDEN"]
    assert written(place, texts) == sorted(texts)


async def test_keys_of_a_group_mean_what_they_mean_alone(place: Place, rpc: Rpc, gate: Gate) -> None:
    used, twice = new_id(), new_id()
    texts = [new_id() for _ in range(4)]
    earlier = await rpc.command("notes", METHOD, {"text": texts[0]}, used)

    again, reused, one, other, third = await together(
        place,
        gate,
        [
            (rpc, texts[0], used),
            (rpc, texts[1], used),
            (rpc, texts[2], twice),
            (rpc, texts[2], twice),
            (rpc, texts[3], twice),
        ],
        in_order=True,
    )

    assert (again, one) == (earlier, other)
    assert codes(reused) == codes(third) == ["IDEMPOTENCY_KEY_REUSED"]
    assert written(place, texts) == sorted([texts[0], texts[2]])


async def test_keys_that_are_used_up_in_a_group_are_refused_and_the_others_go_on(
    place: Place, rpc: Rpc, wire: Wire, gate: Gate
) -> None:
    for number in range(KEYS_EACH - 1):
        await rpc.command("notes", METHOD, {"text": "again"}, f"key {number}")
    another = Rpc(wire, Context(Viewer(f"person:{new_id()}"), "en", new_id()), PATIENCE)
    texts = [new_id() for _ in range(4)]
    calls = [(rpc, texts[0], "new"), (rpc, texts[1], "one more"), (another, texts[2], "new"), (rpc, texts[3], None)]

    one, refused, *others = await together(place, gate, calls, in_order=True)

    assert codes(refused) == ["IDEMPOTENCY_KEYS_USED_UP"]
    assert [one["text"], *(other["text"] for other in others)] == [texts[0], *texts[2:]]
    assert len(place.rows("notes", select(Answer.key).where(Answer.viewer == rpc.context.viewer.id))) == KEYS_EACH


async def test_a_fault_harms_the_call_that_has_it_and_no_other(place: Place, rpc: Rpc, gate: Gate) -> None:
    texts = [new_id() for _ in range(5)]

    *others, broken = await together(
        place, gate, [*((rpc, text, new_id()) for text in texts), (rpc, "broken", new_id())]
    )

    assert type(broken).__name__ == "Faulty"
    assert [other["text"] for other in others] == texts
    assert written(place, texts) == sorted(texts)


async def test_what_is_found_out_after_all_was_written_is_undone_for_one_only(
    place: Place, rpc: Rpc, gate: Gate
) -> None:
    texts = [new_id() for _ in range(5)]
    calls = [(rpc, text, new_id()) for text in texts]
    calls.insert(2, (rpc, "found out late", new_id()))

    answers = await together(place, gate, calls)

    assert codes(answers.pop(2)) == ["TEST_FORBIDDEN"]
    assert [answer["text"] for answer in answers] == texts
    assert written(place, texts) == sorted(texts)


async def test_who_met_somebody_faster_is_tried_again_with_all_others(place: Place, rpc: Rpc, gate: Gate) -> None:
    text = new_id()

    answers = await together(place, gate, [(rpc, "contended", new_id()), (rpc, text, new_id())])

    assert [answer["text"] for answer in answers] == ["contended", text]
    assert written(place, [text]) == [text]


async def test_who_waited_too_long_in_a_group_is_dropped(place: Place, rpc: Rpc, wire: Wire, gate: Gate) -> None:
    late, text = new_id(), new_id()
    leading = await lead(place, rpc, gate)
    hasty = Rpc(wire, rpc.context, timeout=0.3)
    dropped = asyncio.create_task(outcome(hasty, late, new_id()))
    waiting = asyncio.create_task(outcome(rpc, text, new_id()))
    assert isinstance(await dropped, Unavailable)

    gate.open()

    assert (await waiting)["text"] == text
    await leading
    assert written(place, [late, text]) == [text]


async def test_two_replicas_do_what_has_one_key_once(place: Place, rpc: Rpc) -> None:
    place.replicate("notes")
    try:
        texts = [new_id() for _ in range(KEYS_EACH)]
        calls = [outcome(rpc, text, f"key {text}") for text in texts for _ in range(3)]

        answers = await asyncio.gather(*calls)

        assert [answer["text"] for answer in answers] == [text for text in texts for _ in range(3)]
        assert all(answers[n] == answers[n + 1] == answers[n + 2] for n in range(0, len(answers), 3))
        assert written(place, texts) == sorted(texts)
    finally:
        await asyncio.to_thread(place.stop)


async def together(
    place: Place, gate: Gate, calls: Sequence[tuple[Rpc, str, str | None]], *, in_order: bool = False
) -> list[Any]:
    """What these calls are answered that come while another is carried out; those of the embedded place come at once."""
    leading = await lead(place, calls[0][0], gate)
    coming = []
    for number, (rpc, text, key) in enumerate(calls, 1):
        coming.append(asyncio.create_task(outcome(rpc, text, key)))
        if in_order:
            await place.gathered(calls[0][0], number)
    await place.gathered(calls[0][0], len(calls))
    gate.open()
    await leading
    return list(await asyncio.gather(*coming))


async def lead(place: Place, rpc: Rpc, gate: Gate) -> asyncio.Task[Any]:
    """A call that is carried out until the gate opens."""
    leading = asyncio.create_task(outcome(rpc, f"hold {gate.path}", None))
    await soon(lambda: gate.reached, "it is not carried out")
    return leading


async def outcome(rpc: Rpc, text: str, key: str | None) -> Any:
    """The answer, or what was raised instead."""
    try:
        return await rpc.command("notes", METHOD, {"text": text}, key)
    except Exception as error:
        return error


def codes(answer: Any) -> list[str]:
    assert isinstance(answer, Refused), answer
    return [refusal.code for refusal in answer.refusals]


def written(place: Place, texts: Sequence[str]) -> list[str]:
    return sorted(text for (text,) in place.rows("notes", select(Note.text).where(Note.text.in_(texts))))
