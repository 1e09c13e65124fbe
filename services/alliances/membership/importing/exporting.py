"""Exporting members: those of a day, under the headings by which an import knows their columns."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from kit.data.paging import Page
from kit.sheets.tables import Cell, Column, Table, moment, table, time
from services.alliances.membership.importing.layout import PLACE
from services.alliances.membership.memberships.model import Membership
from services.alliances.registry.importing.exporting import COLUMNS, cells

SINCE = time("加入时间", "Member since")
PLACES = tuple(Column(each.zh, each.en) for each in PLACE)


def members_table(found: Page[Membership], since: Mapping[str, datetime], places: Mapping[str, list[Cell]]) -> Table:
    """`since` says of each membership when it came to where it stood on the day, `places` what it had there."""

    def row(each: Membership) -> list[Cell]:
        return [*cells(each.organization), *places[each.id], moment(since.get(each.id))]

    return table(found, (*COLUMNS, *PLACES, SINCE), row)
