"""Parts: how each table of a competition is read, part by part."""

from __future__ import annotations

from collections.abc import Callable

from kit.data.db import Session
from kit.sheets.tables import Part, Table
from services.events.editions.editions.model import Edition
from services.events.exports.rights import Sight

Export = Callable[[Session, Edition, Sight, Part], Table]
"""Reads one part of a table for somebody, with as many statements for one row as for a thousand."""
