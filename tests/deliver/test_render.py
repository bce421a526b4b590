import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest

from monitor.deliver.render import CARDS, card, render
from monitor.records import AlertKind, Delivery

Make = Callable[..., Delivery]
SENTENCE = "A judge on Tuesday declared Ines Okafor innocent after 19 years in prison."


class Words(HTMLParser):
    """Collects what a reader sees, and every link."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.feed(page.partition("</head>")[2])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name in {"href", "src"}]

    def handle_data(self, data: str) -> None:
        self.words += data.split()


def test_the_sentence_comes_first_and_the_rest_in_the_order_people_ask(delivery: Make) -> None:
    text = render(delivery()).text
    assert text.startswith(SENTENCE)
    asked = ["Who:", "Where:", "Years lost:", "Stage:", "Sources:", "Why it matched", "Unknown:"]
    places = [text.index(word) for word in asked]
    assert places == sorted(places)
    assert "Where:" in text
    assert "Harlow County, Ohio" in text
    assert re.search(r"Sources: +2 independent: Harlow Courier, Valley Wire\n", text)


def test_a_message_shows_the_words_that_matched_and_the_sentence_of_each_fact(
    delivery: Make,
) -> None:
    text = render(delivery()).text
    assert "Why it matched (score 12.5, needed 7):" in text
    assert "- declared innocent (+5): “declared Ines Okafor innocent”" in text
    assert text.count(SENTENCE) == 1
    assert re.search(r"Who: +Ines Okafor\n +the first sentence\n", text)
    assert "“The case began in Harlow County.”" in text
    assert "- Harlow Integrity Unit" in text


def test_every_outlet_is_named_once_and_copies_are_marked(delivery: Make) -> None:
    first = "https://one.example.org/a"
    outlets = [
        {"outlet": "One", "url": first, "copy": ""},
        {"outlet": "Two", "url": "https://two.example.org/b", "copy": "yes"},
        {"outlet": "One", "url": "https://one.example.org/c", "copy": ""},
    ]
    text = render(delivery(snapshot={"case": {"outlets": outlets, "url": first}})).text
    assert re.search(r"Sources: +1 independent: One; 1 copy: Two\n", text)
    assert f"First report: {first}\n" in text


def test_outlets_that_disagree_are_both_shown_with_their_sentences(delivery: Make) -> None:
    also = {"value": 21, "url": "https://wire.example.org/a", "sentence": "He lost 21 years."}
    told = {"value": 19, "basis": "stated", "sentence": "It took 19 years.", "also": [also]}
    message = render(delivery(snapshot={"case": {"facts": {"years_lost_stated": told}}}))
    assert re.search(r"Years lost: +19 \(others say 21\)\n", message.text)
    assert "“It took 19 years.”; “He lost 21 years.” (wire.example.org)" in message.text
    assert "20" not in message.text


def test_a_sentence_that_supports_many_facts_is_printed_once(delivery: Make) -> None:
    told = {"basis": "stated", "sentence": "The jury heard a lie in 1999."}
    facts = {
        "years_lost_stated": {"value": 19, **told},
        "years_lost_computed": {"value": 19, "basis": "inferred", "sentence": told["sentence"]},
        "people_count": {"value": 1, **told},
        "mode": {"value": "declared_innocent", **told},
        "factors": {"value": ["P/FA", "OM"], **told},
        "factor_P/FA": {"value": "P/FA", **told},
    }
    text = render(delivery(snapshot={"case": {"facts": facts}})).text
    assert text.count(told["sentence"]) == 1
    assert re.search(r"How it ended: +declared innocent\n", text)
    assert re.search(r"What went wrong: +perjury or false accusation, official misconduct\n", text)
    assert "How many" not in text
    assert "computed" not in text
    assert "P/FA" not in text


def test_a_county_of_many_states_is_named_as_it_is_written(delivery: Make) -> None:
    named = {"type": "county", "name": "Jackson County", "canonical": "Jackson County, Iowa|Ohio"}
    assert "- Jackson County\n" in render(delivery(snapshot={"hit": {"entities": [named]}})).text


def test_the_pages_of_the_desk_come_after_the_article(delivery: Make) -> None:
    desk = "https://desk.example.org"
    pages = {"case": f"{desk}/case/1", "acknowledge": f"{desk}/ack/1"}
    text = render(delivery(snapshot={"desk": pages})).text
    assert "Whole case: https://desk.example.org/case/1\n" in text
    assert text.index("Article:") < text.index("Whole case:") < text.index("Acknowledge (")


def test_an_alert_that_is_unsure_says_so(delivery: Make) -> None:
    reason = "a new case (possibly the same as case 3)"
    text = render(delivery(snapshot={"reason": reason})).text
    assert re.search(r"Why now: +a new case \(possibly the same as case 3\)\n", text)


def test_an_alert_that_is_unsure_leads_to_the_other_case(delivery: Make) -> None:
    like = {"id": 3, "title": "Another", "stage": "vacated", "url": "https://wire.example/a"}
    told = delivery(snapshot={"possibly_same_as": like})
    assert "Possibly the same (case 3): https://wire.example/a\n" in render(told).text
    assert render(told).payload["data"]["possibly_same_as"] == like
    for service in CARDS:
        assert "https://wire.example/a" in str(card(told, service))


def test_a_value_that_was_inferred_says_so(delivery: Make) -> None:
    facts = {"crime": {"value": "Murder", "basis": "inferred", "sentence": "He was shot."}}
    text = render(delivery(snapshot={"case": {"facts": facts}})).text
    assert "inferred from: “He was shot.”" in text


def test_a_message_lists_what_is_unknown_and_never_guesses_it(delivery: Make) -> None:
    facts = {
        "crime": {"value": "Arson", "basis": "unknown"},
        "dna": {"value": None, "basis": "stated"},
        "age": {"value": 0, "basis": "stated"},
    }
    text = render(delivery(snapshot={"case": {"facts": facts}})).text
    assert "Unknown:\n- crime, DNA\n" in text
    assert "Arson" not in text
    assert re.search(r"Age: +0\n", text)


@pytest.mark.parametrize("kind", AlertKind)
def test_html_and_text_say_the_same(delivery: Make, kind: AlertKind) -> None:
    message = render(delivery(kind=kind))
    seen = " ".join(Words(message.html).words)
    for word in message.text.replace("-- \n", "").split():
        if word != "-":
            assert word in seen


def test_html_is_escaped_and_links_only_to_the_web(delivery: Make) -> None:
    hit = {"title": "<img src=x onerror=alert(1)>", "url": "javascript:alert(1)"}
    message = render(delivery(snapshot={"hit": hit}))
    page = Words(message.html)
    assert page.links == ["https://desk.example.org/cases/1"]
    assert "img" not in page.tags
    assert "<img src=x onerror=alert(1)>" in message.text


def test_html_leaves_the_colours_of_day_and_night_to_the_reader(delivery: Make) -> None:
    page = render(delivery()).html
    assert '<meta name="color-scheme" content="light dark">' in page
    assert not re.search(r"[;\"](color|background)[a-z-]*:", page)
    assert '<a href="https://courier.example.org/okafor?a=1&amp;b=2">' in page


def test_an_update_keeps_the_subject_of_its_thread_and_says_what_is_new(delivery: Make) -> None:
    reason = {"reason": "new stage: reversed"}
    opened = render(delivery())
    update = render(delivery(kind=AlertKind.UPDATED, first_in_thread=False, snapshot=reason))
    assert update.subject == f"Re: {opened.subject}"
    assert re.search(r"New: +new stage: reversed\n", update.text)
    assert update.text.startswith(SENTENCE)


def test_a_first_word_on_a_known_case_is_no_reply(delivery: Make) -> None:
    assert not render(delivery(kind=AlertKind.UPDATED)).subject.startswith("Re:")


def test_a_correction_says_so_first(delivery: Make) -> None:
    reason = {"reason": "years lost: 19 became 17"}
    text = render(delivery(kind=AlertKind.CORRECTED, snapshot=reason)).text
    assert text.startswith("Correction: years lost: 19 became 17\n")
    assert text.index(SENTENCE) < text.index("the sentence under “Who”")
    assert "the first sentence" not in text


def test_a_canary_is_marked_as_a_test_everywhere(delivery: Make) -> None:
    message = render(delivery(kind=AlertKind.CANARY))
    assert message.subject == "[test] Alerts of night desk reach you"
    assert message.text.startswith("This is a test:")
    assert message.payload["type"] == "canary"


def test_a_health_alert_says_what_since_when_and_what_to_do(delivery: Make) -> None:
    snapshot = {
        "case": {},
        "hit": {},
        "beat": "",
        "reason": "feed Courier is silent",
        "incident": {"kind": "feed_silent", "opened_at": "2026-03-01T08:00:00+00:00"},
        "remedy": "run `monitor feeds health`",
    }
    message = render(delivery(kind=AlertKind.HEALTH, snapshot=snapshot))
    assert message.subject == "[health] feed Courier is silent"
    assert "What to do: run `monitor feeds health`" in message.text
    assert "Since:      2026-03-01 08:00 UTC" in message.text
    assert "hears of the health of the service" in message.text
    assert message.payload["type"] == "health.feed_silent"
    snapshot["incident"] = {"kind": "feed_silent", "closed_at": "2026-03-02T08:00:00+00:00"}
    snapshot["reason"] = "over: feed Courier is silent"
    over = render(delivery(kind=AlertKind.HEALTH, snapshot=snapshot))
    assert over.subject == "[recovered] feed Courier is silent"
    assert "Over since: 2026-03-02 08:00 UTC" in over.text


def test_a_correction_note_is_not_announced_three_times(delivery: Make) -> None:
    note = "Correction: An earlier version misstated the years. It was 18, not 17."
    change = {"what": "correction", "old": "", "new": note, "sentence": note}
    snapshot = {"reason": f"correction: {note}", "changes": [change]}
    message = render(delivery(kind=AlertKind.CORRECTED, snapshot=snapshot))
    assert message.text.startswith("Correction: An earlier version misstated")
    assert f"- {note}" in message.text
    assert "correction: correction:" not in message.text.casefold()


def test_a_reminder_is_not_called_new(delivery: Make) -> None:
    snapshot = {"reason": "reminder: see to it, then open the link to acknowledge it"}
    message = render(delivery(kind=AlertKind.UPDATED, snapshot=snapshot))
    assert re.search(r"Why now: +reminder: see to it", message.text)
    assert "New:" not in message.text


@pytest.mark.parametrize(
    ("stage", "label"), [("vacated", "Ruled on"), ("exonerated", "Exonerated on")]
)
def test_who_can_be_tried_again_is_not_called_exonerated(
    delivery: Make, stage: str, label: str
) -> None:
    day = {"value": "2026-12-01", "basis": "stated", "sentence": "It was overturned Tuesday."}
    case = {"title": "A case", "stage": stage, "facts": {"exonerated_on": day}}
    message = render(delivery(snapshot={"case": case}))
    assert re.search(rf"^{label}: +2026-12-01$", message.text, re.MULTILINE)


@pytest.mark.parametrize("kind", AlertKind)
@pytest.mark.parametrize(
    "data",
    [
        {},
        {"case": None, "hit": None},
        {"case": "text", "hit": 7, "incident": []},
        {"case": {"facts": []}, "hit": {"signals": {}, "entities": "x"}},
        {"case": {"facts": {"a": "b"}, "outlets": 5}, "hit": {"signals": [None, {"matches": 1}]}},
    ],
)
def test_a_snapshot_that_lacks_anything_still_makes_a_message(
    delivery: Make, kind: AlertKind, data: dict[str, Any]
) -> None:
    message = render(delivery(kind=kind, data=data))
    assert message.subject
    assert message.text.strip()
    assert {"case", "hit", "reason", "instance"} <= set(message.payload["data"])  # type: ignore[call-overload]


def test_ten_thousand_letters_are_cut_where_a_word_ends(delivery: Make) -> None:
    long = "Cleared after decades " * 500
    snapshot = {"case": {"title": long}, "hit": {"title": long}, "sentence": long}
    message = render(delivery(snapshot=snapshot))
    assert len(message.subject) <= 140
    assert re.search(r"(Cleared|after|decades)…$", message.subject)
    assert len(message.text) < 5000
