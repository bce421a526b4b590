"""Config folder → frozen settings; everything that is wrong is said at once, with its line."""

from monitor.config.channels import (
    AppriseChannel,
    Channel,
    DiscordChannel,
    EmailChannel,
    SlackChannel,
    Smtp,
    TeamsChannel,
    WebhookChannel,
)
from monitor.config.feed import FeedConfig
from monitor.config.load import find, load
from monitor.config.models import Alerts, Config, Desk, Http, Retention, Route
from monitor.config.values import Secret

__all__ = [
    "Alerts",
    "AppriseChannel",
    "Channel",
    "Config",
    "Desk",
    "DiscordChannel",
    "EmailChannel",
    "FeedConfig",
    "Http",
    "Retention",
    "Route",
    "Secret",
    "SlackChannel",
    "Smtp",
    "TeamsChannel",
    "WebhookChannel",
    "find",
    "load",
]
