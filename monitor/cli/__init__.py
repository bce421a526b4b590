"""The command line: parse, load, open, hand over. Every command's module is imported on use."""

from monitor.cli.main import main

__all__ = ["main"]
