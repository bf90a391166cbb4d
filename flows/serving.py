"""`onrecord serve`: the scheduled ingest, run by this process until it is stopped."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import socket
import threading
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import Any

from prefect.client.schemas.objects import ConcurrencyLimitConfig
from prefect.runner import Runner
from prefect.schedules import Cron
from prefect.settings import get_current_settings

from flows.alarm import ENVIRONMENT, SECRET
from flows.deployed import scheduled_ingest
from flows.engine import ready
from onrecord.options import EntryPoint
from onrecord.settings import Settings, UsageError

#: Seconds in which a server has to answer, and in which what is served has to end by itself.
TIMEOUT_SECONDS, STOP_SECONDS = 10, 8


class ServingRunner(Runner):
    """Prefect's runner, which is given so many seconds to stop, and then ended with the runs that it started."""

    def handle_sigterm(self, *received: Any) -> None:
        """Stop as Prefect does, in time."""
        end_in_time(signal.SIGTERM)
        super().handle_sigterm(*received)

    def handle_interrupt(self, number: int, _frame: FrameType | None) -> None:
        """Stop as Prefect does on Ctrl-C, in time."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        end_in_time(number)
        raise KeyboardInterrupt


def serve_ingest(settings: Settings, name: str | None, cron: str, timezone: str) -> None:
    """Serve the scheduled ingest from this process until it is stopped; one run at a time.

    Its name is that of the warehouse's folder, if none is given. Raises `UsageError` where no Prefect server answers,
    or where it knows that name of another warehouse; `RuntimeError` where the settings' engine is not installed.
    """
    settings = ready(settings)
    settings = replace(settings, raw=settings.raw.absolute(), warehouse=settings.warehouse.absolute())
    settings = replace(settings, known=settings.known and settings.known.absolute())
    name = name or settings.warehouse.name
    host = f"host:{socket.gethostname()}"
    require_server()
    require_free(name, host, settings.warehouse)
    settings = replace(settings, webhook=recorded_webhook(settings))
    runner = ServingRunner(name=name)
    deployment: Any = scheduled_ingest.to_deployment(
        name=name,
        schedule=Cron(cron, timezone=timezone),
        parameters=settings.plain(EntryPoint.SCHEDULED_INGEST),
        tags=["onrecord", host],
        concurrency_limit=ConcurrencyLimitConfig(limit=1),
    )
    runner.add_deployment(deployment)
    signal.signal(signal.SIGINT, runner.handle_interrupt)
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(runner.start())


def recorded_webhook(settings: Settings) -> str | None:
    """The webhook as a served flow's parameters may show it: an address goes to the runs by the environment instead."""
    if settings.webhook is None or settings.webhook.startswith(SECRET):
        return settings.webhook
    os.environ[ENVIRONMENT] = settings.webhook
    return None


def require_server() -> None:
    """Raises `UsageError`, with what to start, where no Prefect server is configured or none answers."""
    address = get_current_settings().api.url
    start = "start one (`prefect server start`) and name it: PREFECT_API_URL=http://127.0.0.1:4200/api"
    if not address:
        raise UsageError(f"serve needs a Prefect server: {start}")
    try:
        _get("/health")
    except urllib.error.HTTPError:
        return  # it answers
    except OSError as error:
        raise UsageError(f"no Prefect server answers at {address} ({error}): {start}") from error


def require_free(name: str, host: str, warehouse: Path) -> None:
    """Raises `UsageError` where the server knows the name as that of another warehouse's."""
    try:
        found = _get(f"/deployments/name/{scheduled_ingest.name}/{urllib.parse.quote(name, safe='')}")
    except urllib.error.HTTPError as error:
        if error.code == 404:
            return
        raise
    other = str((found.get("parameters") or {}).get("warehouse"))
    elsewhere = [tag for tag in found.get("tags") or () if tag.startswith("host:") and tag != host]
    if other != str(warehouse) or elsewhere:
        where = f" on {elsewhere[0].removeprefix('host:')}" if elsewhere else ""
        raise UsageError(
            f"this Prefect server knows {name!r} as the ingest of {other}{where}, and its runs would get the settings"
            " of this one: give another --name"
        )


def end_in_time(number: int) -> None:
    """End this process, and what it has started, where it has not ended by itself in time."""
    timer = threading.Timer(STOP_SECONDS, _end, [number])
    timer.daemon = True
    timer.start()


def _end(number: int) -> None:
    for child in children():
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
    os._exit(128 + number)


def children() -> list[int]:
    """The processes that this one has started and that run still; none where the system has no `/proc`."""
    found: list[int] = []
    for thread in Path(f"/proc/{os.getpid()}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            found += map(int, thread.read_text().split())
    return found


def _get(path: str) -> Any:
    """What the configured server answers. Raises `OSError` (`HTTPError` where it answers otherwise)."""
    configured = get_current_settings().api
    headers = {"Authorization": f"Bearer {configured.key.get_secret_value()}"} if configured.key else {}
    request = urllib.request.Request(f"{configured.url}{path}", headers=headers)  # noqa: S310 - the user's own server
    with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310
        return json.loads(answer.read())
