"""A seed → sites with feeds and articles, planted stories, and what goes wrong how often."""

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pages
from words import LAW, OTHER, TOPICS, Text, planted, story

PORT = 8973
# Of 8,459 articles of general news, 17.7 % have a word of the beat's gate.
LAW_SHARE = 0.177
# What the first requests for a page meet before it is served as it is.
PAGE_FAULTS = (
    ("503",), ("503", "503"), ("reset",), ("cut",), ("404",), ("empty",), ("garbage",), ("500",),
    ("challenge",), ("half",), ("hang",),
)  # fmt: skip
FEED_FAULTS = (
    ("500",),
    ("reset",),
    ("html",),
    ("half",),
    ("garbage",),
    ("503", "reset"),
    ("hang",),
)


@dataclass(frozen=True, slots=True)
class Story:
    """One article of the web: where it is, when it comes out, what its server does at first."""

    number: int
    host: str
    path: str
    wave: int
    planted: bool
    faults: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://{self.host}{self.path}"


@dataclass
class World:
    """Everything there is to serve."""

    seed: int
    sites: int
    articles: int
    stories: int = 0
    waves: int = 1
    faults: bool = False
    busy: int = 0
    by_host: dict[str, list[Story]] = field(default_factory=dict)
    by_url: dict[str, Story] = field(default_factory=dict)
    feed_faults: dict[str, tuple[str, ...]] = field(default_factory=dict)
    start: datetime = datetime(2026, 1, 1, tzinfo=UTC)

    def __post_init__(self) -> None:
        """Lay out sites and stories."""
        chance = random.Random(self.seed)
        hosts = [f"127.{20 + n // 250}.{n % 250}.{1 + n % 7}:{PORT}" for n in range(self.sites)]
        self.by_host = {host: [] for host in hosts}
        kept_clear = hosts[: self.busy]  # those that will ask to be left alone tell nothing planted
        wanted = set(chance.sample(range(self.articles), self.stories))
        for number in range(self.articles):
            is_planted = number in wanted
            host = chance.choice(hosts[self.busy :] if is_planted else hosts)
            broken = self.faults and host not in kept_clear and chance.random() < 0.3
            one = Story(
                number,
                host,
                f"/{chance.choice(TOPICS)}/{chance.randrange(10**6)}-story-{number}.html",
                chance.randrange(self.waves),
                is_planted,
                chance.choice(PAGE_FAULTS) if broken else (),
            )
            self.by_host[host].append(one)
            self.by_url[one.url] = one
        for host in hosts[self.busy :] if self.faults else ():
            if chance.random() < 0.25:
                self.feed_faults[host] = chance.choice(FEED_FAULTS)

    def feeds(self) -> list[str]:
        """Every feed; with faults, each third site has a second one with marked addresses."""
        found = [f"http://{host}/feed.xml" for host in self.by_host]
        if self.faults:
            found += [f"http://{host}/more.xml" for host in list(self.by_host)[::3]]
        return found

    def text(self, one: Story) -> Text:
        """What a story says; the same each time."""
        chance = random.Random(f"{self.seed} {one.number}")
        if one.planted:
            return planted(chance, one.number % 576)
        words = int(min(3000, chance.lognormvariate(6.3, 0.6)))
        topic = chance.choice(LAW if chance.random() < LAW_SHARE else OTHER)
        return story(chance, topic, max(words, 60))

    def at(self, one: Story) -> datetime:
        """When it came out: today, the last wave last."""
        return self.start + timedelta(minutes=10 * one.wave, seconds=one.number % 500)

    def page(self, one: Story, *, half: bool = False) -> bytes:
        """Its page."""
        chance = random.Random(f"page {self.seed} {one.number}")
        return pages.page(chance, one.host, one.url, self.text(one), self.at(one), cut=half)

    def feed(self, host: str, wave: int, *, marked: bool = False, restless: int = 0) -> bytes:
        """A site's feed once so many waves are out; `restless` guids are new at each poll."""
        out = [one for one in self.by_host[host] if one.wave <= wave]
        mark = "?utm_source=rss&utm_medium=feed" if marked else ""
        items = [
            (f"{host}-{one.number}-{restless}", one.url + mark, self.text(one), self.at(one))
            for one in reversed(out)
        ]
        return pages.feed(host, items)
