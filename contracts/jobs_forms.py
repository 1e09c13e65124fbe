"""The forms of jobs: every service reads them alike."""

from __future__ import annotations

from contracts.forms import Input, identifier


class StopJob(Input):
    """Stop a job; it then has no effect. For the person who asked for it and the hub office."""

    job_id = identifier("Job", says="The job.")
