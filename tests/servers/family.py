"""Family: sends a signal to a process and all that it started."""

import signal

import psutil


def send(signal_number: signal.Signals, process: psutil.Process) -> list[psutil.Process]:
    """Signal a process and all its descendants, at once as far as they can tell, and return them.

    Who has ended is passed over.
    """
    try:
        process.suspend()  # so that it starts no more while its children are counted
        members = [process, *process.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []
    for member in members:
        try:
            member.send_signal(signal_number)
        except psutil.NoSuchProcess:
            continue
    return members
