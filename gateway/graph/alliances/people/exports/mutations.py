"""What can be done about exports of a person through the graph."""

from __future__ import annotations

import graphene

from contracts.alliances.people import exports_forms as forms
from gateway.graph.alliances.people.exports.types import PersonExport
from gateway.graph.commands import command


class ExportsOfPersonsMutations(graphene.ObjectType):
    """All that is held of a person is asked for here."""

    ask_person_export = command(forms.AskPersonExport, gives=PersonExport)
