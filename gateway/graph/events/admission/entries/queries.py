"""What can be asked about entries in the graph."""

from __future__ import annotations

import graphene

from contracts.events.admission import entries_forms as forms
from contracts.events.admission.counts_forms import EntryCounts
from gateway.graph.alliances.people.sightings.types import Sighting
from gateway.graph.document import Document
from gateway.graph.events.admission.entries.types import Entry, EntryCount
from gateway.graph.queries import answered, listed


class EntryQueries(graphene.ObjectType):
    """Entries are for those whom they concern."""

    entries = listed(forms.Entries, Entry)
    my_entries = listed(forms.MyEntries, Entry)
    entry_counts = answered(EntryCounts, [EntryCount])
    entry_data = answered(forms.EntryData, Document)
    entry_sightings = listed(forms.EntrySightings, Sighting)
