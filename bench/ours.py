"""Ours: the kit's RPC as a service process runs it, on eventlet."""

import kit.process.green  # noqa: F401, I001 - patching must come before every other import


from bench.echo import EchoService, run
from kit.process.run import serve

if __name__ == "__main__":
    run(__file__, lambda settings: serve(EchoService, settings))
