"""A document → for each beat, a score it cannot exceed. Pure; far cheaper than judging.

Most weight is given to the title and the lead, so most signals are asked only of the head of the
text: up to the end of the paragraph in which the lead ends, and some words more.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from monitor.judge.beat import ZONES, Beat, Test
from monitor.judge.query import Document, Matcher, read
from monitor.judge.score import lay_out

BESIDE = 600
Key = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What can add to a score: asked of the head, of the whole text; and what each adds."""

    beats: tuple[Beat, ...] = ()
    head: Matcher[Key] = field(default_factory=lambda: Matcher({}))
    whole: Matcher[Key] = field(default_factory=lambda: Matcher({}))
    tests: Mapping[Key, Test] = field(default_factory=dict)

    def most(self, document: Document) -> Mapping[str, float]:
        """By the name of the beat, the most its signals and senses can add up to."""
        gains = dict.fromkeys((beat.name for beat in self.beats), 0.0)
        for (name, _), gain in self._gains(document).items():
            gains[name] += gain
        fresh = {beat.name: max(0.0, beat.fresh_weight) for beat in self.beats}
        return {name: gain + fresh[name] for name, gain in gains.items()}

    def _gains(self, document: Document) -> Mapping[Key, float]:
        head = self.head.true(_head(self.beats, document))
        found = {key: _most(self.tests[key], ("title", "lead")) for key in head}
        for key in self.whole.possible(document):
            zones = ("body",) if key in self.head else ZONES
            found[key] = max(found.get(key, 0.0), _most(self.tests[key], zones))
        return _in_company(self.tests, found)


def _head(beats: Iterable[Beat], document: Document) -> Document:
    end = max(lay_out(beat, document, None).lead_end for beat in beats)
    paragraph = next((p.end for p in document.paragraphs[1:] if p.end >= end), end)
    return read(document.title, document.body[: max(paragraph, end + BESIDE)])


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
        head=matcher.only(local),
        whole=matcher.only((tests.keys() - local) | deep),
        tests=tests,
    )
