"""Console: evaluates Erlang in a broker's node, from one process that stays; each `rabbitmqctl` would start a machine (0.6 s)."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Mapping

from tests.servers.reaper import forget_process, watch_process

LONGEST = 60  # seconds for which the node is waited for
LOOP = """
Loop = fun Loop() ->
  case io:get_line("") of
    eof -> halt(0);
    Line ->
      Said = try
        {{ok, Tokens, _}} = erl_scan:string(Line),
        {{ok, Parsed}} = erl_parse:parse_exprs(Tokens),
        case rpc:call({node}, erl_eval, exprs, [Parsed, []], {milliseconds}) of
          {{value, Value, _}} -> ["ok ", io_lib:format("~0p", [Value])];
          Else -> ["error ", io_lib:format("~0p", [Else])]
        end
      catch Class:Reason -> ["error ", io_lib:format("~0p", [{{Class, Reason}}])] end,
      io:format("~ts~n", [[Character || Character <- lists:flatten(Said), Character =/= $\\n]]),
      Loop()
  end
end,
Loop().
"""


class Console:
    """Beside one node, with that node's environment and cookie."""

    def __init__(self, node: str, environment: Mapping[str, str]) -> None:
        self._node, self._environment = node, environment
        self._turn = threading.Lock()
        self._process: subprocess.Popen[str] | None = None

    def evaluate(self, expression: str) -> str:
        """What the expression is in the node, as Erlang writes it; raises RuntimeError with the node's words."""
        with self._turn:
            process = self._process = self._process or self._started()
            assert process.stdin
            assert process.stdout
            print(expression, file=process.stdin, flush=True)
            outcome, _, said = process.stdout.readline().rstrip("\n").partition(" ")
        if outcome != "ok":
            raise RuntimeError(f"{expression}: {said}")
        return said

    def close(self) -> None:
        if self._process is not None:
            self._process.communicate()
            forget_process(self._process.pid)
            self._process = None

    def _started(self) -> subprocess.Popen[str]:
        loop = LOOP.format(node=f"'{self._node}'", milliseconds=LONGEST * 1000)
        own = ["-sname", f"console_{self._node}", "-hidden", "-start_epmd", "false"]
        near = ["-kernel", "inet_dist_use_interface", "{127,0,0,1}", "+S", "1:1"]
        process = subprocess.Popen(
            ["erl", "-noshell", *own, *near, "-eval", loop],
            env=self._environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        watch_process(process.pid)
        return process
