"""Text → as much of it as a chat service takes. Pure."""

from monitor.deliver.render.clean import clean


def units(text: str) -> int:
    """Count as the strictest service does: an emoji outside the basic plane is two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def fit(text: str, limit: int) -> str:
    """Give a line that counts no more than `limit`, cut at a word."""
    size = limit
    shown = clean(text, size)
    while (over := units(shown) - limit) > 0:
        size = min(size, len(shown)) - max(over // 2, 1)
        shown = clean(text, size)
    return shown


def fit_lines(lines: list[str], limit: int, joiner: str = "\n") -> str:
    """Join as many whole lines as there is room for; say how many are left out."""
    kept: list[str] = []
    for number, line in enumerate(lines):
        rest = len(lines) - number - 1
        more = [f"… and {rest} more"] if rest else []
        if units(joiner.join([*kept, line, *more])) > limit:
            left = len(lines) - number
            return joiner.join([*kept, f"… and {left} more"]) if kept else fit(line, limit)
        kept.append(line)
    return joiner.join(kept)
