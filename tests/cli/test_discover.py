"""`monitor feeds discover`: what a site has, as a table, as JSON, and as lines to import."""

from tests.collect.documents import numbered


def _home(site) -> str:
    site.serve("/a.xml", numbered(1, 2))
    link = '<link rel="alternate" type="application/rss+xml" href="/a.xml">'
    return site.serve("/", f"<!doctype html><html><head>{link}</head></html>")


def test_the_feeds_of_a_site_are_shown(site, monitor):
    said = monitor("feeds", "discover", _home(site))
    assert said.code == 0
    assert site.url("/a.xml") in said.out
    assert "monitor feeds add" in said.err


def test_the_plain_list_is_what_import_reads(site, monitor):
    said = monitor("feeds", "discover", _home(site), "--plain")
    assert said.out == site.url("/a.xml") + "\n"


def test_json_says_what_was_found_and_where(site, monitor):
    home = _home(site)
    told = monitor("feeds", "discover", home, "--json").json
    (found,) = told["found"]
    assert told["url"] == home
    assert (found["url"], found["kind"], found["entries"]) == (site.url("/a.xml"), "rss", 2)


def test_a_site_without_feeds_says_so(site, monitor):
    said = monitor("feeds", "discover", site.serve("/", "<!doctype html><html></html>"))
    assert said.code == 8
    assert "no feed" in said.err
    assert monitor("feeds", "discover", site.url("/nowhere")).code == 2


def test_a_site_that_cannot_be_reached_says_why(monitor):
    said = monitor("feeds", "discover", "http://127.0.0.1:9/")
    assert said.code == 2
    assert "http://127.0.0.1:9/robots.txt: no connection: connection refused" in said.err
