"""Policies: who of those who wait is offered a free place, and why each of the others was passed over.

A policy is a pure function of the queue and the free places. It gives one Decision for every offer, and one for every
entry that it passes over: an entry that waited longer than another one that was offered a place which the first could
have had as well. Who waits for other places than those given out was not passed over, and gets no decision.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from contracts.events.admission.waiting import WaitingPolicy, WaitingReason

R = WaitingReason


@dataclass(frozen=True, slots=True)
class Waiting:
    """One waiting entry.

    `position` is its place in the order of coming. `chain` names the quotas whose places it may have, nearest first.
    `group` joins the entries that a delegation wants to bring together; `needs` is how many places it takes.
    """

    entry_id: str
    position: int
    province: str
    chain: tuple[str, ...]
    group: str | None = None
    needs: int = 1


@dataclass(frozen=True, slots=True)
class Filling:
    """How many of a province's places are held by entries or offers."""

    filled: int
    places: int

    @property
    def share(self) -> Fraction:
        """0 is empty, 1 is full; a province without places of its own counts as if it had one."""
        return Fraction(self.filled, max(self.places, 1))


@dataclass(frozen=True, slots=True)
class Decision:
    """An offer (`quota_id` says from where), or a passing over for the entry `passed_for`.

    `free` is how many places the entry could have had at that moment, before any was given to it.
    """

    entry_id: str
    reason: WaitingReason
    policy: WaitingPolicy
    version: int
    free: int
    quota_id: str | None = None
    passed_for: str | None = None

    @property
    def is_offer(self) -> bool:
        return self.quota_id is not None


@dataclass(slots=True)
class _Places:
    """The free places as they are given out; a quota that is `kept` gives no more in this round."""

    free: dict[str, int]
    kept: set[str] = field(default_factory=set)

    def source(self, chain: tuple[str, ...], needs: int) -> str | None:
        """The nearest quota from which so many places can be had."""
        return next((q for q in chain if q not in self.kept and self.free.get(q, 0) >= needs), None)


@dataclass(frozen=True, slots=True)
class _Offer:
    """An offer before those who were passed over are worked out; `seen` is what everybody else had before them then."""

    waiting: Waiting
    quota_id: str
    seen: Mapping[str, int]


_Choose = Callable[[Sequence[Waiting], _Places, Mapping[str, Filling]], Iterator[_Offer]]


@dataclass(frozen=True, slots=True)
class Policy:
    """A named policy; its `version` grows when the same queue would be decided differently."""

    name: WaitingPolicy
    version: int
    choose: _Choose
    offered: WaitingReason
    passed: WaitingReason
    """Why an entry was passed over for which there was room; where there was none, that is the reason."""

    def decide(
        self, queue: Iterable[Waiting], free: Mapping[str, int], filled: Mapping[str, Filling] | None = None
    ) -> list[Decision]:
        """The offers in the order in which they are made, each followed by those passed over for it (once each).

        `free` has the free places by quota, `filled` the provinces (only `province_balanced` looks at them).
        """
        waiting = sorted(queue, key=lambda each: each.position)
        offers = list(self.choose(waiting, _Places(dict(free)), filled or {}))
        return list(self._decisions(waiting, offers))

    def _decisions(self, queue: Sequence[Waiting], offers: Sequence[_Offer]) -> Iterator[Decision]:
        settled = {offer.waiting.entry_id for offer in offers}
        for offer in offers:
            yield self._said(offer.waiting, self.offered, offer, quota_id=offer.quota_id)
            for earlier in queue:
                if earlier.position >= offer.waiting.position:
                    break
                if earlier.entry_id not in settled and offer.quota_id in earlier.chain:
                    settled.add(earlier.entry_id)
                    yield self._said(earlier, self._why(earlier, offer), offer, passed_for=offer.waiting.entry_id)

    def _why(self, waiting: Waiting, offer: _Offer) -> WaitingReason:
        room = any(offer.seen.get(quota, 0) >= waiting.needs for quota in waiting.chain)
        return self.passed if room else R.DOES_NOT_FIT

    def _said(
        self,
        waiting: Waiting,
        reason: WaitingReason,
        offer: _Offer,
        *,
        quota_id: str | None = None,
        passed_for: str | None = None,
    ) -> Decision:
        free = sum(offer.seen.get(quota, 0) for quota in waiting.chain)
        return Decision(waiting.entry_id, reason, self.name, self.version, free, quota_id, passed_for)


