"""Sentences of each kind of date that newswire is hard in, written before any corpus was looked at for it.

Each row is a publication date, a text (its lines are passages) and all that is found in it, as in `grammar.yaml`.
"""

from __future__ import annotations

import datetime as dt
import re

import pytest

from onrecord.dates import find_dates
from onrecord.document.article import Span

_BUSINESS = [
    (
        "2024-10-22",
        "Vollmer Mills said third-quarter profit rose to $4 million from $3 million a year earlier.",
        "third-quarter → 2024-Q3 | a year earlier → 2023-Q3",
    ),
    ("2024-10-22", "Vollmer said sales in the quarter rose 4%.", "the quarter → 2024-Q3"),
    (
        "2024-10-22",
        "In the latest quarter, Orrin Foods earned $2 million; it lost $1 million in the year-earlier quarter.",
        "the latest quarter → 2024-Q3 | the year-earlier quarter → 2023-Q3",
    ),
    (
        "2024-10-22",
        "Third-quarter net income was $2 million. In the 2023 period it was $1 million.",
        "Third-quarter → 2024-Q3 | the 2023 period → 2023-Q3",
    ),
    (
        "2024-04-22",
        "First-quarter sales rose; in the year-ago quarter they had fallen.",
        "First-quarter → 2024-Q1 | the year-ago quarter → 2023-Q1",
    ),
    ("2024-10-22", "Prices will rise in this year's fourth quarter.", "this year's fourth quarter → 2024-Q4"),
    ("2024-10-22", "Sales fell in last year's third quarter.", "last year's third quarter → 2023-Q3"),
    ("2024-10-22", "It lost money in the first two quarters of 2022.", "the first two quarters of 2022 → 2022-H1"),
    (
        "2024-10-22",
        "Profit in the third quarter was $4 million. For the nine months, revenue was $30 million.",
        "the third quarter → 2024-Q3 | the nine months → P9M",
    ),
    (
        "2024-10-22",
        "In the first nine months of 2024 it sold 900 looms.",
        "the first nine months of 2024 → P9M",
    ),
    (
        "2024-10-22",
        "Revenue for fiscal 2023 rose, as in fiscal year 2022.",
        "fiscal 2023 → 2023 | fiscal year 2022 → 2022",
    ),
    ("2024-10-22", "Profit will double in the current fiscal year.", "the current fiscal year → 2024"),
    ("2024-10-22", "Its debt will be paid by year-end.", "year-end → 2024-12-31"),
    ("2024-10-22", "At year end 2022 it owed $3 million.", "year end 2022 → 2022-12-31"),
    ("2024-10-22", "The board declared a quarterly dividend of 10 cents a share.", "quarterly → P1Q"),
    ("2024-10-22", "Annual sales were flat.", "Annual → P1Y"),
    (
        "2024-10-22",
        "Vollmer earned 20 cents a share in the quarter, up from 18 cents a year ago.",
        "the quarter → 2024-Q3 | a year ago → 2023-Q3",
    ),
    ("2024-02-06", "Fourth-quarter profit fell.", "Fourth-quarter → 2023-Q4"),
    (
        "2024-10-22",
        "For the quarter ended Sept. 30, it lost $2 million.",
        "the quarter → 2024-Q3 | Sept. 30 → 2024-09-30",
    ),
    ("2024-10-22", "Profit fell in the same quarter last year.", "the same quarter last year → 2023-Q3"),
    ("2024-10-22", "Sales and profit will pick up in the second half.", "the second half → 2024-H2"),
]  # fmt: skip

_PLANS = [
    ("2024-05-15", "The bonds mature in January.", "January → 2025-01"),
    ("2024-05-15", "The offer expires Feb. 1.", "Feb. 1 → 2025-02-01"),
    ("2024-05-15", "The board is scheduled to vote on Dec. 15.", "Dec. 15 → 2024-12-15"),
    ("2024-05-15", "The loan is due in early November.", "early November → 2024-11 START"),
    ("2024-05-15", "The union plans to strike on March 3.", "March 3 → 2025-03-03"),
    ("2024-05-15", "The lease runs until June.", "June → 2024-06"),
    ("2024-05-15", "The bridge will be shut until February.", "February → 2025-02"),
    ("2024-05-15", "The trial is to begin in September.", "September → 2024-09"),
    ("2024-05-15", "The firm said it will open a plant in April.", "April → 2025-04"),
    ("2024-05-15", "Looms must be paid for by Dec. 31.", "Dec. 31 → 2024-12-31"),
    ("2024-05-15", "The plant that opened in January is to be sold.", "January → 2024-01"),
    ("2024-03-15", "They met last February.", "last February → 2023-02"),
    ("2024-05-15", "They met last December.", "last December → 2023-12"),
    ("2024-05-15", "It flooded last spring.", "last spring → 2023-SP"),
    ("2024-10-15", "It flooded last spring.", "last spring → 2024-SP"),
    ("2024-05-15", "The notes, due Dec. 1, 2030, pay 5%.", "Dec. 1, 2030 → 2030-12-01"),
    ("2024-05-15", "The contract takes effect July 1.", "July 1 → 2024-07-01"),
    ("2024-12-10", "The new rules take effect in January.", "January → 2025-01"),
    ("2024-05-15", "The offer is to expire Friday.", "Friday → 2024-05-17"),
    ("2024-05-15", "The court meets again on Monday to hear the appeal.", "Monday → 2024-05-20"),
]

