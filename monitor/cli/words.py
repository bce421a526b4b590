"""What people type: times, stages, labels; the words of verdicts and cases on a terminal."""

from datetime import datetime
from typing import Any

import click

from monitor.cli.common import printable
from monitor.config.values import duration
from monitor.records import Stage, fact_name

NEARLY = 5
ID = click.IntRange(1, 2**31 - 1)  # what every database can hold
LIMIT = click.IntRange(1, 1_000_000)
STAGE = click.Choice([stage.value for stage in Stage])

positive = click.option(
    "--positive",
    multiple=True,
    default=("exoneration",),
    metavar="LABEL",
    show_default=True,
    help="A label that should alert.",
)
stages = click.option(
    "--stages",
    default="vacated,exonerated",
    show_default=True,
    help="Stages that count as an alert; `any` counts every hit.",
)


class Since(click.ParamType[datetime]):
    """`7d`, `12h` or an ISO date, as a time in the past."""

    name = "7d|DATE"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """Read it, or fail with an example."""
        from monitor.app import utcnow

        if isinstance(value, datetime):
            return value
        try:
            return utcnow() - duration(value)
        except OverflowError:
            self.fail(f"{value!r} is before all time; write for example 7d", param, ctx)
        except ValueError:
            pass
        try:
            found = datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is no time; write for example 7d, 12h or 2026-03-02", param, ctx)
        return found if found.tzinfo else found.astimezone()


def verdict_lines(verdict: dict[str, Any]) -> list[str]:
    """A verdict for a person: score, stage, each signal with its words, what it lacked."""
    distance = verdict["score"] - verdict["threshold"]
    reached = "reached" if distance >= 0 else "missed"
    head = f"beat {verdict['beat']}: score {verdict['score']:.2f}, "
    head += f"threshold {verdict['threshold']:g} ({reached} by {abs(distance):.2f}), "
    lines = [f"{head}stage {verdict['stage']}"]
    if verdict.get("note"):
        lines.insert(0, f"beat {verdict['beat']}: {printable(verdict['note'])}")
    if verdict.get("sentence"):
        lines.append(f"  “{printable(verdict['sentence'])}”")
    for signal in verdict.get("signals", ()):
        quotes = [printable(match["text"]) for match in signal["matches"]]
        lines.append(f"  {signal['weight']:+6.2f}  {signal['id']}: {_quoted(quotes)}")
    if distance < 0 and not verdict.get("signals"):
        lines.append("  nothing in it speaks for this beat")
    if distance < 0:
        lines += _near_misses(verdict)
    lines += fact_lines(verdict.get("facts", {}), verdict["stage"])
    known = [f"{e['canonical']} ({e['type']})" for e in verdict.get("entities", ())]
    return [*lines, f"  names known: {', '.join(dict.fromkeys(known))}"] if known else lines


def _near_misses(verdict: dict[str, Any]) -> list[str]:
    """What was nearly there, the weightiest first; --json has all of it."""
    found = [miss for miss in verdict.get("near_misses", ()) if miss["why"].startswith("has ")]
    found.sort(key=lambda miss: -miss["weight"])
    return [
        f"   (+{miss['weight']:g})  {miss['id']} did not fire: {printable(miss['why'])}"
        for miss in found[:NEARLY]
    ]


def _quoted(quotes: list[str]) -> str:
    different = list(dict.fromkeys(quotes))
    shown = " · ".join(f"“{quote}”" for quote in different[:4])
    return shown if len(different) <= 4 else f"{shown} and {len(different) - 4} more"  # noqa: PLR2004


def fact_lines(facts: dict[str, Any], stage: str) -> list[str]:
    """The card of a case at this stage, field by field; what is unknown is named at the end."""
    named = {name: fact_name(name, stage).replace("_", " ") for name in facts}
    known = {name: fact for name, fact in facts.items() if fact.get("value") is not None}
    lines = [
        f"  {named[name]:24} {_value(fact['value'])}"
        + ("  (inferred)" if fact.get("basis") == "inferred" else "")
        for name, fact in known.items()
        if not name.startswith("factor_")  # the sentences of what `factors` lists
    ]
    unknown = [named[name] for name in facts if name not in known]
    return [*lines, f"  {'unknown':24} {', '.join(unknown)}"] if unknown else lines


def _value(value: Any) -> str:
    """A fact as people say it: the Registry's codes in words."""
    from monitor.deliver.render.facts import CODES

    several = value if isinstance(value, tuple | list) else (value,)
    return printable([CODES.get(str(one), one) for one in several])


def short(value: str, most: int = 80) -> str:
    """A headline for a table: cut at a word, so that one long row leaves the others readable."""
    from monitor.deliver.render.clean import clean

    return clean(value, most)


def people(names: Any, most: int = 3) -> str | None:
    """Who a case is about, for a table: the first, and how many more."""
    named = names if isinstance(names, tuple | list) else [names] if names else []
    if len(named) > most:
        return f"{named[0]} and {len(named) - 1} others"
    return ", ".join(map(str, named)) or None
