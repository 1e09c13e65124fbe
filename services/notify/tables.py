"""Tables: the metadata of the notify database."""

from sqlalchemy import MetaData

from kit.db import NAMING, Table


class NotifyTable(Table):
    """The base of every mapped class of this service."""

    __abstract__ = True
    metadata = MetaData(naming_convention=NAMING)
