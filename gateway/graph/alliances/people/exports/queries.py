"""What can be asked about exports of a person in the graph."""

from __future__ import annotations

import graphene

from contracts.alliances.people import exports_forms as forms
from gateway.graph.alliances.people.exports.types import PersonExport
from gateway.graph.queries import listed


class ExportsOfPersonsQueries(graphene.ObjectType):
    """The exports that the viewer has asked for."""

    person_exports = listed(forms.PersonExports, PersonExport)
