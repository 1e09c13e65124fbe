"""Tables: the metadata of the events database."""

from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase

from kit.data.db import NAMING, TYPES


class EventsTable(DeclarativeBase):
    """The base of every mapped class of this service."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = TYPES
