"""Whatever is written for any setting, the answer is in our own words, never in a library's."""

import datetime as dt
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from monitor.config import channels, models
from monitor.config.words import FIXED, LIMITS, TELLERS, words
from monitor.config.yamlwords import explain
from tests.config.conftest import Folder

WRITTEN: tuple[Any, ...] = (
    None, True, 0, -1, 5, 70_000, 10**30, 1.5, float("nan"), float("inf"), "", "x", "a\nb", " ",
    "10.0.0.1/8", "1:2", "daily 25:00 UTC", "daily 08:30 Mars", "22:00-22:00 UTC",
    dt.date(2031, 1, 1), dt.datetime(2031, 1, 1, tzinfo=dt.UTC), "0 sources or 1s",
    [], [5], [None], [[]], [{}], ["x"], {}, {"a": 1}, {"a": {}}, {"a": None}, {"type": "email"},
    {"a": {"type": 5}}, {"a": {"type": "email", "x": 1}}, {"a": {"type": "webhook", "secret": ""}},
)  # fmt: skip
MODELS = (
    models.Http,
    channels.Smtp,
    channels.EmailChannel,
    channels.WebhookChannel,
    channels.SlackChannel,
    channels.AppriseChannel,
    models.Escalation,
    models.Route,
    models.Alerts,
    models.Desk,
    models.Retention,
    models.FeedConfig,
    models.Config,
)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_kind_of_mistake_has_words(model: type[BaseModel]) -> None:
    for name in model.model_fields:
        for value in WRITTEN:
            try:
                model.model_validate({name: value})
            except ValidationError as error:
                for detail in error.errors(include_url=False):
                    kind = detail["type"]
                    assert kind in FIXED or kind in LIMITS or kind in TELLERS, (name, value, detail)
                    said = words(detail, ["known"])
                    assert not said.startswith(("Input", "Value", "should"))
                    assert "datetime" not in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("http: {timeout: 'x}", "a quotation or a bracket is not closed"),
        ("http: [a", "the list that begins with [ is not closed"),
        ("http: {a: b", "the group that begins with { is not closed"),
        ("http: a: b", "this colon is out of place"),
        ("http:\n  a: b\n c: d", "this line is indented unlike the lines around it"),
        ("a:\n- b\nc", "a colon is missing after this key"),
        ("a: @b", "a text cannot begin with '@'; put it in quotes"),
        ("a: %b", "a text cannot begin with '%'; put it in quotes"),
        ("a:\n\tb: c", "a tab cannot indent a line; write spaces"),
        ("a: *b", "this *name stands for nothing"),
        ('a: "\\d"', "this escape means nothing in double quotes"),
        ("a: - b", "begin this on a line of its own"),
        ("a: \x07", "a control character stands here; remove it"),
        ("a: b\n---\nc: d", "a second document begins here"),
        ("a: !x b", "the tag !x means nothing here; remove it"),
        ("a: 2031-13-45", "put it in quotes if it is text"),
    ],
)
def test_broken_yaml_is_explained(folder: Folder, text: str, said: str) -> None:
    assert said in "\n".join(folder.write("monitor.yaml", text).mistakes())


def test_what_the_parser_never_said_before_still_says_what_to_do() -> None:
    assert explain("something new") == "check quotes, colons, brackets and the indent here"
