"""What can be done about entries through the graph."""

from __future__ import annotations

import graphene

from contracts.events.admission import entries_forms as forms
from contracts.events.admission.fields_forms import CorrectEntryForm
from gateway.graph.commands import command
from gateway.graph.events.admission.entries.types import Entry, RosterPreview
from gateway.graph.outcomes import outcome


class EntryMutations(graphene.ObjectType):
    """Contestants are entered, substituted, withdrawn and erased here."""

    submit_entry = command(forms.SubmitEntry, gives=Entry)
    submit_entries = command(forms.SubmitEntries, gives={"entries": [Entry]})
    preview_entries = command(forms.PreviewEntries, gives={"preview": RosterPreview})
    import_entries = command(forms.ImportEntries, gives={"entries": [Entry]})
    correct_entry_form = command(CorrectEntryForm, gives=Entry)
    substitute_member = command(forms.SubstituteMember, gives=Entry)
    withdraw_entry = command(forms.WithdrawEntry, gives=Entry)
    withdraw_entries = command(forms.WithdrawEntries, gives={"outcomes": [outcome("Entry")]})
    erase_member = command(forms.EraseMember, gives=Entry)
    erase_contestant = command(forms.EraseContestant, gives=Entry)
