"""Feed: a calendar as iCalendar text (RFC 5545, RFC 7986) that programs subscribe to, in Chinese or English.

The same items give the same bytes, whenever they are asked for: without a METHOD, DTSTAMP is when an item last changed
(RFC 5545 section 3.8.7.2). Times are in UTC, which every program shows in its own zone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from icalendar import Calendar, Event, Timezone, vDuration, vText, vUri

from gateway.locale import Locale
from kit.rendering import rendered

PRODUCT = "-//Delta Hub//events//{language}"
REFRESH = timedelta(hours=1)
"""How often a program may ask again."""

CATEGORIES = {
    "entries": ("报名", "Entries"),
    "phase": ("赛事阶段", "Phase"),
    "fixture": ("比赛", "Fixture"),
}
Page = Callable[[str], str]
_TURNING = re.compile(r"[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
"""What is not seen, and turns letters round or hides between them."""
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff]")
"""What iCalendar text cannot hold, and what programs take for the end of a line."""


def feed(items: list[dict[str, Any]], *, name: str, locale: Locale, source: str, page: Page) -> bytes:
    """The calendar `name` with these items, as the service gives them; `source` is its own address.

    `page` gives the address at which there is more about a competition.
    """
    calendar = Calendar()
    for key, value in (
        ("prodid", PRODUCT.format(language="ZH" if locale == "zh-CN" else "EN")),
        ("version", "2.0"),
        ("calscale", "GREGORIAN"),
        ("name", vText(clean(name))),
        ("x-wr-calname", vText(clean(name))),
        ("refresh-interval", _refresh()),
        ("x-published-ttl", vDuration(REFRESH)),
        ("source", _address(source)),
        ("url", vUri(source)),
    ):
        calendar.add(key, value)
    events = rendered(items, lambda item: _event(item, locale, page))
    if events:
        calendar.add("last-modified", max(event.decoded("last-modified") for event in events))
    else:  # a calendar has at least one component
        calendar.add_component(Timezone.from_tzid("Asia/Shanghai"))
    for event in events:
        calendar.add_component(event)
    return bytes(calendar.to_ical(sorted=False))


def clean(text: str) -> str:
    """The text without what a calendar cannot hold and what nobody sees."""
    return _CONTROL.sub(" ", _TURNING.sub("", text).replace("\r\n", "\n").replace("\r", "\n"))


def _event(item: dict[str, Any], locale: Locale, page: Page) -> Event:
    event = Event()
    changed = _moment(item["changed_at"])
    is_fixture = item["kind"] == "fixture"
    for key, value in (
        ("uid", item["uid"]),
        ("dtstamp", changed),
        ("last-modified", changed),
        ("sequence", item["sequence"]),
        ("dtstart", _moment(item["starts_at"])),
        ("dtend", _moment(item["ends_at"])),
        ("status", "CANCELLED" if item["cancelled"] else "CONFIRMED"),
        ("summary", _said(item["title"], locale)),
        ("description", _said(item["detail"], locale)),
        ("categories", [CATEGORIES[item["kind"]][locale == "en"]]),
        ("url", vUri(page(item["competition_id"]))),
        ("transp", "OPAQUE" if is_fixture and not item["cancelled"] else "TRANSPARENT"),
        ("class", "PUBLIC"),
    ):
        event.add(key, value)
    if item["place"]:
        event.add("location", _said(item["place"], locale))
    return event


def _said(text: dict[str, str], locale: Locale) -> vText:
    said = vText(clean(text["en" if locale == "en" and text["en"] else "zh"]))
    said.params["LANGUAGE"] = locale
    return said


def _moment(text: str | datetime) -> datetime:
    moment = datetime.fromisoformat(text) if isinstance(text, str) else text
    return moment.astimezone(UTC).replace(microsecond=0)


def _refresh() -> vDuration:
    refresh = vDuration(REFRESH)
    refresh.params["VALUE"] = "DURATION"
    return refresh


def _address(address: str) -> vUri:
    uri = vUri(address)
    uri.params["VALUE"] = "URI"
    return uri