_WEEKDAYS = [
    ("2024-05-13", "The mill burned Friday evening.", "Friday evening → 2024-05-10TEV"),
    ("2024-05-13", "The gates shut at noon Saturday.", "noon Saturday → 2024-05-11T12:00"),
    ("2024-05-13", "The strike ended at midnight Friday.", "midnight Friday → 2024-05-10T24:00"),
    (
        "2024-05-15",
        "It was sold on Monday, May 6, having shut the previous Friday.",
        "Monday, May 6 → 2024-05-06 | the previous Friday → 2024-05-03",
    ),
    (
        "2024-05-15",
        "The fair was held on the second Thursday of March 2023.",
        "the second Thursday of March 2023 → 2023-03-09",
    ),
    ("2024-05-15", "They will meet on the last Friday in May.", "the last Friday in May → 2024-05-31"),
    ("2024-05-15", "The club meets every first Tuesday.", "every first Tuesday → XXXX-WXX-2"),
    (
        "2024-05-15",
        "The club meets on the first Tuesday of every month.",
        "the first Tuesday of every month → XXXX-WXX-2",
    ),
    (
        "2024-05-15",
        "Shops will shut on Saturday 18 and Sunday 19 May.",
        "Saturday 18 → 2024-05-18 | Sunday 19 May → 2024-05-19",
    ),
    (
        "2024-05-15",
        "On Monday 6 May the river rose. That Wednesday it fell.",
        "Monday 6 May → 2024-05-06 | That Wednesday → 2024-05-08",
    ),
    ("2024-05-15", "It was the first Sunday in June 2010.", "the first Sunday in June 2010 → 2010-06-06"),
    ("2024-05-15", "It opens the Saturday after next.", "the Saturday after next → 2024-05-25"),
    ("2024-05-15", "She arrived a week ago Friday.", "a week ago Friday → 2024-05-10"),
]

_PAIRS = [
    ("2024-05-15", "The talks of August 4 and 5, 1920 failed.", "August 4 → 1920-08-04 | 5, 1920 → 1920-08-05"),
    ("2024-05-15", "The talks of 4 and 5 August 1920 failed.", "4 → 1920-08-04 | 5 August 1920 → 1920-08-05"),
    (
        "2024-05-15",
        "It rained for the first three days of June 2014.",
        "the first three days of June 2014 → 2014-06-01/2014-06-03",
    ),
    (
        "2024-05-15",
        "It rained in the last five days of May 2017.",
        "the last five days of May 2017 → 2017-05-27/2017-05-31",
    ),
    ("2024-05-15", "It takes two to six days.", "two to six days → PXD"),
    ("2024-05-15", "The war of 1957-58 was short.", "1957-58 → 1957/1958"),
    ("2024-05-15", "It was shut on 5 or 6 May.", "5 → 2024-05-05 | 6 May → 2024-05-06"),
    ("2024-05-15", "The toll rose on the 2nd of this month.", "the 2nd of this month → 2024-05-02"),
    ("2024-05-15", "It fell on the 23rd of last month.", "the 23rd of last month → 2024-04-23"),
    ("2024-05-15", "It was sold in the week of May 6.", "the week of May 6 → 2024-W19"),
    ("2024-05-15", "It was sold in the first half of May.", "the first half of May → 2024-05 START"),
    ("2024-05-15", "The regatta will be held on June 11-16, 2026.", "June 11-16, 2026 → 2026-06-11/2026-06-16"),
    (
        "2024-05-15",
        "Between September 12th and 22nd, 1914, they held it.",
        "September 12th → 1914-09-12 | 22nd, 1914 → 1914-09-22",
    ),
    ("2024-05-15", "It ran from May 3 to 5.", "May 3 to 5 → 2024-05-03/2024-05-05"),
]  # fmt: skip

