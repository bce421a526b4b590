"""Two readings of a text → the corrections and editor's notes that only the second has. Pure."""

import re

LONGEST = 1000
NOTE = re.compile(
    r"""(?ix)
    ^\W*(?:correction|clarification|retraction|editor(?:['’]?s|s['’])?\ note|erratum
        |corrections\ and\ clarifications)\b\W*[:(—–-]\s*\S
    |\b(?:an\ )?(?:earlier|previous|prior|original|initial|first)\ versions?\ of\ (?:this|the|our)
        \ (?:story|article|report|headline|post|piece|dispatch)\b
        .{0,80}\b(?:mis|wrong|incorrect|inaccura|error|err(?:ed|oneous)|said|gave|had|contained)
    |\b(?:this|the)\ (?:story|article|report|headline|post|piece)\ (?:has\ been|was|is\ being)
        \ (?:corrected|amended|retracted|withdrawn|clarified|changed\ to\ correct
        |updated\ to\ correct|edited\ to\ correct|revised\ to\ correct)
    |\bwe\ (?:regret|apologi[sz]e\ for)\ (?:the|this|our)\ (?:error|mistake)
    |\bthe\ (?:error|mistake)\ has\ been\ corrected
    """
)


def appeared(old: str, new: str) -> tuple[str, ...]:
    """The paragraphs of the new text that admit a mistake and do not stand in the old one."""
    known = {_key(part) for part in old.split("\n\n")}
    return tuple(
        part.strip()[:LONGEST]
        for part in new.split("\n\n")
        if NOTE.search(part) and _key(part) not in known
    )


def without(text: str) -> str:
    """The text without its notes: they repeat the mistake that they correct."""
    return "\n\n".join(part for part in text.split("\n\n") if not NOTE.search(part))


def _key(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))
