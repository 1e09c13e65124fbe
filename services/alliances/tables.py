"""Tables: the metadata of the alliances database."""

from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase

from kit.data.db import NAMING, TYPES


class AlliancesTable(DeclarativeBase):
    """The base of every mapped class of this service."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = TYPES
