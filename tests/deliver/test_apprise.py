import sys
from collections.abc import Callable
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

pytestmark = pytest.mark.anyio
TOKEN = "slack-token-1234"
Open = Callable[..., Any]


class FakeApprise:
    """Takes what the library's class takes; the last one made is kept to be looked at."""

    answer = True
    said: dict[str, Any]

    def add(self, url: str) -> bool:
        return "://" in url

    async def async_notify(self, **said: Any) -> bool:
        type(self).said = said
        return self.answer


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> type[FakeApprise]:
    class Fresh(FakeApprise):
        pass

    module = ModuleType("apprise")
    vars(module).update(Apprise=Fresh, NotifyFormat=SimpleNamespace(TEXT="text"))
    monkeypatch.setitem(sys.modules, "apprise", module)
    return Fresh


def channel(url: str = f"slack://{TOKEN}") -> dict[str, Any]:
    return {"type": "apprise", "url": url}


async def test_the_plain_text_goes_to_the_service(desk: Open, library: Any) -> None:
    room = desk(slack=channel())
    room.file("slack")
    await room.drain()
    assert room.row.state == "sent"
    assert library.said["title"] == "Harlow County woman cleared after 19 years"
    assert library.said["body"].startswith("A judge on Tuesday")
    assert set(library.said) == {"title", "body", "body_format"}, "no attachments"


async def test_a_service_that_does_not_take_it_is_asked_again(desk: Open, library: Any) -> None:
    library.answer = False
    room = desk(slack=channel())
    room.file("slack")
    await room.drain()
    assert (room.row.state, room.row.reason) == ("pending", "not_taken")
    assert TOKEN not in room.row.detail


async def test_an_address_that_is_none_is_given_up(desk: Open, library: Any) -> None:
    room = desk(slack=channel("a secret without a scheme"))
    room.file("slack")
    await room.drain()
    assert (room.row.state, room.row.reason) == ("dead", "bad_url")
    assert "a secret" not in room.row.detail


async def test_a_missing_extra_says_how_to_install_it(
    desk: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "apprise", None)
    room = desk(slack=channel())
    room.file("slack")
    await room.drain()
    assert (room.row.state, room.row.reason) == ("pending", "not_installed")
    assert "newsroom-monitor[apprise]" in room.row.detail
