"""Messages: their names are held, old bodies stay readable, and every refusal speaks both languages."""

from __future__ import annotations

import dataclasses
import json
import os
import string
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marshmallow import ValidationError

from contracts.base import Message, Named, Refusal
from hub.asyncapi import json_schema
from hub.services import all_services
from kit.broker.topology import dead_queue, handler_queue, rpc_queue
from kit.messages.on_message import OnMessage
from kit.process.runtime import entrypoints

BODIES = Path(__file__).with_name("bodies")
"""A body of every type of message on the broker, in a file of the type's name; `REWRITE=1 pytest` stores those of new ones.

A type is never renamed or removed: who still sends or keeps it must be read.
"""
QUEUES = {
    "alliances.drop_person_parts.v1",
    "alliances.gather_person.v1",
    "events.drop_person_parts.v1",
    "events.erase_members_of.v1",
    "events.forget_calendar.v1",
    "events.forget_speakers.v1",
    "events.forget_works.v1",
    "events.gather_person.v1",
    "events.keep_alliance.v1",
    "events.keep_grant.v1",
    "events.keep_membership.v1",
    "events.keep_merger.v1",
    "events.keep_organization.v1",
    "notify.announce.v1",
    "notify.drop_person_parts.v1",
    "notify.forget_addresses.v1",
    "notify.gather_person.v1",
    "notify.keep_invitation.v1",
    "notify.keep_letter.v1",
    "notify.keep_membership.v1",
    "notify.keep_merger.v1",
    "notify.keep_name.v1",
    "notify.keep_role.v1",
    "projects.drop_person_parts.v1",
    "projects.gather_person.v1",
    "projects.keep_grant.v1",
    "projects.keep_merger.v1",
    "projects.keep_organization.v1",
}
"""Every queue of messages. A renamed queue is a new one, and what lies in the old one is heard by nobody."""


def known() -> dict[str, type[Message]]:
    """The messages of the contracts; tests define others."""
    all_services()
    return {type_: message for type_, message in Message.known().items() if message.__module__.startswith("contracts.")}


@cache
def schema_of(message: type[Message]) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json_schema(message))


def refusals() -> list[type[Refusal]]:
    all_services()
    return [found for found in _below(Refusal) if found.__module__.startswith("contracts.")]


def _below(parent: type[Refusal]) -> list[type[Refusal]]:
    return [each for child in parent.__subclasses__() for each in (child, *_below(child))]


MESSAGES = sorted(known().values(), key=lambda message: message.type)
by_type = pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.type)
by_code = pytest.mark.parametrize("refusal", refusals(), ids=lambda refusal: refusal.code)


# ---- messages ---------------------------------------------------------------------------------------------------------


def test_the_queues_are_these() -> None:
    queues = {
        handler_queue(service.name, name, handler.version)
        for service in all_services()
        for name, handler in entrypoints(service, OnMessage)
    }

    assert queues == QUEUES


def test_the_other_names_on_the_broker_are_these() -> None:
    assert (rpc_queue("alliances"), dead_queue("events.keep_grant.v1")) == (
        "rpc-alliances.v2",
        "events.keep_grant.v1.dead",
    )


def test_a_service_sends_and_hears_messages_that_are_known() -> None:
    heard = {
        type_ for service in all_services() for _, handler in entrypoints(service, OnMessage) for type_ in handler.types
    }

    assert heard <= known().keys()


@by_type
def test_a_message_is_frozen_and_says_what_it_is(message: type[Message]) -> None:
    assert message.__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert message.__doc__ and not message.__doc__.startswith(f"{message.__name__}(")
    service, _, happened = message.type.partition(".")
    assert message.__module__.split(".")[:2] == ["contracts", service]
    assert happened.replace("_", "") == message.__name__.lower()


@by_type
def test_every_message_has_a_stored_body_that_stays_readable(message: type[Message]) -> None:
    file = BODIES / f"{message.type}.json"
    if os.environ.get("REWRITE") and not file.exists():
        file.write_text(a_body(message), encoding="utf-8")
    assert file.exists(), f"store this as {file.relative_to(BODIES.parents[2])}:\n{a_body(message)}"
    stored = json.loads(file.read_text(encoding="utf-8"))

    read = message.from_data(stored)

    said = read.data()
    assert {name: said[name] for name in stored} == stored, "a field no longer means what it meant"
    schema_of(message).validate(stored)


def test_every_stored_body_belongs_to_a_message() -> None:
    assert {file.stem for file in BODIES.glob("*")} == known().keys()


@by_type
def test_a_field_that_a_newer_writer_adds_is_ignored(message: type[Message]) -> None:
    stored = json.loads((BODIES / f"{message.type}.json").read_text(encoding="utf-8"))

    assert message.from_data({**stored, "newer": {"than": "this reader"}}) == message.from_data(stored)


