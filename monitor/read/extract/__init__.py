"""Page and entry -> article. Pure, slow, run in the pool.

decode, guard, parse -> what the page says of itself -> dates, title, body -> article
"""

from monitor.records import Article, Fetched, PendingEntry


def extract(page: Fetched, pending: PendingEntry) -> Article:
    """Read a page; raise NoArticle with a reason where there is no text to be had.

    `canonical_url` is what the page claims for itself, absolute and unjudged, or empty.
    """
    from monitor.read.extract.page import read_page  # noqa: PLC0415 (0.8 s: for workers only)

    return read_page(page, pending)


def fall_back(pending: PendingEntry) -> Article:
    """Make the best of what the feed itself said: its own text, or the headline alone."""
    from monitor.read.extract.feed import read_entry  # noqa: PLC0415 (as above)

    return read_entry(pending)
