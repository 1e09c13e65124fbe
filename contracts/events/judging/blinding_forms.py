"""The forms of blinding: the seal on the codes of a stage, opening it together, and the codes behind it."""

from __future__ import annotations

from contracts.browsing import Browsed
from contracts.forms import Input, identifier


class _OneStage(Input):
    stage_id = identifier("Stage", says="The stage whose works are judged by blind code.")


class OpenCodes(_OneStage):
    """Ask for the codes of a stage to be opened or, where another person in the other role has asked, open them for good.

    For the organisers and supervisors, once the sheets are locked.
    """


class TakeBackOpening(_OneStage):
    """Take back a request to open the codes of a stage. For the person who made it."""


class Seal(_OneStage):
    """The seal on the blind codes of a stage. For the organisers and supervisors."""


class OpenedCodes(Browsed):
    """The blind codes of a stage with the entries behind them, by code; refused while the codes are sealed."""

    stage_id = identifier("Stage", says="The stage whose codes are opened.")
