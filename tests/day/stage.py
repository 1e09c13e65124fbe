"""Stage of the day: a play whose requests are counted task by task, with the queries of all handbooks at hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.handbook.pages import Carried, operations
from tests.handbook.stage import Play
from tests.running.processes import RunningHub

if TYPE_CHECKING:
    from tests.day.world import World

PAGES = ("agenda", "alliances", "season", "projects", "lists", "frontends", "operations")


@dataclass(frozen=True)
class Task:
    """One thing that somebody does on a day, the section of a handbook that says how, and how it is done.

    What `done` returns is said beside the figures.
    """

    persona: str
    title: str
    section: str
    done: Callable[[Day, World], str | None]


@dataclass(frozen=True)
class Played:
    """A task that was done, with so many requests."""

    task: Task
    calls: int
    remark: str


class Shelf(Carried):
    """A query is looked for on the page in hand, then on all others; what has braces is a query itself."""

    def document(self, name: str) -> str:
        if "{" in name:
            return name
        return next(operations(page)[name] for page in (self.page, *PAGES) if name in operations(page))


class Day(Play):
    """People do one task after the other; `calls` are the requests that a person sends, without waiting and our own looks."""

    def __init__(self, hub: RunningHub) -> None:
        super().__init__(hub, "alliances")
        self.carried = Shelf("alliances")
        self.calls = 0
        hub.http.event_hooks["request"].append(self._count)

    def _count(self, _request: object) -> None:
        self.calls += 1

    def carry_out(self, task: Task, world: World) -> Played:
        self.carried = Shelf(task.section.partition(".md")[0])
        self.calls = 0
        remark = task.done(self, world)
        return Played(task, self.calls, remark or "")

    def do(self, query: str, person: str, /, **input_: Any) -> Any:
        """As in every play, and one call however often it is sent until all services know what it rests on."""
        before = self.calls
        payload = super().do(query, person, **input_)
        self.calls = before + 1
        return payload

    def look(self, query: str, person: str, /, **variables: Any) -> Any:
        """A second reading, by which we see what came of a task; not counted."""
        with self.beside():
            return self.ask(query, person, **variables)

    @contextmanager
    def beside(self) -> Iterator[None]:
        """What others do meanwhile, and what we look at: not counted."""
        before = self.calls
        yield
        self.calls = before

    def until(self, holds: Callable[[], Any], otherwise: str) -> Any:
        """Waiting is one look, the one that finds it."""
        before = self.calls

        def looked() -> Any:
            self.calls = before
            return holds()

        return super().until(looked, otherwise)


def table(played: list[Played], missing: list[str]) -> str:
    """Who did what with how many calls, by which section; then what cannot be done yet."""
    lines = [
        f"{each.task.persona:<15}{each.task.title:<52}{each.calls:>3}  docs/{each.task.section}  {each.remark}".rstrip()
        for each in played
    ]
    calls = sum(each.calls for each in played)
    return "\n".join([f"{len(played)} tasks in {calls} calls", *lines, *missing])
