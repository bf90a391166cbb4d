"""Telling somebody that a run failed: a POST of a small JSON object to the `webhook` setting's address.

The address is a secret: it stands in no report, table, message or parameter. It is given as a setting, as `secret:NAME`
(a Secret block of Prefect), or in the environment as `ONRECORD_WEBHOOK`.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import re
import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextvars import ContextVar
from typing import Any

from flows.interruption import interruptible
from onrecord.settings import Settings

#: Seconds that a webhook may take; a run never waits longer for it.
TIMEOUT_SECONDS = 10
ENVIRONMENT = "ONRECORD_WEBHOOK"
SECRET = "secret:"  # noqa: S105 - says that a secret's name follows

#: The ids of the runs that an alarmed block has begun. A list, so that what a thread begins is known to the block.
RUNS: ContextVar[list[str] | None] = ContextVar("RUNS", default=None)

_FOLDERS = re.compile(r"(?<![\w./:])/(?:[^\s/'\",:]+/)+(?=[^\s/])")


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """An answer that sends elsewhere is a failure: the message is for the address that was given, and no other."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


def notify_failure(address: str, settings: Settings, flow: str, error: BaseException, run: str | None) -> None:
    """Tell of a failed flow; `text` is a sentence for chat systems. Folders of this machine are left out.

    Raises `ValueError` for an address that is not http(s), `OSError` where nobody answers or the answer is no success.
    """
    if not address.startswith(("http://", "https://")):
        raise ValueError("only http:// and https:// addresses are called")
    reason = without_folders(f"{type(error).__name__}: {error}")
    host, warehouse = socket.gethostname(), settings.warehouse.absolute().name
    told = {
        "text": f"Onrecord's {flow} of {warehouse} on {host} failed: {reason}",
        "flow": flow,
        "state": "failed",
        "error": reason,
        "run": run,
        "host": host,
        "warehouse": warehouse,
    }
    request = urllib.request.Request(  # noqa: S310 - checked above
        address, json.dumps(told).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.build_opener(_NoRedirects).open(request, timeout=TIMEOUT_SECONDS):
        pass


def without_folders(text: str) -> str:
    """The text with absolute paths cut down to their last name.

    >>> without_folders("No space left on device: '/srv/news/warehouse/.store'")
    "No space left on device: '…/.store'"
    """
    return _FOLDERS.sub("…/", text)


def webhook_of(settings: Settings) -> str | None:
    """The address that is told, from the settings, the Secret block that they name, or the environment.

    Raises `ValueError` where there is no block of that name, `RuntimeError` where no Prefect server answers.
    """
    given = settings.webhook or os.environ.get(ENVIRONMENT)
    if not given or not given.startswith(SECRET):
        return given or None
    from prefect.blocks.system import Secret

    block: Any = Secret.load(given.removeprefix(SECRET))
    return str(block.get())


@contextlib.contextmanager
def alarmed(settings: Settings, flow: str) -> Iterator[None]:
    """Where the block raises, the webhook (if there is one) is told; the error goes on its way either way.

    A webhook that cannot be told is a warning. Ctrl-C and SIGTERM end the process, and are told to nobody.
    """
    runs: list[str] = []
    token = RUNS.set(runs)
    try:
        with interruptible(settings.warehouse, runs):
            yield
    except Exception as error:
        try:
            if address := webhook_of(settings):
                notify_failure(address, settings, flow, error, runs[-1] if runs else None)
        except (OSError, ValueError, RuntimeError) as silent:
            why = f"HTTP status {silent.code}" if isinstance(silent, urllib.error.HTTPError) else str(silent)
            logging.getLogger(__name__).warning("onrecord: the webhook could not be told: %s", why)
            error.add_note(f"the webhook could not be told: {why}")
        raise
    finally:
        RUNS.reset(token)
