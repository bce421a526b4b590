"""A delivery → the addresses it leads to: article, first report, the pages of the desk. Pure."""

from monitor.deliver.render.clean import link
from monitor.deliver.render.tree import Tree, tree, trees

Link = tuple[str, str]
ACKNOWLEDGE = "Acknowledge (ends the reminders)"


def of_case(data: Tree) -> tuple[Link, ...]:
    """Where the article is, what told the case first, and where the desk shows all of it."""
    case, hit = tree(data, "case"), tree(data, "hit")
    article = link(hit.get("url")) or link(hit.get("canonical_url"))
    whole = link(case.get("url"))
    told = {link(outlet.get("url")) for outlet in trees(case.get("outlets"))}
    name = "First report" if whole in told else "Case"
    desk = link(tree(data, "desk").get("case"))
    like = tree(data, "possibly_same_as")
    other = link(tree(data, "desk").get("possibly_same_as")) or link(like.get("url"))
    found = (
        ("Article", article),
        (name, whole if whole != article else ""),
        ("Whole case", desk),
        (f"Possibly the same (case {like.get('id')})", other),
    )
    return tuple((name, address) for name, address in found if address)


def acknowledge(data: Tree) -> tuple[Link, ...]:
    """The page on which one button ends the reminders."""
    address = link(tree(data, "desk").get("acknowledge"))
    return ((ACKNOWLEDGE, address),) if address else ()
