"""A configuration → the fingerprints by which a later run knows it again."""

import hashlib

from monitor import __version__
from monitor.config import Config
from monitor.config.files import Unreadable, bytes_of


def feeds_print(config: Config) -> str:
    """The same for the same feeds."""
    return hashlib.sha256("\0".join(map(repr, config.feeds)).encode()).hexdigest()


def fingerprint(config: Config) -> str:
    """The same for the same beats, gazetteers and routes under the same version; else another."""
    digest = hashlib.sha256(__version__.encode())
    for route in config.alerts.routes:
        digest.update(f"\0{route.beat}\0{sorted(route.when)}".encode())
    for name, text in config.beats.items():
        digest.update(f"\0{name}\0{text}".encode())
    for path in config.gazetteers.values():
        try:
            digest.update(b"\0" + str(path).encode() + b"\0" + bytes_of(path))
        except Unreadable:
            return "unreadable"  # which nothing is ever kept under: compiling says why
    return digest.hexdigest()
