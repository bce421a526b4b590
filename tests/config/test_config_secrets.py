"""A secret is looked up where the configuration says, and shown nowhere."""

import pytest

from monitor.config import EmailChannel, WebhookChannel
from monitor.errors import ConfigError
from tests.config.conftest import Folder

CHANNELS = """
    database: {env: DATABASE}
    alerts:
      channels:
        desk:
          type: email
          to: desk@example.org
          smtp: {host: mail.example.org, password: {env: SMTP_PASSWORD}}
        hook: {type: webhook, url: {env: HOOK}, secret: {file: keys/hook}}
"""
SECRETS = {
    "SMTP_PASSWORD": "correct horse",
    "HOOK": "https://news.example/hook/token-77",
    "DATABASE": "postgresql+psycopg://desk:battery@db.example/news",
}


@pytest.fixture
def kept(folder: Folder) -> Folder:
    folder.environment = dict(SECRETS)
    return folder.write("monitor.yaml", CHANNELS).write("keys/hook", "whsec_c3RhcGxl\n")


def test_secrets_come_from_variables_and_files_beside_the_configuration(kept: Folder) -> None:
    config = kept.load()
    desk, hook = config.alerts.channels["desk"], config.alerts.channels["hook"]
    assert isinstance(desk, EmailChannel)
    assert isinstance(hook, WebhookChannel)
    assert desk.smtp.password.get_secret_value() == "correct horse"
    assert hook.secret.get_secret_value() == "whsec_c3RhcGxl"
    assert config.database == SECRETS["DATABASE"]


def test_secrets_show_in_no_form_of_the_settings(kept: Folder) -> None:
    config = kept.load()
    shown = f"{config!r} {config} {config.alerts.model_dump()} {config.alerts.model_dump_json()}"
    for secret in ("correct horse", "token-77", "battery", "c3RhcGxl"):
        assert secret not in shown


@pytest.mark.parametrize(
    ("name", "value"),
    [("HOOK", "gopher://token-77"), ("DATABASE", "mysql://desk:battery@h/x"), ("HOOK", "token-77")],
)
def test_a_wrong_secret_is_not_repeated_in_the_complaint(
    kept: Folder, name: str, value: str
) -> None:
    kept.environment[name] = value
    said = "\n".join(kept.mistakes())
    assert "write" in said
    assert "token-77" not in said
    assert "battery" not in said


@pytest.mark.parametrize(
    "line", ["  password: hunter2: [", '  {password: "hunter2}', "  database: [pg://hunter2@h, ]]"]
)
def test_a_broken_line_is_shown_without_what_it_keeps_secret(folder: Folder, line: str) -> None:
    folder.write("monitor.yaml", f"smtp:\n{line}\n")
    with pytest.raises(ConfigError, match="is not YAML") as caught:
        folder.load()
    assert "hunter2" not in str(caught.value)


def test_every_secret_that_is_missing_or_empty_is_named(folder: Folder) -> None:
    folder.write("monitor.yaml", CHANNELS).write("keys/hook", " \n")
    folder.environment = {"SMTP_PASSWORD": "", "HOOK": "https://news.example/hook"}
    assert folder.mistakes() == [
        (
            "monitor.yaml:2: database: environment variable DATABASE is not set; "
            "set it, or use {file: PATH}"
        ),
        (
            "monitor.yaml:8: alerts.channels.desk.smtp.password: environment variable "
            "SMTP_PASSWORD is empty; set it, or use {file: PATH}"
        ),
        (
            "monitor.yaml:9: alerts.channels.hook.secret: secret file keys/hook is empty; "
            "write the secret into it"
        ),
    ]
    (folder.path / "keys/hook").unlink()
    assert folder.mistakes()[2] == (
        "monitor.yaml:9: alerts.channels.hook.secret: secret file keys/hook cannot be read: "
        "No such file or directory; write it, or correct the path"
    )
