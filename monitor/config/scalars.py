"""A character of a text in a YAML file → where it stands in the file as written. Pure."""

SKIPPED = "\\'"


def offset_in(raw: str, value: str, offset: int, style: str) -> int:
    """Find in the text as written the character that `value` has at `offset`."""
    at = _content(raw, style)
    for char in value[:offset]:
        if not char.isspace():
            at = _find(raw, char, at) + 1
    if offset < len(value) and not value[offset].isspace():
        return _find(raw, value[offset], at)
    return min(at, len(raw))


def _content(raw: str, style: str) -> int:
    """Where the value begins: after the quotation mark, or on the line after `>-`."""
    if style in ("|", ">"):
        return raw.find("\n") + 1
    return 1 if style else 0


def _find(raw: str, char: str, at: int) -> int:
    """The next such character, if only blanks and escapes stand before it."""
    seek = at
    while seek < len(raw) and raw[seek] != char and (raw[seek].isspace() or raw[seek] in SKIPPED):
        seek += 1
    return seek if raw[seek : seek + 1] == char else min(at, len(raw))
