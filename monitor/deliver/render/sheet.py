"""A delivery → everything its message says, in the order it says it. Pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from monitor.deliver.render.clean import clean, link
from monitor.deliver.render.facts import ABOVE, QUOTE, Row, place, rows_of, unknowns, value_of
from monitor.records import AlertKind, Delivery

SUBJECT = 140
LEAD = 1000
SIGNALS = 12
QUOTES = 4
YEARS = ("years_lost_stated", "years_lost_computed")
ABOVE_WORDS = "the sentence above"
THREADED = {AlertKind.UPDATED, AlertKind.CORRECTED}

Tree = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A titled list."""

    title: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What a message says; text and HTML are two prints of it."""

    subject: str
    lead: str
    title: str = ""
    rows: tuple[Row, ...] = ()
    sections: tuple[Section, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    footer: tuple[str, ...] = ()


def sheet(delivery: Delivery) -> Sheet:
    """Gather what is said: the sentence first, then who, where, what, why, and what is unknown."""
    content = WRITERS[delivery.kind](delivery)
    return Sheet(
        subject=clean(content.subject, SUBJECT),
        lead=clean(content.lead, LEAD),
        title=content.title if content.title != content.lead else "",
        rows=content.rows,
        sections=content.sections,
        links=content.links,
        footer=_footer(delivery),
    )


def _case(delivery: Delivery) -> Sheet:
    case, hit = _tree(delivery.data, "case"), _tree(delivery.data, "hit")
    headline = _headline(case, hit)
    sentence = clean(delivery.data.get("sentence"), LEAD) or clean(hit.get("title")) or headline
    news = clean(delivery.data.get("reason"))
    corrected = delivery.kind is AlertKind.CORRECTED
    why = Row(label="New" if delivery.kind in THREADED else "Why now", value=news)
    return Sheet(
        # A thread holds together only under one subject.
        subject=headline if delivery.first_in_thread else f"Re: {headline}",
        lead=f"Correction: {news}" if corrected and news else sentence,
        title=clean(hit.get("title")) or headline,
        rows=_rows(case, hit, why, lead="" if corrected else sentence),
        sections=tuple(filter(None, (_signals(hit), _entities(hit), _unknown(case)))),
        links=_links(case, hit),
    )


def _canary(delivery: Delivery) -> Sheet:
    told = _tree(delivery.data, "case") or _tree(delivery.data, "hit")
    story = _case(delivery) if told else Sheet(subject="", lead="")
    instance = clean(delivery.data.get("instance")) or "monitor"
    return Sheet(
        subject=f"[test] Alerts of {instance} reach you",
        lead=f"This is a test: alerts of {instance} reach you. Nothing happened in the world.",
        title=story.title,
        rows=story.rows,
        links=story.links,
    )


def _health(delivery: Delivery) -> Sheet:
    incident = _tree(delivery.data, "incident")
    kind = clean(incident.get("kind")).replace("_", " ")
    what = clean(delivery.data.get("reason"), LEAD) or clean(incident.get("detail"), LEAD) or kind
    over = incident.get("closed_at")
    head = "Recovered" if over else "Health"
    named = (
        ("Kind", kind),
        ("Detail", incident.get("detail")),
        ("Since", incident.get("opened_at")),
    )
    more = (("Over since", over), ("What to do", delivery.data.get("remedy")))
    rows = (Row(label=label, value=clean(value)) for label, value in (*named, *more))
    return Sheet(
        subject=f"[{head.lower()}] {what or 'the service needs a look'}",
        lead=f"{head}: {what or 'the service needs a look'}",
        rows=tuple(row for row in rows if row.value and row.value != what),
    )


WRITERS: Mapping[AlertKind, Callable[[Delivery], Sheet]] = {
    AlertKind.OPENED: _case,
    AlertKind.UPDATED: _case,
    AlertKind.CORRECTED: _case,
    AlertKind.CANARY: _canary,
    AlertKind.HEALTH: _health,
}


def _rows(case: Tree, hit: Tree, why: Row, lead: str) -> tuple[Row, ...]:
    facts = _tree(case, "facts") or _tree(hit, "facts")
    stage = clean(case.get("stage") or hit.get("stage")).replace("_", " ")
    first = (*rows_of(facts, ("exonerees",)), place(facts), *rows_of(facts, YEARS))
    own = (
        why,
        *first,
        Row(label="Stage", value=stage),
        Row(label="Sources", value=_outlets(case, hit)),
        *rows_of(facts, [field for field in facts if field not in (*ABOVE, *YEARS)]),
        Row(label="Read from", value=_read_as(hit)),
    )
    return tuple(_short(row, lead) for row in own if row.value)


def _short(row: Row, lead: str) -> Row:
    """Do not print the first sentence again under every fact it supports."""
    return Row(
        label=row.label,
        value=row.value,
        note=row.note.replace(f"“{clean(lead, QUOTE)}”", ABOVE_WORDS),
    )


def _outlets(case: Tree, hit: Tree) -> str:
    names = []
    for outlet in _trees(case.get("outlets")):
        name = clean(outlet.get("outlet") or outlet.get("name"), 120)
        names.append(f"{name} (copy)" if name and outlet.get("copy") else name)
    found = names or _texts(case.get("outlets")) or _texts(hit.get("outlet"))
    return clean(", ".join(dict.fromkeys(filter(None, found))))


def _read_as(hit: Tree) -> str:
    how = {"headline": "the headline only", "feed": "the feed only, not the page"}
    return how.get(str(hit.get("read_as")), "")


def _signals(hit: Tree) -> Section | None:
    signals = _trees(hit.get("signals"))
    if not signals:
        return None
    score = f" (score {_number(hit.get('score'))}, needed {_number(hit.get('threshold'))})"
    items = tuple(_signal(signal) for signal in signals[:SIGNALS])
    rest = (f"and {len(signals) - SIGNALS} more",) if len(signals) > SIGNALS else ()
    return Section(title=f"Why it matched{score}", items=items + rest)


def _signal(signal: Tree) -> str:
    quotes = dict.fromkeys(clean(match.get("text"), 120) for match in _trees(signal.get("matches")))
    quoted = ", ".join(f"“{quote}”" for quote in list(quotes)[:QUOTES] if quote)
    head = f"{clean(signal.get('id')).replace('_', ' ')} ({_number(signal.get('weight'), '+g')})"
    return f"{head}: {quoted}" if quoted else head


def _entities(hit: Tree) -> Section | None:
    named = (clean(e.get("canonical") or e.get("name"), 120) for e in _trees(hit.get("entities")))
    names = tuple(name for name in dict.fromkeys(named) if name)[:SIGNALS]
    return Section(title="Named in it", items=names) if names else None


def _unknown(case: Tree) -> Section | None:
    missing = unknowns(_tree(case, "facts"))
    return Section(title="Unknown", items=(", ".join(missing),)) if missing else None


def _links(case: Tree, hit: Tree) -> tuple[tuple[str, str], ...]:
    article = link(hit.get("url")) or link(hit.get("canonical_url"))
    whole = link(case.get("url"))
    told = {link(outlet.get("url")) for outlet in _trees(case.get("outlets"))}
    name = "First report" if whole in told else "Case"
    found = (("Article", article), (name, whole if whole != article else ""))
    return tuple((name, address) for name, address in found if address)


def _footer(delivery: Delivery) -> tuple[str, ...]:
    instance = clean(delivery.data.get("instance"), 80) or "monitor"
    beat = clean(delivery.data.get("beat"), 80)
    about = f"the beat “{beat}”" if beat else "the health of the service"
    reason = clean(delivery.data.get("reason"))
    channel = clean(delivery.channel, 80)
    return (
        f"You get this because the channel “{channel}” hears of {about}.",
        f"Reason: {reason or delivery.kind}.",
        f"Sent by {instance}; alert {clean(delivery.key, 200)}.",
    )


def _headline(case: Tree, hit: Tree) -> str:
    title = clean(case.get("title")) or clean(hit.get("title"))
    return title or value_of(_tree(case, "facts"), "exonerees") or "A case without a headline"


def _number(value: object, form: str = "g") -> str:
    return format(value, form) if isinstance(value, int | float) else clean(value) or "?"


def _tree(tree: Tree, key: str) -> Tree:
    value = tree.get(key)
    return value if isinstance(value, Mapping) else {}


def _trees(value: object) -> list[Tree]:
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def _texts(value: object) -> list[str]:
    many: Iterable[object] = value if isinstance(value, list | tuple) else (value,)
    return [text for text in (clean(item, 120) for item in many) if text]
