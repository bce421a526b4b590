"""What a person writes of one feed."""

from pydantic import Field

from monitor.config.base import Model
from monitor.config.values import Selector, Strings, Url


class FeedConfig(Model):
    """Something to poll."""

    url: Url = Field(description="address of the feed or news sitemap")
    name: str = Field("", description="short name for --feed; default: the host and path")
    outlet: str = Field("", description="who publishes it")
    tags: Strings = Field((), description="words to select feeds by")
    paused: bool = Field(False, description="keep it, but do not poll it")
    links: Selector = Field(
        "",
        description="for a page without a feed: the CSS selector of its headlines' links, "
        "e.g. h3 a",
    )
