"""Exporting members: those of a day, under the headings by which an import knows their columns."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from kit.data.paging import Page
from kit.sheets.tables import Table, moment, table, time
from services.alliances.membership.memberships.model import Membership
from services.alliances.registry.importing.exporting import COLUMNS, cells

SINCE = time("加入时间", "Member since")


def members_table(found: Page[Membership], since: Mapping[str, datetime]) -> Table:
    """`since` says of each membership when it came to where it stood on the day."""
    return table(found, (*COLUMNS, SINCE), lambda each: [*cells(each.organization), moment(since.get(each.id))])
