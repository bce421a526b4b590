"""How many articles a second one core asks 1, 1,000 and 50,000 queries of; ratios in one run.

    python benchmarks/queries.py [--articles 200] [--sizes 1,1000,50000] [--seed 1]

Texts of about 700 words and queries are made up from a fixed vocabulary with Zipf's
distribution. The mix: 40 % a name and context, 25 % lists of phrases and prefixes with NOT,
15 % prefixes, 15 % NEAR/3-15, 5 % three common words.
"""

import argparse
import random
import re
import time
from itertools import accumulate

from monitor.judge.query import compile_queries, read

SYLLABLES = [consonant + vowel for consonant in "bcdfghjklmnprstvwz" for vowel in "aeiou"]
WORDS = """
    the to of an a in for on that is with at by as was from it he said his after years case
    court judge man prison police state trial murder attorney county evidence convicted family
"""
COMMON = WORDS.split()


class World:
    """A vocabulary and what can be written and asked with it."""

    def __init__(self, seed: int, size: int = 40_000) -> None:
        self.dice = random.Random(seed)
        made = {
            "".join(self.dice.choices(SYLLABLES, k=self.dice.randint(2, 5))) for _ in range(size)
        }
        self.words = [*COMMON, *sorted(made - set(COMMON))]
        self.dice.shuffle(tail := self.words[len(COMMON) :])
        self.words[len(COMMON) :] = tail
        self.weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(self.words))))
        self.names = [
            f"{a.title()} {b.title()}"
            for a, b in zip(*(self.dice.choices(tail, k=20_000) for _ in "ab"), strict=True)
        ]

    def some(self, count: int) -> list[str]:
        """Words as often as a text has them."""
        return self.dice.choices(self.words, cum_weights=self.weights, k=count)

    def rare(self, count: int) -> list[str]:
        """Words as a searcher picks them."""
        return self.dice.sample(self.words[500:30_000], count)

    def article(self) -> tuple[str, str]:
        """A title and 700 words in paragraphs of two sentences."""
        paragraphs = []
        for _ in range(17):
            sentences = []
            for _ in range(2):
                words = self.some(20)
                if self.dice.random() < NAMED:
                    words[3:5] = [self.dice.choice(self.names)]
                sentences.append(" ".join(words).capitalize() + ".")
            paragraphs.append(" ".join(sentences))
        return " ".join(self.some(10)).title(), "\n\n".join(paragraphs)

    def query(self) -> str:
        """One query of the mix."""
        (make,) = self.dice.choices(*zip(*MIX, strict=True))
        return make(self)

    def name(self) -> str:
        """A name and its context."""
        context = " OR ".join((*self.dice.sample(COMMON[20:], 1), *self.rare(2)))
        return f'"{self.dice.choice(self.names)}" AND ({context})'

    def phrases(self) -> str:
        """Phrases and a beginning, without a word."""
        phrases = [f'"{a} {b}"' for a, b in zip(self.some(3), self.rare(3), strict=True)]
        return f"({' OR '.join(phrases)} OR {self.rare(1)[0][:6]}*) NOT {self.rare(1)[0]}"

    def prefix(self) -> str:
        """A beginning and a word."""
        return f"{self.rare(1)[0][:5]}* AND {self.some(1)[0]}"

    def near(self) -> str:
        """Two words near each other."""
        return f"{self.some(1)[0]} NEAR/{self.dice.randint(3, 15)} {self.rare(1)[0]}"

    def three(self) -> str:
        """Three words that are not rare."""
        return " AND ".join(self.dice.sample(self.words[100:2_000], 3))


MIX = (
    (World.name, 40),
    (World.phrases, 25),
    (World.prefix, 15),
    (World.near, 15),
    (World.three, 5),
)
NAMED = 0.3


def regex(query: str) -> list[re.Pattern[str]]:
    """What the obvious loop would run: a pattern for each term (truth is not worked out)."""
    terms = re.findall(r'"[^"]+"|[a-z]+\*?', re.sub(r"AND|OR|NOT|NEAR/\d+", " ", query))
    clean = [term.strip('"').rstrip("*") for term in terms]
    return [re.compile(rf"\b{re.escape(term)}", re.IGNORECASE) for term in clean if term]


def rate(count: int, started: float) -> float:
    """Per second of processor time."""
    return count / max(time.process_time() - started, 1e-9)


def naive(queries: list[str], articles: list[tuple[str, str]]) -> float:
    """Articles a second of the regex loop, from as many as fit in a second or two."""
    patterns = [pattern for query in queries[:1000] for pattern in regex(query)]
    started = time.process_time()
    done = 0
    for title, body in articles:
        for pattern in patterns:
            pattern.search(title) or pattern.search(body)
        done += 1
        if time.process_time() - started > 1:
            break
    return rate(done, started) * min(1000, len(queries)) / len(queries)


def main() -> None:
    """Print a line for each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--sizes", default="1,1000,50000")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    world = World(given.seed)
    articles = [world.article() for _ in range(given.articles)]
    started = time.process_time()
    for article in articles:
        _ = read(*article).tokens
    print(f"tokenising alone: {rate(len(articles), started):,.0f} articles/s")
    print("queries  build s  articles/s  p99 ms  true per article  regex loop/s  ratio")
    for size in map(int, given.sizes.split(",")):
        queries = [world.query() for _ in range(size)]
        started = time.process_time()
        matcher = compile_queries(dict(enumerate(queries)))
        built = time.process_time() - started
        times, found = [], 0
        for article in articles:
            started = time.process_time()
            found += len(matcher.match(read(*article)))
            times.append(time.process_time() - started)
        speed = len(times) / sum(times)
        slow = sorted(times)[int(len(times) * 0.99)] * 1000
        loop = naive(queries, articles)
        print(
            f"{size:7,}  {built:7.2f}  {speed:10,.0f}  {slow:6.2f}  {found / len(times):16.2f}"
            f"  {loop:12,.1f}  {speed / loop:5,.0f}"
        )


if __name__ == "__main__":
    main()
