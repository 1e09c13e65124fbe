"""RabbitMQ: a private broker with its own node, cookie, port mapper and data, and a virtual host for each test."""

import os
import subprocess
from urllib.parse import quote

import amqp

from kit.wire.request import MOST_BYTES
from tests.servers.certificates import certificates
from tests.servers.console import Console
from tests.servers.install import RABBITMQ, require
from tests.servers.ports import free_port
from tests.servers.reaper import watch_process
from tests.servers.server import START_SECONDS, Server

HELD = """
Count = fun(Queue) -> case amqqueue:get_type(Queue) of
  rabbit_quorum_queue ->
    {{ok, {{_, Total}}, _}} = ra:leader_query(amqqueue:get_pid(Queue), fun rabbit_fifo:query_messages_total/1), Total;
  _ -> [{{messages, Messages}}] = rabbit_amqqueue:info(Queue, [messages]), Messages
end end,
Written = [io_lib:format("~s=~w", [element(4, amqqueue:get_name(Queue)), Count(Queue)])
  || Queue <- rabbit_amqqueue:list(<<"{vhost}">>)],
list_to_binary(lists:join(" ", Written)).
"""


class RabbitMQ(Server):
    """`start()` it, then give each test its own `vhost(name)`. User and password are guest, no plugin is on."""

    name = "rabbitmq"

    def __init__(self) -> None:
        super().__init__()
        self._programs = require(RABBITMQ).parent
        self._distribution_port = free_port()
        self._mapper_port = free_port()
        self._mapper: subprocess.Popen[bytes] | None = None
        self._console = Console(f"hub{self.port}@localhost", super()._environment() | self._mapping())
        self.tls_port = free_port()
        self.certificates = certificates(self.folder / "tls")
        (self.folder / "rabbitmq.conf").write_text(self._configuration())

    @property
    def uri(self) -> str:
        """The AMQP address of the default virtual host."""
        return f"amqp://guest:guest@127.0.0.1:{self.port}//"

    def load(self, definitions: str) -> None:
        """Take in users, permissions and whatever else stands in RabbitMQ's definitions (JSON)."""
        self.ctl("import_definitions", stdin=definitions)

    def tls_uri(self, user: str, password: str, vhost: str) -> str:
        """The AMQP address by TLS, with the authority by which the broker is known."""
        name = quote(vhost, safe="")
        return f"amqps://{user}:{password}@127.0.0.1:{self.tls_port}/{name}?cacertfile={self.certificates.authority}"

    def vhost(self, name: str) -> str:
        """Make a virtual host and return its AMQP address; one that exists is left as it is."""
        added = f'ok = rabbit_vhost:add(<<"{name}">>, <<"tests">>)'
        who = f'<<"guest">>, <<"{name}">>, <<".*">>, <<".*">>, <<".*">>, <<"tests">>'
        self._console.evaluate(f"{added}, ok = rabbit_auth_backend_internal:set_permissions({who}).")
        return f"amqp://guest:guest@127.0.0.1:{self.port}/{quote(name, safe='')}"

    def delete_vhost(self, name: str) -> None:
        """Delete a virtual host with its queues, and close the connections to it."""
        self._console.evaluate(f'ok = rabbit_vhost:delete(<<"{name}">>, <<"tests">>).')

    def held(self, vhost: str) -> dict[str, int]:
        """How many messages each queue of a virtual host holds, those that a consumer has among them.

        The leader of a quorum queue is asked: what `rabbitmqctl list_queues` says of it is up to 5 s old.
        """
        text = self._console.evaluate(HELD.format(vhost=vhost).replace("\n", " "))
        pairs = (word.split("=") for word in text.removeprefix('<<"').removesuffix('">>').split())
        return {name: int(value) for name, value in pairs} if "=" in text else {}

    def settle(self) -> None:
        """Write the names of new quorum queues to disk, before a `kill` that may follow their declaration within 2 s.

        RabbitMQ before 3.13.4 does so after 0.5 s only, and a kill in between loses the queue with its confirmed
        messages (github.com/rabbitmq/ra pull request 443); the fault is the broker's and no client can mend it.
        """
        self._console.evaluate("[dets:sync(Table) || Table <- dets:all()].")

    def ctl(self, *arguments: str, stdin: str = "") -> str:
        """Run `rabbitmqctl` and return what it prints (0.3 s); raises RuntimeError with its words when it fails."""
        command = [str(self._programs / "rabbitmqctl"), "--quiet", *arguments]
        run = subprocess.run(
            command, env=self._environment(), input=stdin, capture_output=True, text=True, check=False, timeout=60
        )
        if run.returncode != 0:
            raise RuntimeError(f"rabbitmqctl {' '.join(arguments)}: {run.stdout}{run.stderr}")
        return run.stdout

    def remove(self) -> None:
        self._console.close()
        super().remove()
        if self._mapper is not None:
            self._mapper.kill()
            self._mapper.wait()

    def _configuration(self) -> str:
        files = self.certificates
        return f"""listeners.tcp.default = 127.0.0.1:{self.port}
listeners.ssl.default = 127.0.0.1:{self.tls_port}
ssl_options.cacertfile = {files.authority}
ssl_options.certfile = {files.certificate}
ssl_options.keyfile = {files.key}
max_message_size = {MOST_BYTES}
"""

    def _command(self) -> list[str]:
        return [str(self._programs / "rabbitmq-server")]

    def _prepare(self) -> None:
        # Left to itself the node would start a mapper in the background, on the machine's one port, and leave it there.
        if self._mapper is None:
            self._mapper = subprocess.Popen(
                ["epmd", "-address", "127.0.0.1", "-port", str(self._mapper_port)],
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
            watch_process(self._mapper.pid)

    def _mapping(self) -> dict[str, str]:
        """Where nodes of Erlang find each other."""
        return {"ERL_EPMD_ADDRESS": "127.0.0.1", "ERL_EPMD_PORT": str(self._mapper_port)}

    def _environment(self) -> dict[str, str]:
        folder = self.folder
        return super()._environment() | {
            **self._mapping(),
            "RABBITMQ_CONFIG_FILE": str(folder / "rabbitmq.conf"),
            "RABBITMQ_CONF_ENV_FILE": os.devnull,
            "RABBITMQ_DIST_PORT": str(self._distribution_port),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "plugins"),
            "RABBITMQ_FEATURE_FLAGS_FILE": str(folder / "feature_flags"),
            "RABBITMQ_LOG_BASE": str(folder / "log"),
            "RABBITMQ_MNESIA_BASE": str(folder / "data"),
            "RABBITMQ_NODENAME": f"hub{self.port}@localhost",
            "RABBITMQ_PID_FILE": str(folder / "pid"),
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "-kernel inet_dist_use_interface {127,0,0,1} +S 2:2",
            # The start script then becomes the broker instead of its parent: signals reach the broker itself.
            "RUNNING_UNDER_SYSTEMD": "true",
        }

    def _answers(self) -> bool:
        address = f"127.0.0.1:{self.port}"
        try:
            with amqp.Connection(address, connect_timeout=START_SECONDS, read_timeout=START_SECONDS):
                return True
        except (OSError, amqp.AMQPError):
            return False
