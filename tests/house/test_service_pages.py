"""One screen of README a service or, where it has rooms with pages, a room; and it says what the code says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from contracts.base import Message
from hub.services import service_class
from kit.calls.rpc import Rpc
from kit.messages.on_message import OnMessage
from kit.process.runtime import entrypoints
from kit.settings import SERVICES
from services.notify.rules.table import MESSAGES
from tests.house.sources import ROOT

HEADINGS = ["Owns", "Answers", "Publishes", "Listens to", "Refuses"]
SCREEN = 60
EVERYWHERE = {"batch", "history", "jobs_by_id", "stop_job", "person_parts", "person_piece", "my_dates"} | {
    "jobs",
    "parked",
    "parked_settlements",
    "retry_parked",
    "discard_parked",
}
"""What every service answers."""
RULED = {message.__name__ for message in MESSAGES}
"""What notify tells somebody of; its page names the folder of the rules in their place."""
PAGES = [str(page.parent.relative_to(ROOT / "services")) for page in sorted((ROOT / "services").rglob("README.md"))]
WITH_ROOMS = [service for service in SERVICES if any(page.startswith(f"{service}/") for page in PAGES)]
SPEAKING = [page for page in PAGES if page not in WITH_ROOMS]


def text(page: str) -> str:
    return (ROOT / "services" / page / "README.md").read_text(encoding="utf-8")


def sections(page: str) -> dict[str, str]:
    parts = re.split(r"^## (.+)$", text(page), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def words(said: str) -> set[str]:
    return set(re.findall(r"`([^`]+)`", said))


def names(said: str, pattern: str) -> set[str]:
    """The words that are names of the wire; what else stands in code marks does not count."""
    return {word for word in words(said) if re.fullmatch(pattern, word)}


def brought(page: str, kind: type) -> Iterator[tuple[str, object]]:
    """What the classes of a page's folder bring to the wire of its service."""
    service = service_class(page.split("/", maxsplit=1)[0])
    package = f"services.{page.replace('/', '.')}."
    for name, entrypoint in entrypoints(service, kind):
        owner = next(each for each in service.__mro__ if name in vars(each))
        if owner.__module__.startswith(package):
            yield name, entrypoint


@pytest.mark.parametrize("page", SPEAKING)
def test_a_page_has_the_five_headings_and_fits_a_screen(page: str) -> None:
    assert list(sections(page)) == HEADINGS
    assert len(text(page).splitlines()) <= SCREEN


@pytest.mark.parametrize("service", SERVICES)
def test_every_room_with_a_wire_has_a_page(service: str) -> None:
    pages = [page for page in SPEAKING if page.split("/")[0] == service]
    told = {name for page in pages for name, _ in brought(page, Rpc)}
    assert told == {name for name, _ in entrypoints(service_class(service), Rpc)} - EVERYWHERE


@pytest.mark.parametrize("service", WITH_ROOMS)
def test_the_page_of_a_service_lists_its_rooms(service: str) -> None:
    linked = set(re.findall(r"\]\((\w+)/README\.md\)", text(service)))
    assert linked == {page.split("/")[1] for page in SPEAKING if page.startswith(f"{service}/")}


@pytest.mark.parametrize("page", SPEAKING)
def test_answers_names_every_method(page: str) -> None:
    assert names(sections(page)["Answers"], r"[a-z_]+") == {name for name, _ in brought(page, Rpc)}


@pytest.mark.parametrize("page", SPEAKING)
def test_publishes_names_every_message_of_the_contract(page: str) -> None:
    service, *room = page.split("/")
    known = (message for type_, message in Message.known().items() if type_.startswith(f"{service}."))
    package = ".".join(["contracts", service, *room])
    messages = {message.__name__ for message in known if f"{message.__module__}.".startswith(f"{package}.")}
    assert names(sections(page)["Publishes"], r"[A-Z]\w+") == messages


@pytest.mark.parametrize("page", SPEAKING)
def test_listens_to_names_every_message_heard(page: str) -> None:
    assert heard(brought(page, OnMessage)) <= listened(page)


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_listens_to_nothing_else(service: str) -> None:
    pages = [page for page in SPEAKING if page.split("/")[0] == service]
    assert set().union(*map(listened, pages)) == heard(entrypoints(service_class(service), OnMessage))


def listened(page: str) -> set[str]:
    said = sections(page)["Listens to"]
    return names(said, r"[A-Z]\w+") | (RULED if "rules/" in words(said) else set())


def heard(handlers: Iterable[tuple[str, Any]]) -> set[str]:
    return {Message.known()[type_].__name__ for _, handler in handlers for type_ in handler.types}
