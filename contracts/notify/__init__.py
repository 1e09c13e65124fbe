"""What notify says and refuses, family by family; importing this package defines every message."""

from contracts.inventory import define_all

define_all(__name__)