_SPELLED = [
    ("2024-05-15", "She was born in nineteen ninety-six.", "nineteen ninety-six → 1996"),
    ("2024-05-15", "It shut in nineteen eighty.", "nineteen eighty → 1980"),
    ("2024-05-15", "It was feared in the year two thousand.", "the year two thousand → 2000"),
    ("2024-05-15", "It shut in two thousand and eight.", "two thousand and eight → 2008"),
    ("2024-05-15", "It shut in twenty twelve.", "twenty twelve → 2012"),
    ("2024-05-15", "The march took two and a half years.", "two and a half years → P2.5Y"),
    ("2024-05-15", "The march took 2 1/2 years.", "2 1/2 years → P2.5Y"),
    ("2024-05-15", "It lasted a year and a half.", "a year and a half → P18M"),
    ("2024-05-15", "He spoke for a minute and a half.", "a minute and a half → PT90S"),
    ("2024-05-15", "He spoke for an hour and a half.", "an hour and a half → PT90M"),
    ("2024-05-15", "Some two thousand people marched.", ""),
]

_SETS = [
    ("2024-05-15", "Sales fell in recent months.", "recent months → PAST_REF"),
    ("2024-05-15", "Over the past year sales fell.", "the past year → P1Y"),
    ("2024-05-15", "In the last few months sales fell.", "the last few months → PXM"),
    ("2024-05-15", "Sales will fall in coming quarters.", "coming quarters → FUTURE_REF"),
    ("2024-05-15", "It was built a decade ago.", "a decade ago → 2014"),
    ("2024-05-15", "It will grow over the next decade.", "the next decade → P10Y"),
    ("2024-05-15", "It shut months ago.", "months ago → PAST_REF"),
    (
        "2024-05-15",
        "The mill burned in 2019 and the guild fell a few days later.",
        "2019 → 2019 | a few days later → XXXX-XX-XX",
    ),
]

_FORMS = [
    ("2024-05-15", "It was signed on May 3,2018.", "May 3,2018 → 2018-05-03"),
    ("2024-05-15", "It was signed on Feb.6, 2019.", "Feb.6, 2019 → 2019-02-06"),
    ("2024-05-15", "It was signed on 3May 2018.", "3May 2018 → 2018-05-03"),
    ("2024-05-15", "It was signed on 14th March,2019.", "14th March,2019 → 2019-03-14"),
    ("2024-05-15", "Printed 12-Mar-18 and 3 June '17.", "12-Mar-18 → 2018-03-12 | 3 June '17 → 2017-06-03"),
    ("2024-05-15", "It was signed on 08.05.2021.", "08.05.2021 → 2021-05-08"),
    ("2024-05-15", "It shut in 2021 July and on 2021 July 4.", "2021 July → 2021-07 | 2021 July 4 → 2021-07-04"),
    ("2024-05-15", "The video runs 2:34.", "2:34 → PT2M34S"),
    ("2024-05-15", "Orla Venn won the race in 2:34:05.", "2:34:05 → PT2H34M5S"),
    ("2024-05-15", "It was hot, in the high thirties.", ""),
    ("2024-05-15", "Three-quarters of the town came.", ""),
    ("2024-05-15", "Harrow scored twice in the first quarter of the match.", ""),
    ("2024-05-15", "She left in her grade eight year.", ""),
    ("2024-05-15", "He read it in the Sunday Herald.", ""),
    ("2024-05-15", "He wrote of 9/11.", ""),
    ("2024-05-15", "He filed it on 7/8/07.", "7/8/07 → 2007-XX-XX"),
    ("2024-05-15", "It shut in Sept 97.", "Sept 97 → 1997-09"),
    (
        "2024-05-15",
        "The fair ran from December 28 to January 3, 2020.",
        "December 28 → 2019-12-28 | January 3, 2020 → 2020-01-03",
    ),
]

