"""The forms of jobs: every service reads them alike."""

from __future__ import annotations

from contracts.forms import Input, Page, flag, identifier


class StopJob(Input):
    """Stop a job; it then has no effect. For the person who asked for it and the hub office."""

    job_id = identifier("Job", says="The job.")


class Jobs(Page):
    """The jobs of everybody in all services, the newest first: those under way, or those that failed. For the hub office."""

    failed = flag(required=False, says="Those that were given up on, in place of those that have not ended.")
    counted = flag(required=False)
    unshown = ("counted",)
