"""Organisation: one with its names, place and history, and what can be done about its entry, each on a page of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from starlette.responses import Response

from console.answers import NOT_THERE, Problem, Stop, Told, field_of
from console.forms import Faults, given, lines
from console.screen import Screen
from console.visit import Visit

screen = Screen("organization")
REGISTRY = "/registry/organizations"
WAS = "was."
"""Before the name of a field: what stood in it when the form was shown."""


@dataclass(frozen=True)
class Asked:
    """A field of a form: its name in the input and `word` for it; `kept` is filled in with what stands in the entry."""

    name: str
    word: str
    kind: str = "text"
    required: bool = False
    longest: int = 100
    kept: bool = False
    help: str = ""


@dataclass(frozen=True)
class Deed:
    """Something that can be done about an entry: the word for it, its mutation, what it asks for, and its weight."""

    word: str
    operation: str
    asks: tuple[Asked, ...]
    grave: bool = False

    @property
    def name(self) -> str:
        """As the schema lists it under `actions`."""
        return field_of(self.operation)


REASON = Asked("reason", "reason", "area", required=True, longest=500, help="reason_help")
NAMES = (
    Asked("nameZh", "name_zh", required=True, kept=True),
    Asked("nameEn", "name_en", required=True, longest=200, kept=True),
)
REGION = Asked("region", "region", longest=6, kept=True, help="region_help")
COUNTRY = Asked("country", "country", longest=2, kept=True, help="country_help")
KIND = Asked("kind", "kind", "choice", required=True, kept=True)
CODES = (
    Asked("creditCode", "credit_code", longest=30, kept=True),
    Asked("schoolCode", "school_code", longest=10, kept=True),
    Asked("aliases", "aliases", "area", longest=4_000, kept=True, help="aliases_help"),
)
WEBSITE = Asked("website", "website", "url", longest=500, kept=True)
SINCE = Asked("since", "since", "date")
REGISTER = Deed(
    "register",
    "RegisterOrganization",
    (
        KIND,
        *NAMES,
        REGION,
        COUNTRY,
        *CODES,
        WEBSITE,
        Asked("representative", "representative", longest=200, help="later"),
    ),
)
CHANGE = Deed(
    "change",
    "ChangeOrganization",
    (
        WEBSITE,
        Asked("textZh", "text_zh", "area", longest=2_000, kept=True),
        Asked("textEn", "text_en", "area", longest=4_000, kept=True),
        *NAMES,
        KIND,
        *CODES,
        replace(REASON, required=False, help="change_reason_help"),
    ),
)
DEEDS = (
    CHANGE,
    Deed("rename", "RenameOrganization", (*NAMES, replace(SINCE, required=True), REASON)),
    Deed("move", "MoveOrganization", (REGION, COUNTRY, SINCE, REASON)),
    Deed("retire", "RetireOrganization", (Asked("on", "last_day", "date", required=True), REASON), grave=True),
    Deed("reopen", "ReopenOrganization", (REASON,)),
)
BY_WORD = {deed.word: deed for deed in DEEDS}


@screen.shows("/registry/organizations/register")
async def form(visit: Visit) -> Response:
    return _form(visit, REGISTER, {})


@screen.does("/registry/organizations/register")
async def register(visit: Visit) -> Response:
    done = await visit.do(REGISTER.operation, **_typed(visit, REGISTER))
    if done.problems:
        return _form(visit, REGISTER, visit.values, done.problems)
    return visit.go(f"{REGISTRY}/{done.payload['organization']['id']}", said=REGISTER.word)


@screen.shows("/registry/organizations/{id}", public=True)
async def organization(visit: Visit) -> Response:
    told = await visit.ask("Organization", id=visit.part("id"))
    found = _organization(told)
    allowed = {action["name"] for action in found["actions"] if action["allowed"]}
    deeds = [deed for deed in DEEDS if deed.name in allowed]
    return visit.page("page.html", told=told, found=found, deeds=deeds)


@screen.shows("/registry/organizations/{id}/{deed}")
async def confirm(visit: Visit) -> Response:
    found, deed = await _standing(visit), _deed(visit)
    return _form(visit, deed, _stands(found, deed), found=found)


@screen.does("/registry/organizations/{id}/{deed}")
async def carry_out(visit: Visit) -> Response:
    found, deed = await _standing(visit), _deed(visit)
    typed = _changed(visit) if deed is CHANGE else _typed(visit, deed)
    done = await visit.do(deed.operation, organizationId=found["id"], **typed)
    if done.problems:
        return _form(visit, deed, visit.values, done.problems, found=found)
    return visit.go(f"{REGISTRY}/{found['id']}", said=deed.word)


def _form(
    visit: Visit,
    deed: Deed,
    values: Mapping[str, str],
    problems: Sequence[Problem] = (),
    *,
    found: Mapping[str, Any] | None = None,
) -> Response:
    """The form of a deed, about the whole register where it is about no organisation that stands in it."""
    said = {"found": found, "deed": deed, "values": values, "faults": Faults(problems)}
    return visit.page("form.html", 422 if problems else 200, **said)


async def _standing(visit: Visit) -> dict[str, Any]:
    return _organization(await visit.ask("Standing", id=visit.part("id")))


def _organization(told: Told) -> dict[str, Any]:
    """The organisation; raises Stop also where the id is of something else."""
    found: dict[str, Any] = told.need("node")
    if not found:
        raise Stop(NOT_THERE)
    return found


def _deed(visit: Visit) -> Deed:
    if visit.part("deed") not in BY_WORD:
        raise Stop(NOT_THERE)
    return BY_WORD[visit.part("deed")]


def _stands(found: Mapping[str, Any], deed: Deed) -> dict[str, str]:
    """What the form is filled in with: the entry as it stands, and of a correction once more, to see what was changed."""
    stands = {each.name: _as_typed(found[each.name]) for each in deed.asks if each.kept}
    return {**stands, **{f"{WAS}{name}": value for name, value in stands.items() if deed is CHANGE}}


def _as_typed(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(value)
    return str(value["code"] if isinstance(value, dict) else value or "")


def _typed(visit: Visit, deed: Deed) -> dict[str, Any]:
    """What the input takes: what was filled in; what is required also where it was not, so that its field is said."""
    typed = {each.name: _value(visit, each.name) for each in deed.asks}
    needed = [each.name for each in deed.asks if each.required and each.kind in ("text", "area")]
    return {**{name: typed[name] for name in needed}, **given(**typed)}


def _changed(visit: Visit) -> dict[str, Any]:
    """Of a correction only what was changed since the form was shown: sent again, it asks for the very same."""
    names = [each.name for each in CHANGE.asks if each.kept]
    changed = [name for name in names if _plain(visit.typed(name)) != _plain(visit.typed(f"{WAS}{name}"))]
    return {**{name: _value(visit, name) for name in changed}, **given(reason=visit.typed("reason"))}


def _value(visit: Visit, name: str) -> Any:
    return lines(visit.typed(name)) if name == "aliases" else visit.typed(name)


def _plain(text: str) -> str:
    """Without what a browser does to the ends of lines, and the spaces around it."""
    return text.replace("\r\n", "\n").strip()