_ERAS = [
    ("2024-05-15", "The mound was raised in 300 B.C. and robbed in 44 BC.", "300 B.C. → BC0300 | 44 BC → BC0044"),
    ("2024-05-15", "The wars (499-493 BC) were long.", "499 → BC0499 | 493 BC → BC0493"),
    ("2024-05-15", "It was held from 58 to 50 BC.", "58 → BC0058 | 50 BC → BC0050"),
    ("2024-05-15", "The coin is of the late 5th century BC.", "the late 5th century BC → BC04 END"),
    ("2024-05-15", "The wall fell in 79 AD, the gate in AD 132.", "79 AD → 0079 | AD 132 → 0132"),
    (
        "2024-05-15",
        "It was begun in 219 BC. By the following year it stood.",
        "219 BC → BC0219 | the following year → BC0218",
    ),
    ("2024-05-15", "It fell in 480 BC. In September it was rebuilt.", "480 BC → BC0480 | September → BC0480-09"),
    (
        "2024-05-15",
        "It fell in 480 BC. The museum opened in 2019 and will shut in September.",
        "480 BC → BC0480 | 2019 → 2019 | September → 2024-09",
    ),
    ("2024-05-15", "She won the 2017 BC election.", "2017 → 2017"),
]

_LOOKS = [
    ("2024-05-15", "He was to be taken to the United States on Friday.", "Friday → 2024-05-17"),
    ("2024-02-10", "The league has decided to admit Harrow in early March, it said.", "early March → 2024-03 START"),
    (
        "2024-05-15",
        "He will tour Malta in November, the isles of the south and all of their small harbours in January.",
        "November → 2024-11 | January → 2025-01",
    ),
    ("2024-05-15", "The museum opened in 2019 and will shut in September.", "2019 → 2019 | September → 2024-09"),
    ("2024-05-15", "He will be in Rome in November. In January he fell ill.", "November → 2024-11 | January → 2024-01"),
    ("2024-05-15", "It came on May 11, three days later than planned.", "May 11 → 2024-05-11 | three days → P3D"),
    ("2024-05-15", "The mill burned at about 10:15 a.m. (0815 GMT) Monday.",
     "10:15 a.m. → 2024-05-13T10:15 | 0815 GMT → 2024-05-13T08:15Z | Monday → 2024-05-13"),
]  # fmt: skip

_ANCHORS = [
    (
        "2026-05-15",
        "He was born in 1970. Fifty-five years later he sold the mill.",
        "1970 → 1970 | Fifty-five years later → 2025",
    ),
    (
        "2024-05-15",
        "The flood came in November 2021. Nearly a year later the road was open.",
        "November 2021 → 2021-11 | Nearly a year later → 2022-11",
    ),
    (
        "2024-05-15",
        "It fell on 3 June 2010. It rose the same day.",
        "3 June 2010 → 2010-06-03 | the same day → 2010-06-03",
    ),
    (
        "2024-01-20",
        "The council met on Wednesday, January 10, 2024.\nBy the end of Wednesday nobody had spoken.",
        "Wednesday, January 10, 2024 → 2024-01-10 | the end of Wednesday → 2024-01-10 END",
    ),
    (
        "2024-05-15",
        "It fell on 3 June 2010.\nThe same day a dam broke, and the next morning another.",
        "3 June 2010 → 2010-06-03 | The same day → 2010-06-03 | the next morning → 2010-06-04TMO",
    ),
    (
        "2024-05-15",
        "Vollmer's quarterly profit rose to 3 cents in the latest quarter from 2 in the year-earlier quarter. "
        "Revenue a year earlier was $3 million.",
        "quarterly → P1Q | the latest quarter → 2024-Q1 | the year-earlier quarter → 2023-Q1 | "
        "a year earlier → 2023-Q1",
    ),
    (
        "2024-05-15",
        "In 1863 the town was besieged. In June the walls fell. By October 12 it was lost.",
        "1863 → 1863 | June → 1863-06 | October 12 → 1863-10-12",
    ),
    (
        "2024-05-15",
        "On April 12, 1863, the guns began.\nThree days later they fell silent.",
        "April 12, 1863 → 1863-04-12 | Three days later → 1863-04-15",
    ),
]  # fmt: skip


def _rows() -> list[object]:
    kinds = {"business": _BUSINESS, "plans": _PLANS, "weekdays": _WEEKDAYS, "pairs": _PAIRS, "spelled": _SPELLED,
             "sets": _SETS, "forms": _FORMS, "anchors": _ANCHORS, "eras": _ERAS, "looks": _LOOKS}  # fmt: skip
    return [pytest.param(*row, id=f"{kind}: {row[1][:40]}") for kind, rows in kinds.items() for row in rows]


@pytest.mark.parametrize(("published", "text", "expected"), _rows())
def test_kind(published: str, text: str, expected: str) -> None:
    passages = [Span(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text)]
    found = find_dates(text, passages, dt.date.fromisoformat(published))
    shown = [f"{text[e.start : e.end]} → {e.value}" + (f" {e.mod}" if e.mod else "") for e in found]
    assert " | ".join(shown) == expected
