"""`cases audit`: the Registry's list beside ours."""

from datetime import timedelta

import pytest

from monitor.app import utcnow
from tests.cli.desk import CASE, SENTENCES
from tests.world import Reply

WEAK = (
    (
        "The county said on Monday that Basil Thornquist, who was convicted in 1999, would be paid"
        " for the years he was held, after the charges were dropped and his case closed for good."
    ),
    *SENTENCES[1:],
)


def registry(folder, *names):
    """The Registry's table: everybody cleared today and posted in nine days."""
    today = utcnow()
    posted = today + timedelta(days=9)
    rows = [
        f"{name.split()[1]},{name.split()[0]},,{today:%m/%d/%Y},{posted:%m/%d/%Y}" for name in names
    ]
    path = folder / "registry.csv"
    head = "Last Name,First Name,State,Date of Exoneration,Posting Date"
    path.write_text("\n".join([head, *rows]))
    return str(path)


@pytest.fixture
def watched(post, monitor):
    """One case told, one story that is no hit, one page that is behind a wall."""
    post.story("/a", CASE, SENTENCES)
    post.story("/b", "Man to be paid for his years", WEAK)
    post.site.serve("/c", Reply(status=403))
    post.listed("/c", "Judge frees Lionel Crabtree of Ash County")
    assert monitor("run-once").code == 0
    return post


def test_missed_cases_are_listed_with_the_stage_that_lost_them(watched, monitor, tmp_path):
    names = ("Ada Quillfeather", "Basil Thornquist", "Lionel Crabtree", "Nobody Wrote")
    file = registry(tmp_path, *names)
    found = monitor("cases", "audit", "--registry", file, "--json").json
    assert [(row["name"], row["lead_days"]) for row in found["found"]] == [("Ada Quillfeather", 9)]
    stages = {row["name"]: row["stage"] for row in found["missed"]}
    assert stages == {
        "Basil Thornquist": "judged no",
        "Lionel Crabtree": "blocked",
        "Nobody Wrote": "no feed",
    }
    said = monitor("cases", "audit", "--registry", file).out
    assert "1 of 4 people found, 9 days before the Registry at the median" in said
    assert "1 no feed, 1 blocked, 1 judged no" in said


def test_a_file_that_is_no_export_is_refused(watched, monitor, tmp_path):
    (tmp_path / "other.csv").write_text("Title,County\nx,y\n")
    for path in (tmp_path / "other.csv", tmp_path / "none.csv"):
        said = monitor("cases", "audit", "--registry", str(path))
        assert said.code == 2
        assert str(path) in said.err
