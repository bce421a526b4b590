"""The watch's SQL: incidents and their messages, the test story, what waits for people, watches."""

from monitor.watch.store import incidents, story, waiting, watches

__all__ = ["incidents", "story", "waiting", "watches"]
