"""Story → where its figures (years, sentences, dates) are those of the people cleared. Pure.

Where several were cleared, a line that names one of them, or each with a figure, holds for no more
than that one; what follows the name of somebody else who "was", "served" or "got" is that one's.
"""

import re
from itertools import pairwise

from monitor.judge.facts.group_size import group_size
from monitor.judge.facts.names import Person, people
from monitor.judge.facts.people import choose
from monitor.judge.facts.text import Line, Story

EVERYBODY = re.compile(
    r"(?i)\b(?:each|both|all|apiece|the (?:two|three|four|men|women|brothers|couple))\b"
)
LIST = re.compile(
    r"(?:[\s,()\d&]|\b(?:and|the late|his|her|their|former|brother|sister|twin|cousin|son"
    r"|daughter|wife"
    r"|husband|friend|father|mother|nephew|uncle)\b|\b[A-Z][\w.’'-]*+)*+"
)
SUBJECT = re.compile(
    r"^(?:,?\swho|,\s\d+,|,[^,;.]{1,60},)?\s(?:later |also |then |himself |herself )*"
    r"(?:(?:was|were|is|are|had been|has been) (?:\w+ly |later |also |now )?(?:sentenced"
    r"|convicted|found"
    r"|jailed|imprisoned|serving|given|paroled|released|on parole|in prison|executed)|plead\w*"
    r"|pled|got"
    r"|received|served|serves|admitted|spent)\b"
)


FEW = 3
PLACE = re.compile(r"\b(?:from|of|in|at|near)\s$")


class Whose:
    """Tells whether a place in a line speaks of everybody who was cleared, and of nobody else."""

    def __init__(self, story: Story) -> None:
        persons = people(story)
        chosen, _ = choose(story, persons)
        count = group_size(story, len(chosen))
        self._size = max(len(chosen), int(str(count.value)) if count else 0)
        self._chosen = chosen
        self._others = [person for person in persons if person not in chosen] if chosen else []

    def anybodys(self, line: Line, start: int) -> bool:
        """Tell whether what stands there may be told of one of a few, at least."""
        return self._size <= FEW and not self._of_another(line, start)

    def theirs(self, line: Line, start: int) -> bool:
        """Tell whether what stands at `start` of this line may be told of them all."""
        return self._of_all(line) and not self._of_another(line, start)

    def _of_all(self, line: Line) -> bool:
        if self._size <= 1 or EVERYBODY.search(line.text):
            return True
        named = sorted(place for person in self._chosen for place in _places(person, line)[:1])
        between = (line.text[one[1] : two[0]] for one, two in pairwise(named))
        whole = len(named) == self._size and all(LIST.fullmatch(words) for words in between)
        return whole or not named

    def _of_another(self, line: Line, start: int) -> bool:
        """Tell whether the last person named before is somebody else, and did or got something."""
        ours = [at for person in self._chosen for at in _places(person, line) if at[0] < start]
        others = [at for person in self._others for at in _places(person, line) if at[0] < start]
        last = max(others, default=None)
        if last is None or any(last < at for at in ours):
            return False
        place = PLACE.search(line.text[: last[0]])
        return place is None and bool(SUBJECT.match(line.text[last[1] :]))


def _places(person: Person, line: Line) -> list[tuple[int, int]]:
    return [(m.start, m.end) for m in person.mentions if m.line is line]
