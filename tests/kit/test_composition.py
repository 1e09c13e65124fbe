"""Composition: families put together to a service; what two of them bring by one name is refused, hooks are collected."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from contracts.forms import Input
from contracts.once import SaidTwice
from kit.calls.hooks import hook
from kit.calls.rpc import command, query
from kit.calls.service import Service
from kit.data.db import Session
from kit.messages.on_message import on_message
from kit.rights.right import PUBLIC
from kit.work.pump import pump
from kit.work.timers import on_due
from tests.kit.things import ThingHappened


class Nothing(Input):
    pass


class Chairs(Service):
    """A family with one of everything."""

    @command(Nothing, right=PUBLIC)
    def take(self, session: Session) -> None: ...

    @query(Nothing)
    def free(self, session: Session) -> None: ...

    @on_message(ThingHappened)
    def keep(self, session: Session, message: Any, envelope: Any) -> None: ...

    @on_due("vacate")
    def vacate_chairs(self, session: Session, chair_id: str) -> None: ...

    @pump("sweep")
    def sweep_chairs(self) -> datetime | None: ...

    @hook("restored")
    def hold_chairs(self, session: Session, until: datetime) -> None: ...

    def _row(self) -> None: ...


def another_command() -> type[Service]:
    class Tables(Service):
        @command(Nothing, right=PUBLIC)
        def take(self, session: Session) -> None: ...

    return Tables


def a_query_named_as_a_command() -> type[Service]:
    class Tables(Service):
        @query(Nothing)
        def take(self, session: Session) -> None: ...

    return Tables


def another_query() -> type[Service]:
    class Tables(Service):
        @query(Nothing)
        def free(self, session: Session) -> None: ...

    return Tables


def another_handler() -> type[Service]:
    class Tables(Service):
        @on_message(ThingHappened, version=2)
        def keep(self, session: Session, message: Any, envelope: Any) -> None: ...

    return Tables


def another_timer() -> type[Service]:
    class Tables(Service):
        @on_due("vacate")
        def vacate_tables(self, session: Session, table_id: str) -> None: ...

    return Tables


def another_pump() -> type[Service]:
    class Tables(Service):
        @pump("sweep")
        def sweep_tables(self) -> datetime | None: ...

    return Tables


def a_hook_under_one_method_name() -> type[Service]:
    class Tables(Service):
        @hook("another")
        def hold_chairs(self, session: Session) -> None: ...

    return Tables


def another_private_method() -> type[Service]:
    class Tables(Service):
        def _row(self) -> None: ...

    return Tables


@pytest.mark.parametrize(
    ("family", "name", "of_chairs", "of_tables"),
    [
        (another_command, "take", "take", "take"),
        (a_query_named_as_a_command, "take", "take", "take"),
        (another_query, "free", "free", "free"),
        (another_handler, "keep", "keep", "keep"),
        (another_timer, "timer vacate", "vacate_chairs", "vacate_tables"),
        (another_pump, "pump sweep", "sweep_chairs", "sweep_tables"),
        (a_hook_under_one_method_name, "hold_chairs", "hold_chairs", "hold_chairs"),
        (another_private_method, "_row", "_row", "_row"),
    ],
)
def test_what_two_families_bring_is_refused_with_both_places(
    family: Any, name: str, of_chairs: str, of_tables: str
) -> None:
    tables = family()
    places = rf"in {__name__}\.Chairs\.{of_chairs} and in {__name__}\..*Tables\.{of_tables}$"

    with pytest.raises(SaidTwice, match=f"'{name}' stands twice: {places}"):

        class Furniture(Chairs, tables):  # type: ignore[misc]
            name = "furniture"


def test_a_family_does_not_take_the_name_of_what_every_service_has() -> None:
    with pytest.raises(
        SaidTwice, match=r"'batch' stands twice: .*Tables\.batch and in kit\.calls\.service\.Service\.batch"
    ):

        class Tables(Service):
            @query(Nothing)
            def batch(self, session: Session) -> None: ...


def test_one_family_does_not_bring_a_timer_twice_either() -> None:
    with pytest.raises(SaidTwice, match=r"vacate' stands twice: .*Tables\.vacate and in .*Tables\.leave"):

        class Tables(Service):
            @on_due("vacate")
            def vacate(self, session: Session, table_id: str) -> None: ...

            @on_due("vacate")
            def leave(self, session: Session, table_id: str) -> None: ...


def test_hooks_of_two_families_are_both_followed() -> None:
    held = []

    class Lamps(Service):
        @hook("restored")
        def hold_lamps(self, session: Session, until: datetime) -> None:
            held.append("lamps")

    class Clocks(Service):
        @hook("restored")
        def hold_clocks(self, session: Session, until: datetime) -> None:
            held.append("clocks")

    class Furniture(Lamps, Clocks):
        name = "furniture"

    for follow in Furniture().hooked("restored"):
        follow(None, None)

    assert held == ["lamps", "clocks"]
