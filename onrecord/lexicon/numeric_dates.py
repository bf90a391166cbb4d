"""Whether an outlet writes the day before the month in figures, by its country: 7/8/07."""

from __future__ import annotations

from functools import cache
from urllib.parse import urlsplit

from onrecord.lexicon.outlets import outlets
from onrecord.lexicon.word_lists import word_list


def day_first(url: str | None, publisher: str | None) -> bool | None:
    """Whether 7/8/07 is the 7th of August to the outlet of an address or of a name; null where that is not known.

    >>> day_first("https://www.thetimes.co.uk/article/a", None), day_first(None, "The New York Times")
    (True, False)
    """
    told = _of_host(_host(url)) if url else None
    if told is None and publisher:
        told = _of_host(_hosts_by_name().get(publisher, publisher.casefold()))
    return told


def _host(url: str) -> str:
    try:
        return (urlsplit(url if "//" in url else f"//{url}").hostname or "").removeprefix("www.")
    except ValueError:  # a bracket that no address may have
        return ""


def _of_host(host: str) -> bool | None:
    labels = host.split(".")
    if len(labels) < 2 or " " in host:
        return None
    known = _orders()
    for start in range(len(labels) - 1):
        if (told := known.get(".".join(labels[start:]))) is not None:
            return told
    ending = labels[-1]
    if ending in known:
        return known[ending]
    return True if len(ending) == 2 and ending.isalpha() and ending not in _unsettled() else None


@cache
def _orders() -> dict[str, bool]:
    data = word_list("numeric_dates.yaml")
    month_first = dict.fromkeys([*data["month_first"], *data["hosts_month_first"]], False)
    return month_first | dict.fromkeys(data["hosts_day_first"], True)


@cache
def _unsettled() -> frozenset[str]:
    return frozenset(word_list("numeric_dates.yaml")["unsettled"])


@cache
def _hosts_by_name() -> dict[str, str]:
    return {name: host for host, name in outlets().hosts.items()}
