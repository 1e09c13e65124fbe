"""What events says and refuses, family by family; importing this package defines every message."""

from contracts.events import competitions, entries, fixtures, phases, quotas, works

__all__ = ["competitions", "entries", "fixtures", "phases", "quotas", "works"]
