"""What alliances says and refuses, family by family; importing this package defines every message."""

from contracts.alliances import authority, membership, registry

__all__ = ["authority", "membership", "registry"]
