"""What can be asked about persons in the graph."""

from __future__ import annotations

import graphene

from contracts.alliances.people import persons_forms as forms
from gateway.graph.alliances.people.persons.types import Person
from gateway.graph.document import Document
from gateway.graph.queries import answered, listed


class PersonsQueries(graphene.ObjectType):
    """The people of an organisation, and oneself."""

    people = listed(forms.People, Person)
    export_person = answered(forms.ExportPerson, Document)
    me = answered(forms.Me, Person)
