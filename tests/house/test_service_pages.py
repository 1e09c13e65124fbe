"""One screen of README a service, and it says what the code says."""

from __future__ import annotations

import re

import pytest

from contracts.base import Message
from hub.services import service_class
from kit.calls.rpc import Rpc
from kit.messages.on_message import OnMessage
from kit.process.runtime import entrypoints
from kit.settings import SERVICES
from tests.house.sources import ROOT

HEADINGS = ["Owns", "Answers", "Publishes", "Listens to", "Refuses"]
SCREEN = 60


def sections(service: str) -> dict[str, str]:
    page = (ROOT / "services" / service / "README.md").read_text(encoding="utf-8")
    parts = re.split(r"^## (.+)$", page, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def words(text: str) -> set[str]:
    return set(re.findall(r"`([^`]+)`", text))


@pytest.mark.parametrize("service", SERVICES)
def test_the_page_has_the_five_headings_and_fits_a_screen(service: str) -> None:
    assert list(sections(service)) == HEADINGS
    page = (ROOT / "services" / service / "README.md").read_text(encoding="utf-8")
    assert len(page.splitlines()) <= SCREEN


@pytest.mark.parametrize("service", SERVICES)
def test_answers_names_every_method(service: str) -> None:
    methods = {name for name, _ in entrypoints(service_class(service), Rpc)} - {"batch", "history", "jobs_by_id", "stop_job"}
    assert words(sections(service)["Answers"]) == methods


@pytest.mark.parametrize("service", SERVICES)
def test_publishes_names_every_message_of_the_contract(service: str) -> None:
    messages = {message.__name__ for type_, message in Message.known().items() if type_.startswith(f"{service}.")}
    assert words(sections(service)["Publishes"]) == messages


@pytest.mark.parametrize("service", SERVICES)
def test_listens_to_names_every_message_heard(service: str) -> None:
    types = {type_ for _, handler in entrypoints(service_class(service), OnMessage) for type_ in handler.types}
    heard = {Message.known()[type_].__name__ for type_ in types}
    assert words(sections(service)["Listens to"]) == heard
