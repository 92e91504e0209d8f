"""The public holidays of the host countries, as the library `holidays` knows them."""

from datetime import date
from functools import lru_cache

from holidays import country_holidays


def is_known(calendar: str) -> bool:
    """Whether there is such a calendar: `BE`, or with a part of the country `DE-BY`."""
    try:
        public_holidays(calendar, 2026)
    except NotImplementedError:
        return False
    return True


@lru_cache(maxsize=1000)
def public_holidays(calendar: str, year: int) -> frozenset[date]:
    """The days of one year on which a country does not work. Raises NotImplementedError for an unknown one."""
    country, _, part = calendar.partition("-")
    # With the years around it: a holiday of one year may be observed in another. Never asked day by day,
    # because the library fills its table while it answers, and two threads would see it half full.
    around = country_holidays(country, subdiv=part or None, years=(year - 1, year, year + 1), expand=False)
    return frozenset(day for day in around if day.year == year)
