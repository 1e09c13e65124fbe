"""What projects says and refuses, room by room; importing this package defines every message."""

from contracts.projects.cooperation import agreements
from contracts.projects.planning import plans

__all__ = ["agreements", "plans"]
