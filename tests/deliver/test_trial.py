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
        ann, ben, hook = await trial.tell_all(room.app.config, ["mail", "hook"])
    assert str(ann) == "channel mail (email): test message sent to ann@example.org"
    assert str(ben).startswith("channel mail (email): ben@example.org: mail server 127.0.0.1:")
    assert (hook.kind, hook.problem) == ("webhook", "")
    (mail,) = box.mails
    assert mail["Subject"] == "[test] Alerts of night desk reach you"
    assert "without a headline" not in mail.get_body(("plain",)).get_content()
    assert sink.bodies[0]["type"] == "canary"
    assert room.rows() == []