@by_type
def test_a_body_without_a_required_field_is_refused(message: type[Message]) -> None:
    stored = json.loads((BODIES / f"{message.type}.json").read_text(encoding="utf-8"))
    hints = get_type_hints(message)
    required = [
        field.name
        for field in dataclasses.fields(message)
        if field.default is field.default_factory and type(None) not in get_args(hints[field.name])
    ]

    assert required
    for name in required:
        lacking = {key: value for key, value in stored.items() if key != name}
        with pytest.raises(ValidationError):
            message.from_data(lacking)


def strategy(hint: Any) -> st.SearchStrategy[Any]:
    """Values of the type of a field."""
    text = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=10)
    plain = {
        str: text,
        int: st.integers(-(2**31), 2**31 - 1),
        bool: st.booleans(),
        date: st.dates(),
        datetime: st.datetimes(timezones=st.just(UTC)),
        type(None): st.none(),
        Named: st.builds(Named, id=text, zh=text, en=text),
    }
    if hint in plain:
        return plain[hint]
    if get_origin(hint) is list:
        return st.lists(strategy(*get_args(hint)), max_size=3)
    assert get_origin(hint) in (Union, UnionType), hint
    return st.one_of(*map(strategy, get_args(hint)))


def messages(message: type[Message]) -> st.SearchStrategy[Message]:
    hints = get_type_hints(message)
    return st.builds(message, **{field.name: strategy(hints[field.name]) for field in dataclasses.fields(message)})


@by_type
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_every_message_comes_back_from_json_the_same(message: type[Message], data: st.DataObject) -> None:
    said = data.draw(messages(message))

    wire = json.loads(json.dumps(said.data()))

    assert message.from_data(wire) == said
    schema_of(message).validate(wire)


def a_body(message: type[Message]) -> str:
    """An example of a message, as a file in `bodies` holds it."""
    examples: dict[Any, Any] = {
        str: "text",
        int: 3,
        bool: True,
        date: date(2026, 3, 2),
        datetime: datetime(2026, 3, 2, 1, 0, tzinfo=UTC),
        Named: Named(id="01990000-0000-7000-8000-000000000001", zh="黄山学院", en="Huangshan University"),
    }

    def example(hint: Any) -> Any:
        if get_origin(hint) is list:
            return [example(*get_args(hint))]
        if get_origin(hint) in (Union, UnionType):
            return example(get_args(hint)[0])
        return examples[hint]

    hints = get_type_hints(message)
    said = message(**{field.name: example(hints[field.name]) for field in dataclasses.fields(message)})
    return json.dumps(said.data(), ensure_ascii=False, indent=2) + "\n"


# ---- refusals -----------------------------------------------------------------------------------------------------------


def test_every_refusal_has_a_code_of_its_own() -> None:
    codes = [refusal.code for refusal in refusals()]

    assert len(set(codes)) == len(codes)
    assert "REFUSED" not in codes
    assert {refusal.code: refusal for refusal in refusals()}.items() <= Refusal.known().items()


@by_code
def test_a_refusal_has_a_code_and_a_sentence_in_both_languages(refusal: type[Refusal]) -> None:
    assert refusal.code == refusal.code.upper()
    assert refusal.code.replace("_", "").isalnum() and refusal.code.isascii()
    assert {"code", "zh", "en"} <= set(vars(refusal))
    assert refusal.zh.endswith("。") and any("\u4e00" <= letter <= "\u9fff" for letter in refusal.zh)
    assert refusal.en.endswith(".") and not any("\u4e00" <= letter <= "\u9fff" for letter in refusal.en)


@by_code
def test_the_sentences_of_a_refusal_name_the_same_facts(refusal: type[Refusal]) -> None:
    zh, en = placeholders(refusal.zh), placeholders(refusal.en)
    translated = {name.removesuffix("_zh") for name in zh}

    assert translated == en


@by_code
def test_a_refusal_that_a_reply_names_is_the_same_refusal(refusal: type[Refusal]) -> None:
    params: dict[str, Any] = dict.fromkeys(placeholders(refusal.zh) | placeholders(refusal.en), "{0}")
    problem = {"code": refusal.code, "field": "nameZh", "params": params}

    found = Refusal.of(problem)

    assert type(found) is refusal
    assert Refusal.problems(found) == [problem]
    for language, sentence in {"zh-CN": refusal.zh, "en": refusal.en, "de": refusal.zh}.items():
        assert found.text(language) == sentence.format(**params)


def test_a_refusal_of_a_newer_service_keeps_its_code_and_has_the_general_sentence() -> None:
    found = Refusal.of({"code": "NEVER_HEARD_OF", "field": None, "params": {"x": 1}})

    assert found.problems() == [{"code": "NEVER_HEARD_OF", "field": None, "params": {"x": 1}}]
    assert (found.text("zh-CN"), found.text("en")) == ("请求被拒绝。", "The request was refused.")
    assert Refusal.code == "REFUSED"


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}
