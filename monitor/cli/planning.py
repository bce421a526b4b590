"""`monitor feeds health`: feeds in trouble; `--plan`: how often each speaks, its turn, and why."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

import click

from monitor.cli.common import Options, print_json, print_table, with_db
from monitor.collect import pace, store
from monitor.config import Http
from monitor.desk.store import feeds as desk
from monitor.records import counted

HEAD = (
    *("NAME", "ENTRIES/DAY", "HITS", "WEIGHT", "POLLS/DAY"),
    *("LAST POLL", "NEXT TURN", "WHY", "ADDRESS"),
)
KEYS = (
    *("name", "entries_per_day", "hits", "weight", "polls_per_day"),
    *("polled_at", "due_at", "why", "url"),
)


def show_plan(options: Options) -> None:
    """Print the plan: feeds by their turn, then what all of them cost."""
    found = plan(
        options.load().http,
        with_db(options, desk.feeds),
        {number: said for number, (_, said) in with_db(options, store.paces).items()},
        pace.read_price(with_db(options, store.kept_price)),
    )
    if options.json:
        print_json(found)
        return
    table = [[row[key] for key in KEYS] for row in found["feeds"]]
    print_table(HEAD, table, nothing="no feeds yet; add one with `monitor feeds add URL`")
    if table:
        click.echo(
            f"planned polls an hour: {found['planned_polls_per_hour']:g}, "
            f"budget {found['polls_per_hour']:g} (http.polls_per_hour); "
            f"a poll is worth {found['price']:g} article-hours of waiting"
        )


def show_trouble(options: Options, rows: Iterable[dict[str, Any]]) -> None:
    """Print the feeds that fail or are gone, and the gaps, with what was found of them."""
    troubled = [row for row in rows if row["state"] in {"failing", "gone"}]
    gaps = with_db(options, desk.gaps)
    if options.json:
        print_json({"troubled": troubled, "gaps": gaps})
        return
    head = ("NAME", "STATE", "SINCE", "FAILURES", "REASON", "PROBLEM")
    keys = ("name", "state", "ok_at", "failures", "reason", "detail")
    table = [[row[key] for key in keys] for row in troubled]
    print_table(head, table, nothing="every polled feed answers")
    for gap in gaps:
        since, until = (gap[key].strftime("%Y-%m-%d %H:%M") for key in ("since", "until"))
        found = "" if gap["found"] is None else f"; {gap['found']} were found in {gap['source']}"
        click.echo(
            f"{gap['feed']}: entries between {since} and {until} may have been missed{found}"
        )


def plan(
    http: Http,
    feeds: Iterable[dict[str, Any]],
    kept: Mapping[int, Mapping[str, Any]],
    price: pace.Price,
) -> dict[str, Any]:
    """Every feed's rate, weight, next turn and why; those without a turn come last."""
    rows = [_row(row, kept.get(row["id"], {}), price, http) for row in feeds]
    active = [row for row in rows if row["due_at"] is not None]
    rows.sort(key=lambda row: (row["due_at"] is None, str(row["due_at"]), row["id"]))
    return {
        "price": round(price.value, 4),
        "polls_per_hour": http.polls_per_hour or pace.PER_FEED * len(active),
        "planned_polls_per_hour": round(sum(row["polls_per_day"] for row in active) / 24, 2),
        "feeds": rows,
    }


def _row(
    row: dict[str, Any], kept: Mapping[str, Any], price: pace.Price, http: Http
) -> dict[str, Any]:
    habit = pace.read_habit(kept.get("habit", {}))
    ahead = pace.outlook(price, row["id"], habit, http.floor / timedelta(hours=1))
    shown = {key: row[key] for key in ("id", "name", "url", "state", "polled_at", "due_at")}
    return {
        **shown,
        "entries_per_day": round(ahead.rate * 24, 2) if habit.seen is not None else None,
        "hits": price.hits.get(row["id"], 0),
        "weight": round(ahead.weight, 2),
        "polls_per_day": round(ahead.polls * 24, 1),
        "why": _why(row, kept),
    }


def _why(row: dict[str, Any], kept: Mapping[str, Any]) -> str:
    if row["due_at"] is None:
        return str(row["state"])
    if row["failures"]:
        return f"failed {counted(row['failures'], 'time')}: {row['reason']}"
    return str(kept.get("why") or "not polled yet")
