"""A confirmed case is watched, and `cases show` lists what followed."""

import shutil

from tests.cli.desk import CASE, ROOT, SENTENCES

COURT = (
    SENTENCES[0].replace("A county judge", "A judge in Franklin County, Ohio,"),
    *SENTENCES[1:],
)
SUIT = (
    (
        "Ada Quillfeather, who was cleared in spring after 21 years in prison, has sued the state"
        " of Ohio over the samples that were mixed up at her trial, her lawyer said on Friday."
    ),
    (
        "The state has sixty days to answer. Its attorney general said that he had not read the"
        " papers, which run to two hundred pages and name four chemists and a clerk."
    ),
)


def test_what_follows_on_a_confirmed_case_is_shown_with_it(post, monitor):
    shutil.copytree(ROOT / "config" / "gazetteers", post.folder / "gazetteers")
    post.story("/a", CASE, COURT)
    assert monitor("run-once").code == 0
    (hit,) = monitor("hits", "list", "--json").lines
    assert monitor("hits", "label", str(hit["id"]), "confirmed").code == 0
    case = str(hit["case_id"])
    assert "watched until " in monitor("cases", "show", case).out
    url = post.story("/b", "State is taken to court", SUIT)
    assert monitor("run-once", "--all").code == 0
    shown = monitor("cases", "show", case, "--json").json
    (found,) = shown["follow_ups"]
    assert (found["topic"], found["url"], found["sentence"]) == ("suit", url, SUIT[0])
    assert [told["reason"].split(" (")[0] for told in shown["told"]] == [
        "a new case",
        "follow-up: suit",
    ]
    assert "suit: " in monitor("cases", "show", case).out
    assert len(monitor("hits", "list", "--json").lines) == 1
