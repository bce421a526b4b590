"""What was written and what the database says of it → the text that ends the demo. Pure."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import fill, shorten

from monitor.records import counted

WIDTH = 88
LONGEST = 260  # characters of a sentence that are still read at a glance


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A story as its author meant it: the case it reports, or why it only looks like one."""

    url: str
    outlet: str
    title: str
    case: str = ""
    trap: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One alert that reached someone; `kind` is why, `opened` or `updated`."""

    channel: str
    recipient: str
    kind: str = "opened"

    def __str__(self) -> str:
        """Who, and how."""
        how = self.channel if self.kind == "opened" else f"{self.channel}, {self.kind}"
        return f"{self.recipient} ({how})" if self.recipient else how


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseTold:
    """A case that alerted; facts that are unknown are empty; `urls` are its articles."""

    id: int
    stage: str
    sentence: str
    urls: tuple[str, ...]
    told: tuple[Told, ...]
    who: str = ""
    where: str = ""
    crime: str = ""
    years: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """An article that alerted nobody, and why in a few words; `stage` only if it was a hit."""

    url: str
    why: str
    score: float = 0.0
    threshold: float = 0.0
    stage: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """Everything the summary needs; `seconds` is how long the pipeline took."""

    written: tuple[Written, ...]
    cases: tuple[CaseTold, ...]
    quiet: tuple[Quiet, ...]
    mails: int
    posts: int
    seconds: float


def render(played: Played, *, kept: str = "") -> str:
    """Say what happened, so that a reporter understands it in ten seconds."""
    blocks = [
        _opening(played),
        *(_case(number, case, played) for number, case in enumerate(played.cases, start=1)),
        _near_misses(played),
        _closing(played),
        _next(played, kept),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def surprises(played: Played) -> tuple[str, ...]:
    """List every way in which what happened is not what the stories were written for."""
    return (*_missed(played), *_false_alerts(played), *_merged(played), *_repeats(played))


def _opening(played: Played) -> str:
    outlets = len({story.outlet for story in played.written})
    return (
        f"{counted(outlets, 'outlet')}, {counted(len(played.written), 'article')}, "
        f"{played.seconds:.1f} s: {counted(len(played.cases), 'case')}, "
        f"{counted(played.mails, 'mail')}, {counted(played.posts, 'signed post')}"
    )


def _case(number: int, case: CaseTold, played: Played) -> str:
    outlets = {story.url: story.outlet for story in played.written}
    named = ", ".join(dict.fromkeys(outlets.get(url, url) for url in case.urls))
    head = " · ".join(
        part for part in (case.who or "name unknown", case.where, case.crime, case.years) if part
    )
    told = ", ".join(map(str, case.told)) or "nobody"
    sentence = shorten(case.sentence, LONGEST, placeholder=" …")
    lines = [
        f"{number}. {case.stage.replace('_', ' ').upper()}  {head}",
        _indented(f"“{sentence}”"),
        _indented(f"in {named}"),
        _indented(f"told: {told}"),
    ]
    return "\n".join(lines)


def _near_misses(played: Played) -> str:
    quiet = {article.url: article for article in played.quiet}
    near = [
        (story, quiet[story.url]) for story in played.written if story.trap and story.url in quiet
    ]
    if not near:
        return ""
    lines = [_listed(f"{story.trap}: {_reason(article)}") for story, article in near]
    rest = len(quiet) - len(near)
    return "\n".join(
        [f"{counted(len(near), 'near miss', 'near misses')}, nobody disturbed", *lines]
        + [f" - and {counted(rest, 'other story', 'other stories')}"] * bool(rest)
    )


def _reason(article: Quiet) -> str:
    stage = f"a hit, at stage {article.stage}; " if article.stage else ""
    score = f" ({article.score:g} of {article.threshold:g})" if article.threshold else ""
    return f"{stage}{article.why}{score}"


def _closing(played: Played) -> str:
    wrong = surprises(played)
    if wrong:
        return "\n".join(["NOT AS IT SHOULD BE", *(_listed(line, mark="!") for line in wrong)])
    return "Exactly the cases alerted, and nobody was told twice."


def _next(played: Played, kept: str) -> str:
    if not kept:
        return "To look around afterwards: monitor demo --keep DIR"
    commands = ["hits list", "cases list", "alerts list"]
    commands += [f"explain {story.url}" for story in played.written if story.trap][:1]
    return "\n".join(["Now try:", *(f"   monitor -c {kept} {command}" for command in commands)])


def _missed(played: Played) -> Iterator[str]:
    why = {article.url: _reason(article) for article in played.quiet}
    alerted = {url for case in played.cases for url in case.urls}
    for story in played.written:
        if story.case and story.url not in alerted:
            reason = why.get(story.url, "no verdict")
            yield f"missed: {story.case}, “{story.title}”, {story.outlet}: {reason}"


def _false_alerts(played: Played) -> Iterator[str]:
    alerted = {url for case in played.cases for url in case.urls}
    for story in played.written:
        if not story.case and story.url in alerted:
            yield f"false alert: “{story.title}”, {story.outlet}"


def _merged(played: Played) -> Iterator[str]:
    names = {story.url: story.case for story in played.written if story.case}
    reported = [sorted({names[url] for url in case.urls if url in names}) for case in played.cases]
    for together in reported:
        if len(together) > 1:
            yield f"taken for one case: {', '.join(together)}"
    for name, count in Counter(name for together in reported for name in together).items():
        if count > 1:
            yield f"{name} made {count} cases"


def _repeats(played: Played) -> Iterator[str]:
    for case in played.cases:
        name = case.who or f"case {case.id}"
        if not case.told:
            yield f"nobody was told of {name}"
        for told, count in Counter(case.told).items():
            if count > 1:
                yield f"{told} was told {count} times of {name}"


def _indented(text: str) -> str:
    return fill(text, WIDTH, initial_indent="   ", subsequent_indent="   ")


def _listed(text: str, mark: str = "-") -> str:
    return fill(text, WIDTH, initial_indent=f" {mark} ", subsequent_indent="   ")
