"""How calendars look from outside."""

from __future__ import annotations

from typing import Any

from kit.data.rendering import rendered
from services.events.calendar.items import Item, Text
from services.events.calendar.model import CalendarAddress
from services.events.editions.editions.model import Edition


def address_view(address: CalendarAddress) -> dict[str, Any]:
    return {"secret": address.secret, "renewed_at": address.renewed_at}


def calendar_view(items: list[Item], edition: Edition | None = None) -> dict[str, Any]:
    name = (
        Text(f"{edition.series.name_zh} {edition.name_zh}", f"{edition.series.name_en}, {edition.name_en}")
        if edition
        else None
    )
    return {"name": name and _text_view(name), "items": rendered(items, _item_view)}


def _item_view(item: Item) -> dict[str, Any]:
    return {
        "uid": item.uid,
        "kind": item.kind,
        "competition_id": item.competition_id,
        "sequence": item.sequence,
        "changed_at": item.changed_at,
        "starts_at": item.starts_at,
        "ends_at": item.ends_at,
        "title": _text_view(item.title),
        "detail": _text_view(item.detail),
        "place": item.place and _text_view(item.place),
        "cancelled": item.cancelled,
    }


def _text_view(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}
