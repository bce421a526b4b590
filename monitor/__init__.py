"""Watch the news for a desk that cannot afford to miss one kind of story."""

__version__ = "0.1.0"
