"""What the demo's newsroom led to, for its summary."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from monitor.demo.summary import CaseTold, Quiet, Told
from monitor.desk.store.cases import cases
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


def quiet(session: Session) -> tuple[Quiet, ...]:
    """Every article that told nobody, with its score and the sense that weighed most against it."""
    rows = session.execute(
        select(VerdictRow, ArticleRow.canonical_url).join(
            ArticleRow, ArticleRow.id == VerdictRow.article_id
        )
    )
    told = set(session.scalars(select(AlertRow.case_id).where(AlertRow.case_id.is_not(None))))
    return tuple(
        Quiet(
            url=url,
            why=_why(verdict),
            score=verdict.score,
            threshold=verdict.threshold,
            stage=verdict.stage if verdict.hit else "",
        )
        for verdict, url in rows
        if verdict.case_id not in told
    )


def _why(verdict: VerdictRow) -> str:
    against = [s for s in verdict.body.get("signals", ()) if s["weight"] < 0]
    return min(against, key=lambda s: float(s["weight"]))["id"] if against else ""
