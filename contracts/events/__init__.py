"""What events says and refuses, room by room; importing this package defines every message."""

from contracts.inventory import define_all

define_all(__name__)
