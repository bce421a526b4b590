"""What a server, its users and an address may do to a database on PostgreSQL."""

import pytest
from sqlalchemy import make_url
from sqlalchemy.orm import Session

from monitor.db import Database
from monitor.errors import DatabaseError
from tests.db.notes import keys, note, refused
from tests.postgres import Postgres


def test_a_server_that_restarts_costs_one_transaction(
    postgres: Postgres, postgres_url: str
) -> None:
    db = Database(postgres_url)
    db.now(note, "before")

    def interrupted(session: Session) -> None:
        note(session, "half")
        session.flush()
        postgres.restart()
        note(session, "other half")

    with pytest.raises(DatabaseError, match="check the address, and that the server runs"):
        db.now(interrupted)
    postgres.restart()  # between two transactions nobody notices
    db.now(note, "after")
    assert db.now(keys) == ["after", "before"]
    db.close()


def test_a_server_that_is_not_there_is_named_without_the_password() -> None:
    said = refused("postgresql+psycopg://desk:hunter2@127.0.0.1:1/news")
    assert said.startswith("database postgresql+psycopg://desk:***@127.0.0.1:1/news: ")
    assert said.endswith("no server answers there; check the address, and that the server runs")
    assert "hunter2" not in said


def test_a_wrong_password_is_not_repeated(postgres: Postgres, postgres_url: str) -> None:
    postgres.execute("DROP ROLE IF EXISTS stranger", "CREATE ROLE stranger LOGIN PASSWORD 'right'")
    url = make_url(postgres_url).set(username="stranger", password="hunter2")
    for wrong in (url, url.set(password=None).update_query_dict({"password": "hunter2"})):
        said = refused(wrong.render_as_string(hide_password=False))
        assert "the server did not let this user in" in said
        assert "check user and password" in said
        assert "hunter2" not in said


def test_a_database_that_does_not_exist_says_how_to_make_it(postgres: Postgres) -> None:
    said = refused(postgres.address("monitor_test_none"))
    assert "the server has no database 'monitor_test_none'; create it with `createdb moni" in said


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("nonsense hunter2", "not an address of one; write sqlite:///FILE or postgresql+psycopg"),
        ("postgresql://desk:hunter2@h:port/x", "not an address of one; write sqlite:///FILE"),
        ("sqlite+cobol://h/x", "not an address of one; write sqlite:///FILE"),
        ("mysql://desk:hunter2@h/x", "no kind 'mysql' is known; write sqlite:///FILE"),
        ("postgresql://desk:hun@hunter2@127.0.0.1:1/x", "check the address"),
    ],
)
def test_an_address_that_cannot_be_is_refused_without_its_password(url: str, said: str) -> None:
    told = refused(url)
    assert said in told
    assert "hun" not in told.replace("unable", "")
