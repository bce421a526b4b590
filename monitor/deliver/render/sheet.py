"""A delivery → everything its message says, in the order it says it. Pure."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from monitor.deliver.render import onward, service
from monitor.deliver.render.changes import announced, changed
from monitor.deliver.render.clean import clean
from monitor.deliver.render.facts import ABOVE, QUOTE, Row, place, rows_of, unknowns, value_of
from monitor.deliver.render.paper import Section, Sheet
from monitor.deliver.render.tree import Tree, number, texts, tree, trees
from monitor.records import AlertKind, Delivery, counted

SUBJECT = 140
LEAD = 1000
SIGNALS = 12
QUOTES = 4
BRIEF = 6
YEARS = ("years_lost_stated", "years_lost_computed")
FIRST_WORDS = "the first sentence"
THREADED = {AlertKind.UPDATED, AlertKind.CORRECTED}


def sheet(delivery: Delivery) -> Sheet:
    """Gather what is said: the sentence first, then who, where, what, why, and what is unknown."""
    content = _digest(delivery) if delivery.others else WRITERS[delivery.kind](delivery)
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
    case, hit = tree(delivery.data, "case"), tree(delivery.data, "hit")
    headline = _headline(case, hit)
    sentence = clean(delivery.data.get("sentence"), LEAD) or clean(hit.get("title")) or headline
    news = clean(delivery.data.get("reason"))
    corrected = delivery.kind is AlertKind.CORRECTED
    news = announced(news) if corrected else news
    new = delivery.kind in THREADED and not news.startswith("reminder:")
    why = Row(label="New" if new else "Why now", value=news)
    return Sheet(
        # A thread holds together only under one subject.
        subject=headline if delivery.first_in_thread else f"Re: {headline}",
        lead=f"Correction: {news}" if corrected and news else sentence,
        title=clean(hit.get("title")) or headline,
        rows=_rows(case, hit, why, lead="" if corrected else sentence),
        sections=tuple(
            filter(None, (_changes(delivery), _signals(hit), _entities(hit), _unknown(case)))
        ),
        links=(*onward.of_case(delivery.data), *onward.acknowledge(delivery.data)),
    )


def _digest(delivery: Delivery) -> Sheet:
    told = [(one, WRITERS[one.kind](one)) for one in (delivery, *delivery.others)]
    heads = [_told_of(one, written) for one, written in told]
    links = [
        (clean(f"{number}. {head}", 60), written.links[0][1])
        for number, (head, (_, written)) in enumerate(zip(heads, told, strict=True), 1)
        if written.links
    ]
    many = counted(len(told), "alert")
    return Sheet(
        subject=f"{many}: {heads[0]}",
        lead=f"{many}, collected for this digest.",
        sections=tuple(
            Section(title=f"{number}. {head}", items=_brief(one, written))
            for number, (head, (one, written)) in enumerate(zip(heads, told, strict=True), 1)
        ),
        links=(*links, *onward.acknowledge(delivery.data)),
    )


def _told_of(delivery: Delivery, written: Sheet) -> str:
    return clean(written.subject.removeprefix("Re: "), SUBJECT)


def _brief(delivery: Delivery, written: Sheet) -> tuple[str, ...]:
    rows = (f"{row.label}: {row.value}" for row in written.rows[:BRIEF])
    address = written.links[0][1] if written.links else ""
    return tuple(filter(None, (clean(written.lead, LEAD), *rows, address)))


def _canary(delivery: Delivery) -> Sheet:
    told = tree(delivery.data, "case") or tree(delivery.data, "hit")
    story = _case(delivery) if told else Sheet(subject="", lead="")
    instance = clean(delivery.data.get("instance")) or "monitor"
    return Sheet(
        subject=f"[test] Alerts of {instance} reach you",
        lead=f"This is a test: alerts of {instance} reach you. Nothing happened in the world.",
        title=story.title,
        rows=story.rows,
        links=story.links,
    )


WRITERS: Mapping[AlertKind, Callable[[Delivery], Sheet]] = {
    AlertKind.OPENED: _case,
    AlertKind.UPDATED: _case,
    AlertKind.CORRECTED: _case,
    AlertKind.CANARY: _canary,
    AlertKind.HEALTH: service.health,
    AlertKind.SILENCE: service.silence,
}


def _rows(case: Tree, hit: Tree, why: Row, lead: str) -> tuple[Row, ...]:
    facts = tree(case, "facts") or tree(hit, "facts")
    stage = clean(case.get("stage") or hit.get("stage"))
    first = (*rows_of(facts, ("exonerees",)), place(facts), *rows_of(facts, YEARS))
    own = (
        why,
        *first,
        Row(label="Stage", value=stage.replace("_", " ")),
        Row(label="Sources", value=_outlets(case, hit)),
        *rows_of(facts, [field for field in facts if field not in (*ABOVE, *YEARS)], stage),
        Row(label="Read from", value=_read_as(hit)),
    )
    return tuple(_once([row for row in own if row.value], lead))


def _once(rows: Sequence[Row], lead: str) -> Iterator[Row]:
    """Print no sentence again under every fact that it supports; say where it stands."""
    shown = {f"“{clean(lead, QUOTE)}”": FIRST_WORDS}
    for row in rows:
        quoted = f"“{row.note.partition('“')[2]}"
        note = row.note.replace(quoted, shown.get(quoted, quoted)) if row.note else ""
        shown.setdefault(quoted, f"the sentence under “{row.label}”")
        yield Row(label=row.label, value=row.value, note=note)


def _outlets(case: Tree, hit: Tree) -> str:
    """Who tells it in words of their own, counted, and who prints a copy."""
    copies: list[str] = []
    own: list[str] = []
    for outlet in trees(case.get("outlets")):
        name = clean(outlet.get("outlet") or outlet.get("name"), 120)
        (copies if outlet.get("copy") else own).append(name)
    own = own or copies or [*texts(case.get("outlets"))] or [*texts(hit.get("outlet"))]
    names = list(dict.fromkeys(filter(None, own)))
    syndicated = list(dict.fromkeys(name for name in copies if name and name not in names))
    told = f"{len(names)} independent: {', '.join(names)}" if names else ""
    also = f"{counted(len(syndicated), 'copy', 'copies')}: {', '.join(syndicated)}"
    return clean("; ".join(filter(None, (told, also if syndicated else ""))))


def _read_as(hit: Tree) -> str:
    how = {"headline": "the headline only", "feed": "the feed only, not the page"}
    return how.get(str(hit.get("read_as")), "")


def _changes(delivery: Delivery) -> Section | None:
    items = changed(delivery.data)
    return Section(title="What changed", items=items) if items else None


def _signals(hit: Tree) -> Section | None:
    signals = trees(hit.get("signals"))
    if not signals:
        return None
    score = f" (score {number(hit.get('score'))}, needed {number(hit.get('threshold'))})"
    items = tuple(_signal(signal) for signal in signals[:SIGNALS])
    rest = (f"and {len(signals) - SIGNALS} more",) if len(signals) > SIGNALS else ()
    return Section(title=f"Why it matched{score}", items=items + rest)


def _signal(signal: Tree) -> str:
    quotes = dict.fromkeys(clean(match.get("text"), 120) for match in trees(signal.get("matches")))
    quoted = ", ".join(f"“{quote}”" for quote in list(quotes)[:QUOTES] if quote)
    head = f"{clean(signal.get('id')).replace('_', ' ')} ({number(signal.get('weight'), '+g')})"
    return f"{head}: {quoted}" if quoted else head


def _entities(hit: Tree) -> Section | None:
    known = trees(hit.get("entities"))
    # A county that stands in many states ("Jackson County, Iowa|Ohio") is named as it is written.
    sure = (e.get("name" if "|" in str(e.get("canonical")) else "canonical") for e in known)
    named = (clean(name or e.get("name"), 120) for name, e in zip(sure, known, strict=True))
    names = tuple(name for name in dict.fromkeys(named) if name)[:SIGNALS]
    return Section(title="Named in it", items=names) if names else None


def _unknown(case: Tree) -> Section | None:
    missing = unknowns(tree(case, "facts"), clean(case.get("stage")))
    return Section(title="Unknown", items=(", ".join(missing),)) if missing else None


def _footer(delivery: Delivery) -> tuple[str, ...]:
    instance = clean(delivery.data.get("instance"), 80) or "monitor"
    beat = clean(delivery.data.get("beat"), 80)
    about = f"the beat “{beat}”" if beat else "the health of the service"
    about = "cases that were silenced" if delivery.kind is AlertKind.SILENCE else about
    about = "its routes’ digest" if delivery.others else about
    reason = announced(clean(delivery.data.get("reason")))
    channel = clean(delivery.channel, 80)
    reason = "the hour of the digest" if delivery.others else reason
    return (
        f"You get this because the channel “{channel}” hears of {about}.",
        f"Reason: {reason or delivery.kind}.",
        f"Sent by {instance}; alert {clean(delivery.key, 200)}.",
    )


def _headline(case: Tree, hit: Tree) -> str:
    title = clean(case.get("title")) or clean(hit.get("title"))
    return title or value_of(tree(case, "facts"), "exonerees") or "A case without a headline"
