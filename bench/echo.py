"""Echo: a service of one query that does nothing, to measure what a call itself costs."""

import kit.green  # noqa: F401, I001 - patching must come before every other import

from dataclasses import replace

import marshmallow
from sqlalchemy import MetaData, create_engine

from kit.db import KitTable, Session
from kit.logs import configure
from kit.rpc import query
from kit.run import serve
from kit.schemas import Input
from kit.service import Service
from kit.settings import read_settings


class Anything(Input):
    value = marshmallow.fields.String(required=True)


class EchoService(Service):
    """Answers with what it was given."""

    name = "echo"
    tables = MetaData()

    @query(Anything)
    def echo(self, _session: Session, *, value: str) -> str:
        return value


if __name__ == "__main__":
    configure("WARNING")
    settings = read_settings()
    url = f"sqlite:///{settings.home}/echo.sqlite3"
    KitTable.metadata.create_all(create_engine(url))
    serve(EchoService, replace(settings, databases={"echo": url}, workers=64))
