"""What is about no single case: trouble with the service, and silences that ended. Pure."""

from datetime import UTC, datetime

from monitor.deliver.render.clean import clean
from monitor.deliver.render.facts import Row
from monitor.deliver.render.paper import Section, Sheet
from monitor.deliver.render.tree import Tree, number, texts, tree, trees
from monitor.records import Delivery, counted

LEAD = 1000
SHOWN = 50


def health(delivery: Delivery) -> Sheet:
    """Something is wrong with the service, or over."""
    incident = tree(delivery.data, "incident")
    kind = clean(incident.get("kind")).replace("_", " ")
    what = clean(delivery.data.get("reason"), LEAD) or clean(incident.get("detail"), LEAD) or kind
    over = moment(incident.get("closed_at"))
    what = what.removeprefix("over: ") if over else what
    head = "Recovered" if over else "Health"
    named = (
        ("Kind", kind),
        ("Detail", incident.get("detail")),
        ("Since", moment(incident.get("opened_at"))),
    )
    more = (("Over since", over), ("What to do", delivery.data.get("remedy")))
    rows = (Row(label=label, value=clean(value)) for label, value in (*named, *more))
    return Sheet(
        subject=f"[{head.lower()}] {what or 'the service needs a look'}",
        lead=f"{head}: {what or 'the service needs a look'}",
        rows=tuple(row for row in rows if row.value and row.value != what),
    )


def silence(delivery: Delivery) -> Sheet:
    """A silence is over, and these are the cases that it hid."""
    about, cases = tree(delivery.data, "silence"), trees(delivery.data.get("cases"))
    matcher = tree(about, "matcher")
    asked = " ".join(f"{clean(name)}={','.join(texts(matcher[name]))}" for name in matcher)
    items = [_hidden(case) for case in cases[:SHOWN]]
    if len(cases) > SHOWN:
        items.append(
            f"and {counted(len(cases) - SHOWN, 'case')} more: `monitor silence list --all`"
        )
    rows = (
        Row(label="Silence", value=asked),
        Row(label="Asked by", value=clean(about.get("who"))),
        Row(label="Why", value=clean(about.get("reason"))),
        Row(label="From", value=moment(about.get("created_at"))),
        Row(label="Until", value=moment(about.get("expires_at"))),
        Row(
            label="What to do",
            value="see each with `monitor cases show ID`; its news is told again",
        ),
    )
    title = clean(cases[0].get("title"), 100) if cases else ""
    return Sheet(
        subject=f"[silence over] {counted(len(cases), 'case')} hidden: {title}",
        lead=clean(delivery.data.get("reason"), LEAD),
        rows=tuple(row for row in rows if row.value),
        sections=(Section(title="What it hid", items=tuple(items)),) if items else (),
    )


def moment(value: object) -> str:
    """Write a time as people do, to the minute; what is none stays as it is."""
    try:
        when = datetime.fromisoformat(str(value))
    except ValueError:
        return clean(value)
    return f"{when.astimezone(UTC):%Y-%m-%d %H:%M} UTC" if when.tzinfo else clean(value)


def _hidden(case: Tree) -> str:
    stage = clean(case.get("stage")).replace("_", " ")
    hits = case.get("hits")
    many = counted(hits, "hit") if isinstance(hits, int) else ""
    told = "told before or since" if case.get("told") else "nobody has been told"
    what = ", ".join(filter(None, (stage, many, told)))
    return f"case {number(case.get('id'))}: {clean(case.get('title'), 140)} ({what})"
