"""Tree and data scripts -> what the page says of itself, as it says it. Pure."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from monitor.read.extract.document import Document
from monitor.read.extract.text import reflow, tidy

TYPES = re.compile(r"Article$|Posting$|^Report$|^Reportage|NewsStory$|^Review$|Blog$")
NESTED = ("@graph", "mainEntity", "mainEntityOfPage", "itemReviewed")
TAG = re.compile(r"<[^<>]{1,2000}>")
BLOCK_END = re.compile(r"</(?:p|div|h\d|li|blockquote)>|<br\s*/?>", re.IGNORECASE)
LANGUAGE = re.compile(r"[a-z]{2,3}(?=$|[-_])")
MAX_NODES = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Meta:
    """What a page says of itself: raw strings in the order of trust, empty where silent."""

    claim: str = ""
    site: str = ""
    headline: str = ""
    og_title: str = ""
    h1s: tuple[str, ...] = ()
    doc_title: str = ""
    authors: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    modified: tuple[str, ...] = ()
    language: str | None = None
    body: str = ""
    free: bool | None = None


PUBLISHED = (
    "article:published_time", "og:published_time", "datepublished", "parsely-pub-date",
    "article.published", "sailthru.date", "pubdate", "publishdate", "publish-date",
    "publication_date", "date", "dc.date.issued", "dc.date", "dcterms.created", "dcterms.date",
    "cxenseparse:recs:publishtime", "published_time", "published", "article_date_original",
    "rnews:datepublished", "og:article:published_time", "published-date", "iso-8601-publish-date",
)  # fmt: skip
MODIFIED = (
    "article:modified_time", "og:updated_time", "datemodified", "lastmod", "last-modified",
    "article.updated", "dcterms.modified",
)  # fmt: skip
AUTHORS = ("author", "article:author", "parsely-author", "byl", "sailthru.author", "dc.creator")


def read_meta(document: Document, url: str) -> Meta:
    """Collect what meta tags, the canonical link and schema.org data say."""
    node = article_node(document.json_ld)
    tags = _tags(document.tree)
    tree = document.tree
    return Meta(
        claim=_claim(tree, tags, url),
        site=tags.get("og:site_name", "") or _name(node.get("publisher")),
        headline=_text(node.get("headline")),
        og_title=tags.get("og:title", "") or tags.get("twitter:title", ""),
        h1s=_h1s(tree),
        doc_title=tidy(tree.findtext(".//title") or "") if tree is not None else "",
        authors=_authors(node, tags),
        published=_present(
            node.get("datePublished"), node.get("dateCreated"), *_each(tags, PUBLISHED)
        ),
        times=_times(tree),
        modified=_present(node.get("dateModified"), *_each(tags, MODIFIED)),
        language=_language(tree, tags, node),
        body=_body(node),
        free=_free(node, tags),
    )


def article_node(json_ld: tuple[object, ...]) -> dict[str, object]:
    """Merge the first article node with later ones of the same page; empty if there is none."""
    merged: dict[str, object] = {}
    for node in _nodes(json_ld):
        if any(TYPES.search(kind) for kind in _present(*_listed(node.get("@type")))):
            merged = {**node, **{key: value for key, value in merged.items() if value}}
    return merged


def _nodes(values: object, budget: int = MAX_NODES) -> Iterator[dict[str, object]]:
    waiting = [values]
    while waiting and budget:
        budget -= 1
        value = waiting.pop(0)
        if isinstance(value, list | tuple):
            waiting[:0] = value[:MAX_NODES]
        elif isinstance(value, dict):
            yield value
            waiting.extend(value[key] for key in NESTED if key in value)


def _tags(tree: HtmlElement | None) -> dict[str, str]:
    tags: dict[str, str] = {}
    for meta in tree.iter("meta") if tree is not None else ():
        content = tidy(meta.get("content") or "")
        for key in ("property", "name", "itemprop", "http-equiv"):
            if content and (name := meta.get(key)):
                tags.setdefault(name.lower(), content)
    return tags


def _claim(tree: HtmlElement | None, tags: dict[str, str], url: str) -> str:
    links = tree.iterfind(".//link[@rel='canonical']") if tree is not None else ()
    claims = [link.get("href") or "" for link in links] + [tags.get("og:url", "")]
    for claim in claims:
        try:
            absolute = urljoin(url, claim.strip()) if claim.strip() else ""
            parts = urlsplit(absolute)
        except ValueError:
            continue
        if parts.scheme in {"http", "https"} and (parts.path.strip("/") or parts.query):
            return absolute
    return ""


def _h1s(tree: HtmlElement | None) -> tuple[str, ...]:
    found = (tidy("".join(h1.itertext())) for h1 in (tree.iter("h1") if tree is not None else ()))
    return tuple(dict.fromkeys(text for text in found if text))[:5]


def _times(tree: HtmlElement | None) -> tuple[str, ...]:
    found = tree.iterfind(".//time[@datetime]") if tree is not None else ()
    return tuple(time.get("datetime") or "" for time in islice(found, 1))


def _authors(node: dict[str, object], tags: dict[str, str]) -> tuple[str, ...]:
    names = [name for author in _listed(node.get("author")) if (name := _name(author))]
    names = names or list(_each(tags, AUTHORS))[:1]
    clean = (re.sub(r"^(?:by|von|par|por)\s+", "", name, flags=re.IGNORECASE) for name in names)
    return tuple(dict.fromkeys(name for name in clean if name and "://" not in name))


def _language(
    tree: HtmlElement | None, tags: dict[str, str], node: dict[str, object]
) -> str | None:
    said = ("" if tree is None else tree.get("lang") or tree.get("xml:lang") or "",
            _text(node.get("inLanguage")), tags.get("og:locale", ""),
            tags.get("content-language", ""))  # fmt: skip
    found = (LANGUAGE.match(value.strip().lower()) for value in said)
    return next((match[0] for match in found if match), None)


def _body(node: dict[str, object]) -> str:
    body = node.get("articleBody")
    if isinstance(body, list):
        body = "\n".join(part for part in body if isinstance(part, str))
    if not isinstance(body, str):
        return ""
    text = html.unescape(body)
    return reflow(html.unescape(TAG.sub("", BLOCK_END.sub("\n", text))))


def _free(node: dict[str, object], tags: dict[str, str]) -> bool | None:
    said = _text(node.get("isAccessibleForFree")).lower().rpartition("/")[2]
    if said in {"true", "false"}:
        return said == "true"
    tier = tags.get("article:content_tier", "").lower()
    return {"free": True, "locked": False}.get(tier)


def _name(value: object) -> str:
    if isinstance(value, dict):
        value = value.get("name")
    return _text(value[0] if isinstance(value, list) and value else value)


def _text(value: object) -> str:
    if isinstance(value, list):
        value = next(iter(value), "")
    return tidy(html.unescape(str(value))) if isinstance(value, str | bool) else ""


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _each(tags: dict[str, str], names: tuple[str, ...]) -> Iterator[str]:
    return (tags[name] for name in names if name in tags)


def _present(*values: object) -> tuple[str, ...]:
    return tuple(text for value in values if (text := _text(value)))
