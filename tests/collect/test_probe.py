"""Trying feeds without storing anything."""

from pathlib import Path

import pytest

from monitor.collect.probe import probe_all
from monitor.config import Config
from tests.collect.documents import numbered
from tests.world import Site

pytestmark = pytest.mark.anyio


async def test_feeds_in_trouble_are_named_with_their_reason(site: Site, tmp_path: Path) -> None:
    good = site.serve("/good", numbered(1))
    page = site.serve("/page", "<!DOCTYPE html>")
    paused = {"url": site.url("/paused"), "paused": True}
    empty = site.serve("/empty", numbered())
    config = Config.model_validate(
        {
            "folder": tmp_path,
            "http": {"allow_networks": ["127.0.0.0/8"]},
            "feeds": [{"url": good}, {"url": page}, paused, {"url": empty}],
        }
    )
    found = {feed.url: problem for feed, problem in await probe_all(config)}
    assert found.keys() == {page, empty}
    assert "a web page, not a feed" in found[page]
    assert "without entries" in found[empty]
