"""`monitor silence …`: what people do not want to hear of, for how long, and why."""

import getpass
from dataclasses import asdict
from datetime import timedelta
from typing import Any

import click

from monitor.cli.common import (
    Group,
    Options,
    change_db,
    dry_run,
    pass_options,
    print_json,
    print_lines,
    printable,
    with_db,
)
from monitor.cli.words import ID
from monitor.config.values import duration
from monitor.errors import UsageError
from monitor.records import counted

FACTS = ("exonerees", "state", "county", "country", "crime", "mode")
KNOWN = ("beat", "stage", "outlet", "case", *FACTS)
LONGEST_ID = 10  # digits
LONGEST = timedelta(days=3650)
EXAMPLE = "write for example case=12, outlet=NAME or state=CA,OR"


@click.group(cls=Group)
def silence() -> None:
    """Silences: what nobody wants to hear of for a while."""


def _matcher(words: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    matcher: dict[str, tuple[str, ...]] = {}
    for word in words:
        name, _, said = word.partition("=")
        values = tuple(filter(None, (value.strip() for value in said.split(","))))
        if name not in KNOWN or not values:
            raise UsageError(f"{word!r} is no condition; {EXAMPLE} (known: {', '.join(KNOWN)})")
        matcher[name] = (*matcher.get(name, ()), *values)
    return matcher


def _must_be_known(options: Options, matcher: dict[str, tuple[str, ...]]) -> None:
    """Raise UsageError for a beat, a stage or a case that there is not: it would hide nothing."""
    from monitor.config.words import did_you_mean
    from monitor.judge.rules import rules_of
    from monitor.records import Stage

    known: dict[str, list[str]] = {
        "beat": [beat.name for beat in rules_of(options.load()).beats],
        "stage": [stage.value for stage in Stage],
    }
    for name, choices in known.items():
        for value in matcher.get(name, ()):
            if value.casefold() not in {choice.casefold() for choice in choices}:
                hint = did_you_mean(value, choices)
                raise UsageError(f"no {name} is called {value!r}{hint}")
    for value in matcher.get("case", ()):
        _must_be_a_case(options, value)


def _must_be_a_case(options: Options, value: str) -> None:
    from monitor.judge import store

    number = int(value) if value.isdecimal() and len(value) < LONGEST_ID else 0
    found = with_db(options, store.find_case, number)
    if found is None:
        raise UsageError(f"there is no case {value}; see `monitor cases list`")
    if found[1] is not None:
        raise UsageError(f"case {value} was merged into case {found[1]}; silence that one")


def _lasting(_context: click.Context, _option: click.Parameter, value: str) -> timedelta:
    try:
        found = duration(value)
    except (ValueError, OverflowError) as error:
        raise click.BadParameter(str(error)) from error
    if found > LONGEST:
        raise click.BadParameter(f"at most {LONGEST.days} days; end it by `monitor silence expire`")
    if found <= timedelta(0):
        raise click.BadParameter("it would end before it begins; write for example 7d")
    return found


@silence.command()
@click.argument("conditions", metavar="NAME=VALUE...", nargs=-1)
@click.option("--for", "lasting", callback=_lasting, required=True, help="How long, e.g. 7d.")
@click.option("--reason", required=True, help="Why; it is shown with what was hidden.")
@click.option("--who", default=None, help="Who asks for it; default: the user of this shell.")
@dry_run
@pass_options
def add(
    options: Options, /, *, conditions: tuple[str, ...], lasting: timedelta, reason: str, who: Any
) -> None:
    """Hide hits that meet all conditions; a hidden case that goes on is heard again."""
    from monitor.app import utcnow
    from monitor.judge import silence as silencing
    from monitor.judge.store import holding, silences

    matcher, now = _matcher(conditions), utcnow()
    _must_be_known(options, matcher)
    hidden, hits = with_db(options, holding.would_hide, matcher, now) if matcher else (0, 0)
    if why := silencing.too_wide(matcher, hidden, hits):
        raise UsageError(f"this silence is refused: {why}")
    until = now + lasting
    says = f"it would have hidden {hidden} of the {counted(hits, 'hit')} of the last 90 days"
    if options.dry_run:
        click.echo(says)
        return
    made = {"reason": reason, "who": who or getpass.getuser(), "expires_at": until, "now": now}
    number = change_db(options, silences.add, matcher, **made)
    if options.json:
        print_json({"id": number, "expires_at": until, "would_have_hidden": hidden, "of": hits})
    else:
        click.echo(f"silence {number} until {until:%Y-%m-%d %H:%M} UTC; {says}")


@silence.command("list")
@click.option("--all", "every", is_flag=True, help="Also those that ended.")
@pass_options
def list_(options: Options, /, *, every: bool) -> None:
    """List silences, the newest first, with what each hid."""
    from monitor.app import utcnow
    from monitor.judge.store import silences

    found = with_db(options, silences.listed, utcnow(), every=every)
    if options.json:
        print_lines(asdict(one) for one in found)
        return
    for one in found:
        asked = " ".join(f"{name}={','.join(values)}" for name, values in one.matcher.items())
        state = "until" if one.active else "ended"
        head = f"{one.id} {asked}: {state} {one.expires_at:%Y-%m-%d %H:%M} UTC, by {one.who}"
        click.echo(printable(f"{head}: {one.reason}; hid {counted(one.hits, 'hit')}"))
        for case in one.cases:
            click.echo(f"  case {printable(case)}")
    if not found:
        click.echo("no silences", err=True)


@silence.command()
@click.argument("number", metavar="ID", type=ID)
@dry_run
@pass_options
def expire(options: Options, /, *, number: int) -> None:
    """End a silence now."""
    from monitor.app import utcnow
    from monitor.judge.store import silences

    if options.dry_run:
        if number not in {
            one.id for one in with_db(options, silences.listed, utcnow(), every=False)
        }:
            raise UsageError(f"no silence {number} is in force; see `monitor silence list`")
        click.echo(f"would end silence {number}")
    elif not change_db(options, silences.expire, number, utcnow()):
        raise UsageError(f"no silence {number} is in force; see `monitor silence list`")
    elif options.json:
        print_json({"expired": number})
    else:
        click.echo(f"silence {number} ended")
