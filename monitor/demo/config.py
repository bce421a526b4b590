"""A newsroom that is up → a complete configuration folder that watches it."""

import shutil
from pathlib import Path

import yaml

from monitor.config.shipped import shipped
from monitor.demo.newsroom import Newsroom
from monitor.errors import UsageError

READER = "desk@newsroom.example"
SENDER = "monitor@newsroom.example"
AS_SHIPPED = ("beats", "gazetteers")


def write(folder: Path, newsroom: Newsroom) -> None:
    """Write the folder with the beats as they ship; raise UsageError over an older one."""
    if (folder / "monitor.yaml").exists():
        message = f"{folder} already holds a configuration; name a folder that is new or empty"
        raise UsageError(message)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "var").mkdir(exist_ok=True)
    secret = folder / "hook.secret"
    secret.touch(mode=0o600)
    secret.write_text(newsroom.secret, "utf-8")
    _dump(folder / "monitor.yaml", settings(newsroom))
    _dump(folder / "feeds.yaml", {"feeds": feeds(newsroom)})
    for name in AS_SHIPPED:
        shutil.copytree(shipped("config") / name, folder / name, dirs_exist_ok=True)


def settings(newsroom: Newsroom) -> dict[str, object]:
    """What monitor.yaml says: mail to one reader and a signed post, for vacated and exonerated."""
    smtp = {"host": newsroom.smtp_host, "port": newsroom.smtp_port, "tls": "none"}
    channels = {
        "desk": {"type": "email", "to": [READER], "sender": SENDER, "smtp": smtp},
        "hook": {"type": "webhook", "url": newsroom.hook_url, "secret": {"file": "hook.secret"}},
    }
    route = {"beat": "exonerations", "stages": ["vacated", "exonerated"], "to": ["desk", "hook"]}
    return {
        "database": "sqlite:///var/monitor.db",
        "http": {"contact": READER, "allow_networks": ["127.0.0.0/8"], "host_gap": "0s"},
        "alerts": {"instance": "demo", "channels": channels, "routes": [route]},
    }


def feeds(newsroom: Newsroom) -> list[dict[str, str]]:
    """What feeds.yaml lists."""
    return [
        {"url": site.feed_url, "name": site.outlet.id, "outlet": site.outlet.name}
        for site in newsroom.sites
    ]


def _dump(path: Path, tree: dict[str, object]) -> None:
    path.write_text(yaml.safe_dump(tree, sort_keys=False), "utf-8")
