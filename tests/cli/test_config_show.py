"""`config show` prints settings as they would be written, and what is wrong beside them."""

SETTINGS = """
http: {timeout: 90s, max_body: 2097152, allow_networks: [10.0.0.0/8]}
alerts:
  instance: "12345"
  channels:
    desk: {type: email, to: a@quay.example, smtp: {host: mail.example, password: hunter2}}
  routes:
    - {beat: cleared, to: [nobody, 5]}
    - {beat: cleared}
    - {beat: cleared, to: desk, stages: vacated, wait_for: 2 sources or 1800s, remind: 24h}
"""


def shown(said) -> dict[str, str]:
    rows = (line.split(" = ", 1) for line in said.out.splitlines() if not line.startswith("#"))
    return dict(rows)


def test_values_are_written_as_in_the_file(post, monitor):
    (post.folder / "monitor.yaml").write_text(SETTINGS.replace("[nobody, 5]", "[desk]"))
    rows = shown(monitor("config", "show"))
    assert rows["http.timeout"] == "90s"
    assert rows["http.max_body"] == "2MiB"
    assert rows["http.host_gap"] == "null"
    assert rows["http.allow_networks"] == "[10.0.0.0/8]"
    assert rows["alerts.instance"] == "'12345'"
    assert rows["alerts.retry_for"] == "2d"
    assert rows["alerts.channels.desk.smtp.password"] == "(hidden)"
    assert rows["alerts.routes.2.stages"] == "[vacated]"
    assert rows["alerts.routes.2.wait_for"] == "2 sources or 30m"
    assert rows["alerts.routes.2.remind"] == "1d"
    assert rows["retention.articles"] == "90d"


def test_a_faulty_configuration_is_shown_as_far_as_it_can_be_read(post, monitor):
    (post.folder / "monitor.yaml").write_text(SETTINGS.replace("90s", "soon"))
    said = monitor("config", "show", "--sources")
    assert said.code == 3
    rows = shown(said)
    assert "http.timeout" not in rows
    assert rows["http.max_body"] == f"2MiB  # {post.folder}/monitor.yaml:2"
    assert rows["alerts.channels.desk.to"] == f"[a@quay.example]  # {post.folder}/monitor.yaml:6"
    assert rows["alerts.routes.2.to"] == f"[desk]  # {post.folder}/monitor.yaml:10"
    assert not any(name.startswith("alerts.routes.1.") for name in rows)
    file = f"{post.folder}/monitor.yaml"
    assert said.err.splitlines() == [
        f"{file}:2: http.timeout: 'soon' is not a duration; write for example 30s, 5m, 2h or 7d",
        f"{file}:8: alerts.routes.0.to.1: must be text; put it in quotes",
        f"{file}:8: alerts.routes.0.to.0: no channel is called 'nobody'; known here: desk",
        f"{file}:9: alerts.routes.1.to: is missing; add it",
        "4 mistakes; what they are in is left out above",
    ]
    assert "hunter2" not in said.out + said.err


def test_the_same_is_told_to_programs(post, monitor):
    (post.folder / "monitor.yaml").write_text(SETTINGS.replace("90s", "soon"))
    said = monitor("config", "show", "--json")
    assert said.code == 3
    assert said.json["values"]["http.max_body"] == "2MiB"
    assert said.json["values"]["http.host_gap"] is None
    assert said.json["sources"]["alerts.routes.2.remind"].endswith("monitor.yaml:10")
    assert len(said.json["mistakes"]) == 4
    (post.folder / "monitor.yaml").write_text("")
    assert "mistakes" not in monitor("config", "show", "--json").json
