from monitor.db import Database
from sqlalchemy import text

def test_x(db: Database):
    assert db.now(lambda s: s.execute(text("select count(*) from articles")).scalar()) == 0
def test_y(db: Database):
    assert db.now(lambda s: s.execute(text("select version_num from alembic_version")).scalar()) 
