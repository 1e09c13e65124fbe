"""Fork server: has imported what a process of a hub runs on, and becomes that process, in a copy, each time it is asked to.

`python -m tests.running.fork_server MODULE...` imports these in their order. It reads one JSON object a line and answers with
one: {"start": [module, argument...], "environ", "out", "err"} with the process id, {"ended": pid} with the return code, or
null while it runs. The end of the input ends all that still runs.
"""

import gc
import importlib
import json
import os
import runpy
import signal
import sys
from typing import Any


def serve() -> list[str]:
    """Do what is asked; returns in each child, with the module to run and its arguments, and at the end of the input."""
    running: set[int] = set()
    for line in sys.stdin:
        asked = json.loads(line)
        if "start" in asked:
            pid = os.fork()
            if not pid:
                _become(asked)
                return list(asked["start"])
            running.add(pid)
            _answer(pid)
        else:
            ended, status = os.waitpid(asked["ended"], os.WNOHANG)
            running.discard(ended)
            _answer(os.waitstatus_to_exitcode(status) if ended else None)
    for pid in running:
        os.kill(pid, signal.SIGKILL)
    return []


def _answer(answer: int | None) -> None:
    print(json.dumps(answer), flush=True)


def _become(asked: dict[str, Any]) -> None:
    """Take the place of a process that was started with this environment and these files."""
    for number, path, mode in ((0, os.devnull, os.O_RDONLY), (1, asked["out"], _APPEND), (2, asked["err"], _APPEND)):
        file = os.open(path, mode)
        os.dup2(file, number)
        os.close(file)
    os.environ.clear()
    os.environ.update(asked["environ"])


_APPEND = os.O_WRONLY | os.O_CREAT | os.O_APPEND

if __name__ == "__main__":
    for name in sys.argv[1:]:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()  # what all copies hold is looked through by none
    if started := serve():
        sys.argv = started
        runpy.run_module(started[0], run_name="__main__", alter_sys=True)
