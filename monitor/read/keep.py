"""What a server answered → the page as it is kept: compressed, with its hash. Pure."""

import hashlib
import zlib

from monitor.records import Fetched, Page


def keep(page: Fetched) -> Page:
    """Keep a page byte for byte, so that what was read can be shown, and read again."""
    return Page(
        url=page.url,
        content_type=page.content_type,
        sha256=hashlib.sha256(page.body).hexdigest(),
        body=zlib.compress(page.body),
    )
