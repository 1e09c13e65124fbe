"""Tables: the metadata of the projects database."""

from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase

from kit.data.db import NAMING, TYPES


class ProjectsTable(DeclarativeBase):
    """The base of every mapped class of this service."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = TYPES
