"""Tables: the metadata of the events database."""

from sqlalchemy import MetaData

from kit.db import NAMING, Table


class EventsTable(Table):
    """The base of every mapped class of this service."""

    __abstract__ = True
    metadata = MetaData(naming_convention=NAMING)
