"""Echo: a service of one query that does nothing, to measure what a call itself costs."""

import marshmallow
from sqlalchemy import MetaData

from kit.db import Session
from kit.rpc import query
from kit.schemas import Input
from kit.service import Service


class Anything(Input):
    value = marshmallow.fields.String(required=True)


class EchoService(Service):
    name = "echo"
    tables = MetaData()

    @query(Anything)
    def echo(self, session: Session, *, value: str) -> str:
        return value
