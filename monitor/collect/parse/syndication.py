"""What RSS, RDF and Atom have in common, whoever reads them."""

from datetime import timedelta

PERIODS = {"hourly": 1, "daily": 24, "weekly": 168, "monthly": 720, "yearly": 8760}
KINDS = {"rss": "rss", "feed": "atom", "rdf:rdf": "rdf"}
LONGEST = 60 * 24 * 30  # minutes


def kind_of_root(name: str) -> str | None:
    """Return `rss`, `atom` or `rdf` for the name of a root element, None for any other."""
    return KINDS.get(name)


def ttl(minutes: str, period: str, frequency: str) -> timedelta | None:
    """How long a feed asks not to be polled: RSS's ttl, or RSS 1.0's update period."""
    minutes, times = minutes.strip(), frequency.strip() or "1"
    if minutes.isascii() and minutes.isdigit():
        return timedelta(minutes=min(int(minutes[:9]), LONGEST)) or None
    hours = PERIODS.get(period.strip().lower())
    if hours is None or not (times.isascii() and times.isdigit()):
        return None
    return timedelta(hours=hours) / max(int(times[:4]), 1)
