"""How the places of entries in waiting lists are loaded, many in one call."""

from gateway.graph.loading import PartsLoader


class WaitingPlaceLoader(PartsLoader):
    """At most one for an entry; the service takes `entry_ids`."""

    service = "events"
    method = "waiting_places"
    whole = "entry_id"
