"""What can be done about persons through the graph."""

from __future__ import annotations

import graphene

from contracts.alliances.people import persons_forms as forms
from gateway.graph.alliances.people.persons.types import Affiliation, Person
from gateway.graph.commands import command


class PersonsMutations(graphene.ObjectType):
    """Who persons are and where they work is said here."""

    register_person = command(forms.RegisterPerson, gives=Person)
    correct_person = command(forms.CorrectPerson, gives=Person)
    update_me = command(forms.UpdateMe, gives=Person)
    affiliate_person = command(forms.AffiliatePerson, gives=Affiliation)
    correct_affiliation = command(forms.CorrectAffiliation, gives=Affiliation)
    erase_person = command(forms.ErasePerson, gives=Person)
    keep_person = command(forms.KeepPerson, gives=Person)
    merge_persons = command(forms.MergePersons, gives=Person)
    unmerge_persons = command(forms.UnmergePersons, gives={"duplicate": Person})
