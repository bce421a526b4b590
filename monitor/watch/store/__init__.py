"""The watch's SQL: incidents and their messages, the test story."""

from monitor.watch.store import incidents, story

__all__ = ["incidents", "story"]
