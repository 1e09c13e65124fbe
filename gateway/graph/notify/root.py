"""notify in the graph: its families together."""

from gateway.graph.notify.delivery.mutations import DeliveryMutations
from gateway.graph.notify.delivery.queries import DeliveryQueries
from gateway.graph.notify.notices.mutations import NoticeMutations
from gateway.graph.notify.notices.queries import NoticeQueries
from gateway.graph.notify.notices.subscriptions import NoticeSubscriptions


class NotifyQueries(NoticeQueries, DeliveryQueries):
    """What can be asked of notify."""


class NotifyMutations(NoticeMutations, DeliveryMutations):
    """What can be done in notify."""


class NotifySubscriptions(NoticeSubscriptions):
    """What notify tells of as it happens."""