def _strict(queue: Sequence[Waiting], places: _Places, _filled: Mapping[str, Filling]) -> Iterator[_Offer]:
    """First come, first served: a place is kept as long as somebody earlier who could have it needs more."""
    for waiting in queue:
        source = places.source(waiting.chain, waiting.needs)
        if source is None:
            places.kept.update(waiting.chain)
        else:
            yield _give(places, waiting, source)


def _best_fit(queue: Sequence[Waiting], places: _Places, _filled: Mapping[str, Filling]) -> Iterator[_Offer]:
    """First come, first served among those for whom there is room."""
    for waiting in queue:
        if source := places.source(waiting.chain, waiting.needs):
            yield _give(places, waiting, source)


def _province_balanced(queue: Sequence[Waiting], places: _Places, filled: Mapping[str, Filling]) -> Iterator[_Offer]:
    """The province with the lowest filled share goes first, within it the one that came first and fits."""
    left: dict[str, list[Waiting]] = {}
    for waiting in queue:
        left.setdefault(waiting.province, []).append(waiting)
    shares = {province: filled.get(province, Filling(0, 0)) for province in left}
    while firsts := [first for each in left.values() if (first := _first_fitting(each, places))]:
        chosen, source = min(firsts, key=lambda first: (shares[first[0].province].share, first[0].position))
        yield _give(places, chosen, source)
        was = shares[chosen.province]
        shares[chosen.province] = Filling(was.filled + chosen.needs, was.places)
        left[chosen.province].remove(chosen)


def _first_fitting(queue: list[Waiting], places: _Places) -> tuple[Waiting, str] | None:
    """The first for whom there is room, with the quota; those before it are dropped, for room only ever shrinks."""
    while queue:
        if source := places.source(queue[0].chain, queue[0].needs):
            return queue[0], source
        queue.pop(0)
    return None


def _whole_groups(queue: Sequence[Waiting], places: _Places, _filled: Mapping[str, Filling]) -> Iterator[_Offer]:
    """First come, first served by groups: all of a delegation's group or nobody; who has no group is one alone."""
    for group in _groups(queue):
        trial = _Places(dict(places.free))
        offers = [
            _give(trial, waiting, source) for waiting in group if (source := trial.source(waiting.chain, waiting.needs))
        ]
        if len(offers) == len(group):
            places.free = trial.free
            yield from offers


def _groups(queue: Sequence[Waiting]) -> list[list[Waiting]]:
    """The groups in the order of their first ones."""
    groups: dict[str, list[Waiting]] = {}
    for waiting in queue:
        groups.setdefault(f"group {waiting.group}" if waiting.group else waiting.entry_id, []).append(waiting)
    return list(groups.values())


def _give(places: _Places, waiting: Waiting, source: str) -> _Offer:
    seen = dict(places.free)
    places.free[source] -= waiting.needs
    return _Offer(waiting, source, seen)


P = WaitingPolicy
POLICIES = {
    policy.name: policy
    for policy in (
        Policy(P.STRICT, 1, _strict, R.NEXT_IN_LINE, R.DOES_NOT_FIT),
        Policy(P.BEST_FIT, 1, _best_fit, R.FITS, R.DOES_NOT_FIT),
        Policy(P.PROVINCE_BALANCED, 1, _province_balanced, R.PROVINCE_FILLED_LEAST, R.PROVINCE_FILLED_MORE),
        Policy(P.WHOLE_GROUPS, 1, _whole_groups, R.WHOLE_GROUP_FITS, R.GROUP_DOES_NOT_FIT),
    )
}
"""The policies by the name under which a rule set chooses one."""
