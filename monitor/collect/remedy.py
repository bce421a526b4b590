"""Why a feed failed → what to do about it, in a few words. Pure."""

from monitor.errors import Permanent, Temporary

OWNER = "tell the outlet; it is tried again"
NONE = "none needed: it is tried again"
REMEDIES = {
    "empty": "look at its address in a browser; it is tried again",
    "html": "`monitor feeds discover` with that page's address finds its feeds",
    "opml": "`monitor feeds import` takes it",
    "plain_sitemap": "look for a news sitemap in its robots.txt",
    "json": OWNER,
    "not_a_feed": OWNER,
    "unreadable": OWNER,
    "huge_tag": OWNER,
    "too_slow": OWNER,
    "out_of_memory": OWNER,
    "worker_died": OWNER,
    "bad_encoding": OWNER,
    "tls": "tell the outlet; certificates are always checked",
    "redirect_loop": "look for the feed's new address",
    "bad_redirect": "look for the feed's new address",
    "no_links": "look at the page, and give the feed a selector that finds its headlines' links",
    "robots": "ask the outlet for a feed, or `monitor feeds discover` its site",
    "http_401": "ask the outlet for a feed without a login",
    "http_403": "set http.contact, ask the outlet to let monitor in",
    "http_404": "look for the feed's new address",
    "http_410": "find its new address, or `monitor feeds remove` it; `feeds resume` tries again",
}


def told(error: Temporary | Permanent) -> str:
    """Say the thing, what is wrong with it, and what to do where something can be done."""
    remedy = REMEDIES.get(error.reason)
    return f"{error}; {remedy}" if remedy else str(error)
