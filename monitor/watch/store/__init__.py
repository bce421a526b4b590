"""The watch's SQL: incidents and their messages, the test story, what waits for people."""

from monitor.watch.store import incidents, story, waiting

__all__ = ["incidents", "story", "waiting"]
