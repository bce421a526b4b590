"""The file of a beat → a frozen beat, or every mistake in it with its line."""

from monitor.judge.beat.file import draft, read
from monitor.judge.beat.words import ZONES, Beat, Reading, Rule, Test

__all__ = ["ZONES", "Beat", "Reading", "Rule", "Test", "draft", "read"]
