"""Jobs: how long work stands, and what is refused about it."""

from contracts.base import Refusal
from contracts.choices import Choice


class JobStatus(Choice):
    """The state of a job."""

    QUEUED = "queued", "It waits for its turn, or for its next try."
    RUNNING = "running", "It is being worked on."
    DONE = "done", "It has ended, and its effect is there."
    FAILED = "failed", "It has ended before its end; its problems say why, its progress how far it came."
    STOPPED = "stopped", "It was stopped; its progress says how far it came."


class StillRunning(Refusal):
    """No refusal of the matter: the work goes on as the job that `job` names, and the same idempotency key asks for its end."""

    code = "STILL_RUNNING"
    zh = "任务仍在办理中，结果稍后可查。"
    en = "This is still being worked on; its result can be asked for later."


class JobFailed(Refusal):
    code = "JOB_FAILED"
    zh = "任务多次尝试未能完成，已转人工处理。"
    en = "The work failed several times; somebody will look at it."


class JobStopped(Refusal):
    code = "JOB_STOPPED"
    zh = "任务已被停止，停止后不再更改。"
    en = "The work was stopped; nothing more is changed."


class JobEnded(Refusal):
    code = "JOB_ENDED"
    zh = "任务已经结束，无法停止。"
    en = "The work has ended and can no longer be stopped."


class TooManyJobs(Refusal):
    """`max` of one person wait or are worked on at a time, in one service."""

    code = "TOO_MANY_JOBS"
    zh = "您已有 {max} 项任务在办理，请待其中一项完成后再试，或停止其中一项。"
    en = "You have {max} jobs under way; wait until one of them has ended, or stop one."
