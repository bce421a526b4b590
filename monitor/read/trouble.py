"""What came instead of an article → why, which fate, and when to try again. Pure."""

import re
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from urllib.parse import urlsplit

from monitor.errors import FetchFailed, NoArticle, Permanent, Temporary
from monitor.records import Article, Fate, Fetched

LADDER = (
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(days=1),
    timedelta(days=3),
)
MAX_ATTEMPTS = len(LADDER) + 1
SHORT = 3  # attempts, where a page answered but says nothing: it rarely says more later
SHORT_REASONS = {"empty", "too_deep", "too_many_tags", "redirect_loop", "bad_redirect", "http_410"}
HOPELESS = {"not_html", "too_large", "forbidden_network", "bad_address", "robots"}
WALLS = {
    "http_401",
    "http_402",
    "http_403",
    "http_429",
    "http_451",
    "challenge",
    "consent",
    "login",
    "paywall",
    "robots",
    "robots_down",
}
REFUSALS = {401, 402, 403, 405, 406, 451, 503}  # statuses that walls are served with
GONE = {"http_404", "http_410", "soft_404"}

ONLY = "only what its feed says of it is judged"
ACCESS = "ask the outlet to let monitor in, with http.contact set"
REMEDIES = dict.fromkeys(("http_401", "http_402", "http_403", "challenge", "login"), ACCESS)

