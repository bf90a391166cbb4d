"""Telling somebody that a run failed: a POST of a small JSON object to the `webhook` setting's address."""

from __future__ import annotations

import contextlib
import json
import urllib.request
from collections.abc import Iterator

from onrecord.settings import Settings

#: Seconds that a webhook may take; a run never waits longer for it.
PATIENCE = 10


def ring(address: str, flow: str, error: BaseException) -> None:
    """Tell of a failed flow. Raises `ValueError` for an address that is not http(s), `OSError` where nobody answers."""
    if not address.startswith(("http://", "https://")):
        raise ValueError(f"webhook {address!r}: only http:// and https:// addresses are called")
    told = json.dumps({"flow": flow, "state": "failed", "error": f"{type(error).__name__}: {error}"}).encode()
    request = urllib.request.Request(address, told, {"Content-Type": "application/json"})  # noqa: S310 - checked above
    with urllib.request.urlopen(request, timeout=PATIENCE):  # noqa: S310
        pass


@contextlib.contextmanager
def alarmed(settings: Settings, flow: str) -> Iterator[None]:
    """Where the block raises, the webhook (if there is one) is told; the error goes on its way either way."""
    try:
        yield
    except Exception as error:
        if settings.webhook:
            try:
                ring(settings.webhook, flow, error)
            except (OSError, ValueError) as silent:
                error.add_note(f"the webhook could not be told: {silent}")
        raise
