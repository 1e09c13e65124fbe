"""What can be done about entries through the graph."""

from __future__ import annotations

import graphene

from gateway.graph.events.admission.entries.types import Entry, MemberRole, RosterPreview
from gateway.graph.relay import Command, node_id


class NewMemberInput(graphene.InputObjectType):
    """Somebody of an entry; without an organisation they belong to the one that enters."""

    role = graphene.InputField(MemberRole, required=True)
    name = graphene.String(required=True)
    person_number = graphene.String(description="Identity number, by which a person is told from another; not kept.")
    organization_id = node_id("Organization")
    person = graphene.String(description="The subject of their token.")


class NewEntryInput(graphene.InputObjectType):
    """An entry as it is to be."""

    track_id = node_id("Track", required=True)
    organization_id = node_id("Organization", required=True)
    contestant = graphene.String(required=True, description="The name of the team or person, to show.")
    members = graphene.List(graphene.NonNull(NewMemberInput), description="Needed where the rules say so.")
    group_name = graphene.String(description="The same for entries of one organisation that want to come together.")


_WAIT = "Where no place is free, wait for one rather than be refused."


class SubmitEntry(Command):
    """Enter a contestant and take a place. For the organisation's representative, its province and its delegation leader."""

    class Meta:
        service = "events"
        result = "entry"

    class Input:
        track_id = node_id("Track", required=True)
        organization_id = node_id("Organization", required=True)
        contestant = graphene.String(required=True, description="The name of the team or person, to show.")
        members = graphene.List(graphene.NonNull(NewMemberInput), description="Needed where the rules say so.")
        group_name = graphene.String(description="The same for entries of one organisation that want to come together.")
        wait_if_full = graphene.Boolean(description=_WAIT)

    entry = graphene.Field(Entry)


class SubmitEntries(Command):
    """Enter many at once: all of them or none, with a problem for every fault of every one."""

    class Meta:
        service = "events"
        result = "entries"

    class Input:
        entries = graphene.List(graphene.NonNull(NewEntryInput), required=True)
        wait_if_full = graphene.Boolean(description=_WAIT)

    entries = graphene.List(graphene.NonNull(Entry))


class _Roster:
    competition_id = node_id("Competition", required=True)
    csv = graphene.String(description="The text of a CSV file: either this …")
    file = graphene.String(description="… or its bytes in base64, in UTF-8, UTF-16 or GB 18030.")
    wait_if_full = graphene.Boolean(description=_WAIT)


class PreviewEntries(Command):
    """What a delegation's CSV file would become, with every fault of every row. Nothing is changed."""

    class Meta:
        service = "events"
        result = "preview"

    class Input(_Roster):
        pass

    preview = graphene.Field(RosterPreview)


class ImportEntries(Command):
    """Enter all that a delegation's CSV file names; none of it where its preview shows a fault."""

    class Meta:
        service = "events"
        result = "entries"

    class Input(_Roster):
        pass

    entries = graphene.List(graphene.NonNull(Entry))


class SubstituteMember(Command):
    """Let somebody else take the place of a member, in the same role; until the phase of substitution ends."""

    class Meta:
        service = "events"
        result = "entry"

    class Input:
        entry_id = node_id("Entry", required=True)
        member_id = node_id("EntryMember", required=True)
        name = graphene.String(required=True, description="Of the one who comes.")
        person_number = graphene.String(
            description="Identity number, by which a person is told from another; not kept."
        )
        organization_id = node_id("Organization")
        person = graphene.String(description="The subject of their token.")

    entry = graphene.Field(Entry)


class WithdrawEntry(Command):
    """End an entry and give its place to the next. For those who may enter for its organisation."""

    class Meta:
        service = "events"
        result = "entry"

    class Input:
        entry_id = node_id("Entry", required=True)

    entry = graphene.Field(Entry)


class EraseMember(Command):
    """Erase what is held about a member, where no published result needs it. Also for the organisers."""

    class Meta:
        service = "events"
        result = "entry"

    class Input:
        entry_id = node_id("Entry", required=True)
        member_id = node_id("EntryMember", required=True)

    entry = graphene.Field(Entry)


class EraseContestant(Command):
    """Erase the name under which an entry is shown, where no published result needs it. Also for the organisers."""

    class Meta:
        service = "events"
        result = "entry"

    class Input:
        entry_id = node_id("Entry", required=True)

    entry = graphene.Field(Entry)


class EntryMutations(graphene.ObjectType):
    submit_entry = SubmitEntry.Field()
    submit_entries = SubmitEntries.Field()
    preview_entries = PreviewEntries.Field()
    import_entries = ImportEntries.Field()
    substitute_member = SubstituteMember.Field()
    withdraw_entry = WithdrawEntry.Field()
    erase_member = EraseMember.Field()
    erase_contestant = EraseContestant.Field()
