"""What notify says and refuses, family by family; importing this package defines every message."""

from contracts.notify import delivery, notices

__all__ = ["delivery", "notices"]
