"""Hits and cases to group, made up: one story told in several ways, its namesake, another one."""

from datetime import UTC, datetime, timedelta

from monitor.records import Article, Case, Fact, Stage, Telling, Verdict

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)

COURT = (
    "A judge in Ashford on Monday threw out the murder conviction of Ada Moss, who spent "
    "twenty-two years in prison for the killing of a night watchman at the old cannery. "
    "Prosecutors said that a witness had been paid, and that the payment was never disclosed. "
    "Moss, 51, walked out of the courthouse with her daughters and said she wanted to see the sea."
)
OTHER_WORDS = (
    "Ada Moss went home on Monday. The cannery killing that cost her twenty-two years was not "
    "hers, the district attorney told Judge Lena Ortiz in Ashford, because the only witness "
    "against her had taken money that no jury ever heard about."
)
ELSEWHERE = (
    "Five men convicted of a bank robbery in Port Merrin were cleared by the appeal court after "
    "new fingerprint tests. The men had served between six and nine years each."
)
SUIT = (
    "Ada Moss, who was freed last year after a paid witness was found out, is suing Ashford over "
    "the cannery case, her lawyers said."
)
NAMESAKE = (
    "A court in Houston vacated the fraud conviction of Ada Moss, a bookkeeper whose employer "
    "had altered the ledgers. She had served four months in a county jail."
)


def article(text, title="", at=NOW, outlet="Another Paper"):
    url = "https://a.example/1"
    return Article(
        url=url, canonical_url=url, text=text, title=title, published_at=at, outlet=outlet
    )


def facts(**values):
    return {name: Fact(value=value, basis="stated") for name, value in values.items()}


def verdict(stage=Stage.VACATED, sentence="", **values):
    return Verdict(
        beat="b",
        version="1",
        score=9,
        threshold=5,
        facts=facts(**values),
        stage=stage,
        stage_sentence=sentence,
    )


def case(*texts, ago=timedelta(hours=3), number=7, outlet="First Paper", count=0, **values):
    at = NOW - ago
    people = values.get("exonerees", ())
    return Case(
        id=number,
        beat="b",
        title="Cleared",
        stage=Stage.VACATED,
        facts=facts(**values),
        opened_at=at,
        last_seen_at=at,
        tellings=tuple(
            Telling(text=text, outlet=outlet, at=at, people=people, count=count)
            for text in texts or (COURT,)
        ),
    )


MOSS = case(exonerees=("Ada Moss",))
