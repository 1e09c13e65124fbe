"""Tables: the metadata of the projects database."""

from sqlalchemy import MetaData

from kit.db import NAMING, Table


class ProjectsTable(Table):
    """The base of every mapped class of this service."""

    __abstract__ = True
    metadata = MetaData(naming_convention=NAMING)
