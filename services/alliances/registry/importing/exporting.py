"""Exporting organisations: under the headings by which an import knows their columns."""

from __future__ import annotations

from collections.abc import Sequence

from contracts.regions import province_of
from kit.data.paging import Page
from kit.sheets.tables import Cell, Column, Table, Word, moment, province, table, time, word
from services.alliances.registry.importing.layout import KINDS, ORGANIZATION
from services.alliances.registry.organizations.model import Organization

COLUMNS: Sequence[Column] = (*(Column(each.zh, each.en) for each in ORGANIZATION), Column("省份", "Province"))


def organizations_table(found: Page[Organization]) -> Table:
    return table(found, (*COLUMNS, time("登记时间", "Registered at")), _row)


def cells(organization: Organization) -> list[Cell]:
    """What stands in these columns for one that knows what it is `called`."""
    said: dict[str, Cell] = {
        "name": organization.name_zh,
        "credit_code": organization.credit_code,
        "kind": _kind(organization.kind),
        "region": organization.region,
        "name_en": organization.name_en,
        "aliases": "、".join(organization.aliases) or None,
    }
    place = province(province_of(organization.region)) if organization.region else None
    return [*(said[each.name] for each in ORGANIZATION), place]


def _row(organization: Organization) -> list[Cell]:
    return [*cells(organization), moment(organization.created_at)]


def _kind(kind: str) -> Word:
    zh, en, *_ = next((words for known, words in KINDS.items() if known == kind), (kind, kind))
    return word(zh, en)
