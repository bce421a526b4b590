"""The delivering room's SQL: the outbox, its log, and the channels that want no more."""

from monitor.deliver.store.channels import disable_channel, disabled_since, enable_channel
from monitor.deliver.store.manage import (
    Attempt,
    Sending,
    acknowledge,
    attempts,
    counts,
    drop,
    list_deliveries,
    look,
    retry,
)
from monitor.deliver.store.outbox import Failure, claim_delivery, fail, finish

__all__ = [
    "Attempt",
    "Failure",
    "Sending",
    "acknowledge",
    "attempts",
    "claim_delivery",
    "counts",
    "disable_channel",
    "disabled_since",
    "drop",
    "enable_channel",
    "fail",
    "finish",
    "list_deliveries",
    "look",
    "retry",
]
