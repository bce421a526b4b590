"""What the demo's newsroom led to, for its summary."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from monitor.demo.summary import CaseTold, Quiet, Told
from monitor.desk.store.cases import cases
from monitor.judge import verdict
from monitor.judge.store.articles import as_article
from monitor.judge.verdict import Beats
from monitor.records import Verdict
from monitor.tables import AlertRow, ArticleRow, VerdictRow


def cases_told(session: Session) -> tuple[CaseTold, ...]:
    """Every case that was told, the first first."""
    found = reversed(cases(session))
    return tuple(_told(session, case) for case in found if case["told"])


def _told(session: Session, case: dict) -> CaseTold:  # type: ignore[type-arg]
    facts = {name: fact.get("value") for name, fact in case["facts"].items()}
    urls = session.scalars(
        select(ArticleRow.canonical_url)
        .join(VerdictRow, VerdictRow.article_id == ArticleRow.id)
        .where(VerdictRow.case_id == case["id"])
    )
    places = [facts[name] for name in ("county", "state", "country") if facts.get(name)]
    years = facts.get("years_lost_stated") or facts.get("years_lost_computed")
    return CaseTold(
        id=case["id"],
        stage=case["stage"],
        sentence=case["articles"][0]["sentence"],
        urls=tuple(urls),
        told=tuple(
            Told(channel=t["channel"], recipient=t["recipient"], kind=t["kind"])
            for t in case["told"]
            if t["state"] == "sent"
        ),
        who=", ".join(facts.get("exonerees") or ()),
        where=", ".join(places[:2]),
        crime=str(facts.get("crime") or ""),
        years=f"{years:g} years" if isinstance(years, int | float) else str(years or ""),
    )


def quiet(session: Session, beats: Beats) -> tuple[Quiet, ...]:
    """Every article that told nobody, with its true score and what weighed most against it."""
    rows = session.execute(
        select(VerdictRow, ArticleRow).join(ArticleRow, ArticleRow.id == VerdictRow.article_id)
    )
    told = set(session.scalars(select(AlertRow.case_id).where(AlertRow.case_id.is_not(None))))
    return tuple(_quiet(row, article, beats) for row, article in rows if row.case_id not in told)


def _quiet(row: VerdictRow, article: ArticleRow, beats: Beats) -> Quiet:
    judged = verdict.judge(as_article(article), beats, exact=True)
    found = next(one for one in judged if one.beat == row.beat)
    return Quiet(
        url=article.canonical_url,
        why=_why(found),
        score=found.score,
        threshold=found.threshold,
        stage=found.stage if found.hit else "",
    )


def _why(found: Verdict) -> str:
    """What weighed most against it, or how little there was for it."""
    least = min(found.signals, key=lambda part: part.weight, default=None)
    if least is None:
        return "nothing speaks for it"
    if least.weight < 0:
        return least.id
    return f"only {', '.join(part.id for part in found.signals)}"
