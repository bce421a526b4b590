"""What the desk shows → HTML that needs no script, reads on a phone and in the dark. Pure.

Everything that came from outside is escaped; only web addresses become links.
"""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any
from urllib.parse import urlsplit

from monitor.records import fact_name

STYLE = (
    "body{margin:0 auto;padding:16px;max-width:640px;font:16px/1.5 system-ui,sans-serif}"
    "blockquote{margin:0 0 8px;padding-left:12px;border-left:3px solid #888}"
    "dt{font-weight:600;margin-top:8px}dd{margin:0}.small{opacity:.75;font-size:14px}"
    "button{font:inherit;padding:12px 24px;min-height:44px}"
)


def page(title: str, *parts: str) -> str:
    """Put parts that are HTML under a title that is text."""
    inner = "\n".join(filter(None, parts))
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        '<meta name="color-scheme" content="light dark"><meta name="robots" content="noindex">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head>\n"
        f'<body><h1 dir="auto">{escape(title)}</h1>\n{inner}\n</body></html>\n'
    )


def words(text: object, kind: str = "p", style: str = "") -> str:
    """One element of plain words; nothing for no words."""
    named = f' class="{style}"' if style else ""
    return f'<{kind} dir="auto"{named}>{escape(str(text))}</{kind}>' if text else ""


def sorry(title: str, remedy: str) -> str:
    """A page that says what is wrong and what to do."""
    return page(title, words(remedy))


def asking(told: Mapping[str, Any]) -> str:
    """The page that a link in an alert opens: it changes nothing, its button does.

    Programs that look at the links of a mail open pages, and press no buttons.
    """
    button = '<form method="post"><button>I have seen it</button></form>'
    note = "Nobody is reminded of this case again then. News about it is still told."
    return page(told["title"], words(told["sentence"], "blockquote"), button, words(note))


def seen(told: Mapping[str, Any]) -> str:
    """The page of an alert that somebody has acknowledged."""
    by = f" by {told['acked_by']}" if told["acked_by"] else ""
    note = f"Acknowledged{by} at {told['acked_at']:%Y-%m-%d %H:%M} UTC."
    rest = "Nobody is reminded of this case again. News about it is still told."
    return page(told["title"], words(note), words(rest))


def case(shown: Mapping[str, Any]) -> str:
    """A case: where it stands, what is known and by which words, who tells it, who was told."""
    sentences = [article["sentence"] for article in shown["articles"] if article["sentence"]]
    stage = shown["stage"].replace("_", " ")
    return page(
        shown["title"],
        words(sentences[0] if sentences else "", "blockquote"),
        words(f"Case {shown['id']} of the beat {shown['beat']}; stage: {stage}."),
        f"<dl>{''.join(_fact(*known) for known in _known(shown['facts'], shown['stage']))}</dl>",
        words(_unknown(shown["facts"], shown["stage"]), style="small"),
        _list("Told by", map(_article, shown["articles"])),
        _list("What followed", map(_follow_up, shown["follow_ups"])),
        _list("Who was told", map(_told, shown["told"])),
    )


def _known(facts: Mapping[str, Any], stage: str) -> list[tuple[str, Mapping[str, Any]]]:
    known = ((name, fact) for name, fact in facts.items() if fact.get("value") not in (None, []))
    return [(_label(name, stage), fact) for name, fact in known]


def _unknown(facts: Mapping[str, Any], stage: str) -> str:
    missing = (name for name, fact in facts.items() if fact.get("value") in (None, []))
    names = [_label(name, stage) for name in missing]
    return f"Unknown: {', '.join(names)}." if names else ""


def _label(name: str, stage: str) -> str:
    return fact_name(name, stage).replace("_", " ")


def _fact(label: str, fact: Mapping[str, Any]) -> str:
    """One fact with its sentence, and every other value that an outlet gives it."""
    inferred = " (inferred)" if fact.get("basis") == "inferred" else ""
    rows = [words(label.capitalize(), "dt"), words(f"{_value(fact)}{inferred}", "dd")]
    rows.append(words(fact.get("sentence"), "dd", "small"))
    for other in fact.get("also", ()):
        rows.append(words(f"Another outlet says: {_value(other)}", "dd"))
        rows.append(f'<dd class="small">{_link(other["url"], other["sentence"] or "source")}</dd>')
    return "".join(rows)


def _value(fact: Mapping[str, Any]) -> str:
    value = fact["value"]
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _article(article: Mapping[str, Any]) -> str:
    outlet = f"{article['outlet'] or 'an outlet'}{' (a copy)' if article['copy'] else ''}"
    link = _link(article["url"], article["title"] or article["url"])
    quote = words(article["sentence"], "blockquote") if not article["copy"] else ""
    return (
        f"{escape(outlet)}: {link}{quote}{words('Here because: ' + article['why'], 'p', 'small')}"
    )


def _follow_up(found: Mapping[str, Any]) -> str:
    head = escape(f"{found['at'][:10]} {found['topic']}: {found['outlet']}: ")
    return head + _link(found["url"], found["title"] or found["url"])


def _told(told: Mapping[str, Any]) -> str:
    """Which channel heard what; its people's addresses are nobody's business here."""
    when = f" at {told['sent_at'][:16].replace('T', ' ')} UTC" if told["sent_at"] else ""
    return escape(f"{told['channel']}: {told['kind']} ({told['reason']}), {told['state']}{when}")


def _list(title: str, items: Iterable[str]) -> str:
    inner = "".join(f'<li dir="auto">{item}</li>' for item in dict.fromkeys(items))
    return f"<h2>{escape(title)}</h2><ul>{inner}</ul>" if inner else ""


def _link(address: str, text: str) -> str:
    """Lead to web addresses only; others are shown as words."""
    if urlsplit(address).scheme not in {"http", "https"}:
        return escape(text)
    return f'<a rel="noreferrer" href="{escape(address)}">{escape(text)}</a>'
