"""A case → the lines that a person reads: who told it, in which words, and who was told. Pure."""

from collections.abc import Iterator
from typing import Any

from monitor.records import counted

COPIES = 5
"""So many copies are shown with their address; the others are only counted."""
VERBS = {"pending": "not yet told", "dead": "could not tell", "dropped": "gave up telling"}


def articles(case: dict[str, Any]) -> Iterator[str]:
    """Each article with its sentence and why it is here, and then the copies, a line each."""
    for article in case["articles"]:
        if not article["copy"]:
            yield f"{article['outlet']}: {article['title']}"
            yield f"  {article['url']}"
            yield f"  “{article['sentence']}”"
            yield f"  here because: {article['why']}"
    copies = [article for article in case["articles"] if article["copy"]]
    for copy in copies[:COPIES]:
        yield f"{copy['outlet']} (a copy): {copy['url']}"
    if len(copies) > COPIES:
        yield f"and {counted(len(copies) - COPIES, 'more copy', 'more copies')}: see --json"


def tellings(case: dict[str, Any]) -> Iterator[str]:
    """Who was told of what, and who is still to be told."""
    for told in case["told"]:
        when = f" at {told['sent_at'][:16].replace('T', ' ')}" if told["sent_at"] else ""
        to = f"{told['channel']} {told['recipient']}".strip()
        seen = f", acknowledged by {told['acked_by'] or 'somebody'}" if told["acked_at"] else ""
        verb = VERBS.get(told["state"], "told")
        yield f"{verb} {to}: {told['kind']} ({told['reason']}), {told['state']}{when}{seen}"
