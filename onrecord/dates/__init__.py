"""Time expressions: text and publication date in, TIMEX3 values and calendar intervals out."""

from onrecord.dates.reader import find_dates

__all__ = ["find_dates"]