FEW = 150  # words: a wall has fewer; a story about walls has more
LOOKED_AT = 200_000  # bytes
CHALLENGE_HEADERS = ("cf-mitigated", "x-datadome", "x-px-block")
CHALLENGE = re.compile(
    r"/cdn-cgi/challenge-platform|_cf_chl_opt|cf-browser-verification|captcha-delivery\.com"
    r"|px-captcha|_incapsula_resource|checking (?:if the site|your browser)|are you a robot"
    r"|verify(?:ing)? (?:that )?you are (?:a )?human|access to this page has been denied"
    r"|pardon our interruption|ddos protection by|sgcaptcha|awswafcookiedomainlist"
    r"|<title>(?:just a moment|access denied|attention required)",
)
CHALLENGE_WORDS = (  # every challenge has one of these; to look for them is much faster
    "challenge-platform", "cf_chl", "cf-browser", "captcha", "incapsula", "checking ", "a robot",
    "human", "has been denied", "interruption", "ddos", "awswaf", "<title>just", "<title>a",
)  # fmt: skip
CONSENT_PLACE = re.compile(
    r"^(?:consent|guce|privacy-?\w*|cmp)\.|/(?:consent|privacy-gate|cookiewall)\b"
)
CONSENT = re.compile(
    r"before you continue|we (?:value|care about) your privacy|we and our partners"
    r"|accept all cookies"
)
LOST = re.compile(
    r"page not found"
    r"|page (?:you (?:requested|are looking for) )?(?:can(?:no|')t|could not) be found"
    r"|(?:page|article|story) (?:does not|doesn't|no longer) exists?|no longer available"
    r"|^\W*(?:error )?404\b|seite nicht gefunden|page introuvable|p\u00e1gina no encontrada"
)
LOGIN_PLACE = re.compile(r"/(?:log-?in|sign-?in|account/login|auth|sso)\b|^(?:login|auth|sso|id)\.")
PAYWALL = re.compile(
    r"subscribe (?:now )?to (?:continue|read|keep reading)|subscribers? only|to continue reading"
    r"|already a subscriber|create a free account to"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Next:
    """What becomes of an entry whose page failed; no `wait` means that no try is left."""

    fate: Fate
    reason: str
    detail: str
    wait: timedelta | None = None


def decide(error: Temporary | Permanent, attempts: int, *, told: bool) -> Next:
    """Climb the ladder; `attempts` counts this one, `told`: the feed gave us something to judge."""
    wait = _wait(error, attempts)
    fate = _fate(error.reason, told, wait)
    remedy = REMEDIES.get(error.reason, "") or (ONLY if fate is Fate.HEADLINE_ONLY else "")
    detail = f"{error}; {remedy}" if remedy else str(error)
    return Next(fate=fate, reason=error.reason, detail=detail, wait=wait)


def check(page: Fetched, article: Article) -> None:
    """Raise if what was read is a wall and not an article; reason says which."""
    words = len(article.text.split())
    if words < FEW and (reason := name(page, f"{article.title}\n{article.text}")):
        raise _error(page.url, reason)


def explain(page: Fetched, error: NoArticle) -> Temporary | Permanent:
    """Say why a page had no article, where its own words or address tell."""
    reason = name(page, "") if error.reason == "empty" else None
    return _error(page.url, reason) if reason else error


def unmask(error: Temporary | Permanent) -> Temporary | Permanent:
    """Name the wall behind a refusal where its page, kept with the error, shows which it is."""
    page = getattr(error, "answer", None)
    if not isinstance(page, Fetched) or page.status not in REFUSALS:
        return error
    reason = name(page, "")
    if reason is None or reason not in WALLS:
        return error
    return _error(page.url, reason, status=page.status, retry_after=error.retry_after)


def name(page: Fetched, text: str) -> str | None:
    """Name the wall: challenge, login, consent, soft_404 or paywall; None if it looks like none."""
    html = page.body[:LOOKED_AT].decode("utf-8", "replace").lower()
    said = (text.lower() or _bare(html)).replace("\u2019", "'")
    if any(header in page.headers for header in CHALLENGE_HEADERS) or _challenges(html):
        return "challenge"
    if _moved(page) and _at(LOGIN_PLACE, page.url):
        return "login"
    if (_moved(page) and _at(CONSENT_PLACE, page.url)) or CONSENT.search(said):
        return "consent"
    if LOST.search(said) or _sent_home(page):
        return "soft_404"
    return "paywall" if not text and PAYWALL.search(said) else None


def _wait(error: Temporary | Permanent, attempts: int) -> timedelta | None:
    tries = SHORT if error.reason in SHORT_REASONS else MAX_ATTEMPTS
    if error.reason in HOPELESS or attempts >= tries:
        return None
    asked = timedelta(seconds=error.retry_after or 0)
    return max(LADDER[max(attempts, 1) - 1], asked)


def _fate(reason: str, told: bool, wait: timedelta | None) -> Fate:  # noqa: FBT001
    if reason in WALLS:
        return Fate.BLOCKED
    if wait is not None:
        return Fate.RETRYING
    if reason in GONE:
        return Fate.GONE
    return Fate.HEADLINE_ONLY if told else Fate.BLOCKED


MEANINGS = {
    "challenge": "the site asks for proof of being human",
    "login": "the site wants a login",
    "consent": "the site shows a consent page instead",
    "soft_404": "the site says that the page does not exist",
    "paywall": "the site wants a subscription",
}


def _error(
    url: str, reason: str, *, status: int = 200, retry_after: float | None = None
) -> FetchFailed:
    told = f" (HTTP {status})" if status != HTTPStatus.OK else ""
    return FetchFailed(f"{url}: {MEANINGS[reason]}{told}", reason=reason, retry_after=retry_after)


def _challenges(html: str) -> bool:
    return any(map(html.__contains__, CHALLENGE_WORDS)) and CHALLENGE.search(html) is not None


def _moved(page: Fetched) -> bool:
    return bool(page.redirects)


def _at(pattern: re.Pattern[str], url: str) -> bool:
    parts = urlsplit(url)
    return bool(pattern.search(parts.hostname or "") or pattern.search(parts.path))


def _sent_home(page: Fetched) -> bool:
    if not page.redirects:
        return False
    asked, got = urlsplit(page.redirects[0]), urlsplit(page.url)
    return bool(asked.path.strip("/")) and not got.path.strip("/") and not got.query


def _bare(html: str) -> str:
    return " ".join(re.sub(r"<[^<>]*>", " ", html).split())
