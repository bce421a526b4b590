"""Pages written for the tests, as news sites serve them."""

PARAGRAPHS = (
    (
        "A man who spent nineteen years in prison for a robbery at a ferry terminal walked out"
        " of the courthouse on Tuesday after a judge threw out his conviction."
    ),
    (
        "Judge Amara Lindqvist said new fingerprint evidence showed that Tobias Renner, now 47,"
        " could not have been at the terminal on the night of the robbery."
    ),
    (
        "“I never stopped telling people,” Renner said on the steps, holding his sister's hand."
        " “Today somebody wrote it down.”"
    ),
    (
        "Prosecutors joined the motion and said that they would not try him again. The county's"
        " conviction review unit had worked on the case for two years before the hearing."
    ),
)
TITLE = "Judge clears man after 19 years in prison"


def page(
    *,
    title: str = TITLE,
    paragraphs: tuple[str, ...] = PARAGRAPHS,
    head: str = "",
    article: str = "",
    site: str = "The Harbour Post",
) -> str:
    """An article with navigation, related links, a newsletter box and a footer around it."""
    text = "\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"""<!doctype html><html lang="en-GB"><head><meta charset="utf-8">
<title>{title} | {site}</title><meta property="og:title" content="{title} | {site}">
<meta property="og:site_name" content="{site}">{head}</head><body>
<nav><ul><li><a href="/news">News</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<main><article><h1>{title}</h1>{article}{text}</article>
<aside><h3>Related</h3><a href="/a">Ferry prices go up again in spring</a></aside>
<form><h3>Sign up to our newsletter</h3><input name="email"><button>Subscribe</button></form>
</main><footer><p>Copyright The Harbour Post. All rights reserved.</p></footer></body></html>"""
