"""Title and body → the known entities named in them, with their places in the text."""

from monitor.judge.entities.index import Gazetteers, index
from monitor.judge.entities.match import find

__all__ = ["Gazetteers", "find", "index"]
