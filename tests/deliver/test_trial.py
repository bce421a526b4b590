from collections.abc import Callable
from typing import Any

import pytest

from monitor.deliver import trial

pytestmark = pytest.mark.anyio
Open = Callable[..., Any]


async def test_everyone_in_a_channel_gets_a_test_and_problems_are_named(
    desk: Open, mail_server: Open, sink: Any
) -> None:
    async with mail_server() as box:
        box.to_recipient["ben@example.org"] = ["550 who is that"]
        smtp = {"host": "127.0.0.1", "port": box.port, "tls": "none"}
        people = ["ann@example.org", "ben@example.org"]
        room = desk(
            mail={"type": "email", "to": people, "smtp": smtp},
            hook={"type": "webhook", "url": sink.url, "secret": "raw"},
        )
        problems = await trial.send_all(room.app.config, ["mail", "hook"])
    assert problems["hook"] == ""
    assert problems["mail"].startswith("ben@example.org: mail server 127.0.0.1:")
    (mail,) = box.mails
    assert mail["Subject"] == "[test] Alerts of night desk reach you"
    assert "without a headline" not in mail.get_body(("plain",)).get_content()
    assert sink.bodies[0]["type"] == "canary"
    assert room.rows() == []
