"""A document → for each beat, a score it cannot exceed. Pure; far cheaper than judging.

Most weight is given to the title and the lead, so most signals are asked only of these two, each
alone: the lead goes to the end of the paragraph in which it ends, and some words more.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from monitor.judge import wording
from monitor.judge.beat import ZONES, Beat, Test
from monitor.judge.page import lay_out
from monitor.judge.query import Document, Matcher, View, read

BESIDE = 600
NEAR = 1.0
Key = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What can add to a score: asked of title and lead, of the whole text; what each adds.

    `signals` are all of these, `rest` is all that cannot add.
    """

    beats: tuple[Beat, ...] = ()
    local: Matcher[Key] = field(default_factory=lambda: Matcher({}))
    whole: Matcher[Key] = field(default_factory=lambda: Matcher({}))
    signals: Matcher[Key] = field(default_factory=lambda: Matcher({}))
    rest: Matcher[Key] = field(default_factory=lambda: Matcher({}))
    tests: Mapping[Key, Test] = field(default_factory=dict)

    def near(self, view: View) -> tuple[Beat, ...]:
        """The beats whose threshold the most that the article could give comes near to."""
        title, lead = self._head(view.document)
        words, whole = self._words(view.document), self.whole.possible(view)
        near = self._those_near(self._most(title, self.local.possible(lead), whole), words)
        return near and self._those_near(self._most(title, self.local.true(lead), whole), words)

    def most(self, view: View) -> Mapping[str, float]:
        """By the name of the beat, the most its signals and senses can add up to."""
        title, lead = self._head(view.document)
        words = self._words(view.document)
        most = self._most(title, self.local.true(lead), self.whole.true(view))
        return {name: max(0.0, gain + words[name]) for name, gain in most.items()}

    def _those_near(
        self, most: Mapping[str, float], words: Mapping[str, float]
    ) -> tuple[Beat, ...]:
        return tuple(b for b in self.beats if most[b.name] + words[b.name] >= b.threshold - NEAR)

    def _words(self, document: Document) -> Mapping[str, float]:
        """By the name of the beat, what the words of title and lead add or take away."""
        return {
            beat.name: wording.weight(
                beat.wording, document, lay_out(beat, document, None).lead_end
            )
            for beat in self.beats
        }

    def _head(self, document: Document) -> tuple[list[Key], View]:
        """What is true of the title alone, and the lead."""
        title = self.local.true(read(document.title, ""))
        return title, self.local.view(_lead(self.beats, document))

    def _most(
        self, title: Iterable[Key], lead: Iterable[Key], whole: Iterable[Key]
    ) -> Mapping[str, float]:
        zones: dict[Key, tuple[str, ...]] = dict.fromkeys(title, ("title",))
        for key in lead:
            zones[key] = *zones.get(key, ()), "lead"
        for key in whole:
            zones[key] = (*zones.get(key, ()), "body") if key in self.local else ZONES
        gains = {
            key: _most(self.tests[key], places)
            for key, places in zones.items()
            if any(map(self.tests[key].weight.get, places))
        }
        most = {beat.name: max(0.0, beat.fresh_weight) for beat in self.beats}
        for (name, _), gain in _in_company(self.tests, gains).items():
            most[name] += gain
        return most


def _lead(beats: Iterable[Beat], document: Document) -> Document:
    end = max(lay_out(beat, document, None).lead_end for beat in beats)
    paragraph = next((p.end for p in document.paragraphs[1:] if p.end >= end), end)
    body = document.body[: max(paragraph, end + BESIDE)]
    return read("", body, document.outlet, document.url)


def _most(test: Test, zones: Collection[str]) -> float:
    return max(0.0, *(test.weight.get(zone, 0.0) for zone in zones))


def _in_company(tests: Mapping[Key, Test], found: Mapping[Key, float]) -> Mapping[Key, float]:
    """Without the signals that need another one, where none of those was found."""
    return {
        (name, key): gain
        for (name, key), gain in found.items()
        if not (needs := tests[name, key].needs) or any((name, other) in found for other in needs)
    }


def prepare(beats: Iterable[Beat], matcher: Matcher[Key]) -> Reach:
    """Sort what can add to a score by where it has to be asked."""
    beats = tuple(beats)
    tests = {
        (beat.name, test.id): test
        for beat in beats
        for test in (*beat.signals, *(sense for sense in beat.senses if _most(sense, ZONES) > 0))
        if not test.headline and any(test.weight.values())
    }
    local = {key for key in tests if matcher.is_local(key)}
    deep = {key for key, test in tests.items() if test.weight.get("body")}
    return Reach(
        beats=beats,
        local=matcher.only(local),
        whole=matcher.only((tests.keys() - local) | deep),
        signals=matcher.only(tests.keys()),
        rest=matcher.only(set(matcher.keys) - tests.keys()),
        tests=tests,
    )
