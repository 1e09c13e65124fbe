"""The forms of jobs: every service reads them alike."""

from __future__ import annotations

from contracts.forms import Input, identifier


class StopJob(Input):
    """Have a job end without its effect. For who asked for it and for the hub office."""

    job_id = identifier("Job", says="The job.")
