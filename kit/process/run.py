"""Run: one service class as a process of its own on RabbitMQ, until it is told to stop."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterable
from typing import Any

import eventlet
import eventlet.wsgi
import orjson
from nameko.containers import ServiceContainer
from prometheus_client import REGISTRY, make_wsgi_app

from kit.broker.consumer import Consumer
from kit.broker.publisher import AmqpPublisher
from kit.calls.service import Service
from kit.clock import clock_of
from kit.process import collecting
from kit.process.runtime import Runtime
from kit.settings import ACCEPT, Settings
from kit.telemetry import metrics, tracing
from kit.telemetry.logs import log
from kit.wire.agreed_keys import Offered, service_key
from kit.wire.call_keys import PublicKeys, given
from kit.wire.signing import REASONS, Checker


def serve(service_class: type[Service], settings: Settings) -> None:
    """Serve calls and messages until SIGTERM or SIGINT; returns when what ran has ended or the drain time is over.

    Raises what ended the container, if anything did: a process that serves no more must not live on. Raises UnusableCallKey
    before it serves anybody where no gateway's calls could be known.
    """
    checker = _checker(service_class.name, settings)
    runtime = Runtime(
        service_class,
        settings,
        clock_of(settings.clock_file),
        AmqpPublisher(settings.amqp_uri, settings.publish_timeout),
    )
    container = _container(service_class, settings, runtime, checker)
    consumer = container.shared_extensions[Consumer]
    runtime.health.broker, runtime.health.turning = consumer.connected, consumer.turning
    metrics.BUILD.labels(settings.telemetry.version).set(1)
    metrics.READY.set_function(lambda: int(runtime.health.ready and runtime.gauges.fresh()))
    metrics.BROKER_CONNECTED.set_function(lambda: int(consumer.connected()))
    runtime.watch()
    REGISTRY.register(runtime.gauges)
    stop = eventlet.event.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: None if stop.ready() else stop.send())
    if settings.health_port:
        eventlet.spawn(_serve_health, runtime, settings)
    tracing.start(settings.telemetry, service_class.name)
    runtime.health.started = True
    _await_migration(runtime, stop)
    runtime.start()
    container.start()
    served = eventlet.spawn(container.wait)
    served.link(lambda _: None if stop.ready() else stop.send())
    collecting.settled()
    log(__name__).info("serving", service=service_class.name)
    stop.wait()
    _stop(container, runtime, settings)
    if served.dead:
        served.wait()


def _await_migration(runtime: Runtime, stop: eventlet.event.Event) -> None:
    """Take no work before the database has what this code relies on: it would fail each call, and kill each message."""
    told = False
    while not stop.ready() and not runtime.health.report()["migrated"]:
        if not told:
            log(__name__).warning("waiting for the database and its migrations", service=runtime.service_class.name)
            told = True
        with eventlet.Timeout(1, False):
            stop.wait()


def _checker(service: str, settings: Settings) -> Checker:
    keys = PublicKeys(given(settings.call_keys, "HUB_CALL_KEYS"))
    for reason in REASONS:
        metrics.CALLS_REFUSED.labels(reason)
    secret = settings.call_secret
    return Checker(keys, Offered(service, service_key(secret)) if secret else None)


def _container(
    service_class: type[Service], settings: Settings, runtime: Runtime, checker: Checker
) -> ServiceContainer:
    handlers = len(runtime.handlers)
    config = {
        "AMQP_URI": settings.amqp_uri,
        "runtime": runtime,
        "checker": checker,
        "unsigned": settings.unsigned_calls == ACCEPT,
        "lanes": settings.lanes,
        "prefetch": settings.prefetch,
        "message_batch": settings.message_batch,
        "message_bytes": settings.message_bytes,
        # as many workers as may run at once, so that the consumer never waits to spawn one; and what has ended spawns the
        # next one before it is gone. After a lost connection a handler may still be at work for the one before
        "max_workers": 2 * (settings.lanes.calls + settings.lanes.of_groups.calls) + 4 * handlers,
    }
    return ServiceContainer(service_class, config)


def _stop(container: ServiceContainer, runtime: Runtime, settings: Settings) -> None:
    log(__name__).info("stopping", service=runtime.service_class.name)
    runtime.stopping.set()
    with eventlet.Timeout(settings.drain, False):
        container.stop()
    with eventlet.Timeout(settings.drain, False):
        runtime.stop()
    tracing.stop()


def _serve_health(runtime: Runtime, settings: Settings) -> None:
    """/startupz, /healthz, /readyz: what the probes of Kubernetes ask; /metrics: what Prometheus asks."""
    health, answer_metrics = runtime.health, make_wsgi_app()
    questions: dict[str, Callable[[], dict[str, Any]]] = {
        "/startupz": lambda: {"ready": health.started},
        "/healthz": lambda: {"ready": health.turning()},
        "/readyz": health.report,
    }

    def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if path == "/metrics":
            page: Iterable[bytes] = answer_metrics(environ, start_response)
            return page
        body = questions[path]() if path in questions else {}
        status = "200 OK" if body.get("ready") else "503 Service Unavailable" if body else "404 Not Found"
        start_response(status, [("Content-Type", "application/json")])
        return [orjson.dumps(body)]

    listener = eventlet.listen((settings.host, settings.health_port))
    eventlet.wsgi.server(listener, application, log_output=False)
