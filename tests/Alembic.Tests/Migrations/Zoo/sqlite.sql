# What every statement finds: one a line, up to the line of hyphens.
CREATE TABLE account (id INTEGER PRIMARY KEY, balance INT)
INSERT INTO account VALUES (1, 100), (2, 200)
CREATE TABLE a (x INT)
INSERT INTO a VALUES (1)
CREATE TABLE b (x INT)
INSERT INTO b VALUES (2)
CREATE TABLE child (id INTEGER PRIMARY KEY, account_id INT REFERENCES account (id), note TEXT, twice INT AS (id * 2))
INSERT INTO child VALUES (1, 1, 'one')
CREATE INDEX ix_child ON child (account_id)
CREATE TABLE counted (id INTEGER PRIMARY KEY AUTOINCREMENT, n INT)
INSERT INTO counted (n) VALUES (5), (6)
CREATE VIEW v AS SELECT id, balance FROM account
CREATE TRIGGER tr AFTER INSERT ON a BEGIN UPDATE b SET x = x + 1; END
----
# Tables
CREATE TABLE made (id INTEGER PRIMARY KEY)
CREATE TABLE made (begins_at INT, [begin] INT, `end` INT, "case" INT)
CREATE TABLE IF NOT EXISTS made (id INT)
CREATE TABLE IF NOT EXISTS a (x INT)
CREATE TABLE made AS SELECT * FROM account
CREATE TABLE made (id INT PRIMARY KEY) WITHOUT ROWID
CREATE TABLE made (id INT) STRICT
CREATE TABLE made (id INTEGER PRIMARY KEY AUTOINCREMENT)
CREATE TABLE main.made (id INT)
CREATE TABLE made (id INT DEFAULT (1 + 1), t TEXT DEFAULT ';')
CREATE TABLE made (id INT, more INT AS (id + 1) STORED)
CREATE TABLE made (id INT CHECK (id > 0), UNIQUE (id), FOREIGN KEY (id) REFERENCES account (id) ON DELETE CASCADE)
CREATE TABLE made (id INT COLLATE NOCASE NOT NULL ON CONFLICT IGNORE)
DROP TABLE a
DROP TABLE IF EXISTS a
DROP TABLE IF EXISTS no_such
DROP TABLE main.b
DROP TABLE child
ALTER TABLE a RENAME TO c
ALTER TABLE main.a RENAME TO c
ALTER TABLE child RENAME COLUMN note TO remark
ALTER TABLE child RENAME note TO remark
ALTER TABLE account ADD COLUMN q INT
ALTER TABLE account ADD q INT DEFAULT 5 NOT NULL
ALTER TABLE account ADD COLUMN q INT AS (id + 1)
ALTER TABLE account ADD COLUMN q INT REFERENCES a (x)
ALTER TABLE child DROP COLUMN note
ALTER TABLE child DROP twice
CREATE VIRTUAL TABLE made USING fts5(body)
CREATE VIRTUAL TABLE IF NOT EXISTS made USING fts5(body)
CREATE VIRTUAL TABLE made USING rtree(id, lo, hi)
# Indexes
CREATE INDEX ix_made ON account (balance)
CREATE INDEX ix_made ON account (balance DESC)
CREATE INDEX ix_made ON account (abs(balance))
CREATE INDEX ix_made ON account (balance) WHERE balance > 0
CREATE INDEX ix_made ON account (balance COLLATE NOCASE)
CREATE INDEX ix_made ON account (id, balance)
CREATE INDEX IF NOT EXISTS ix_made ON account (balance)
CREATE INDEX IF NOT EXISTS ix_made ON account (balance DESC)
CREATE INDEX IF NOT EXISTS ix_made ON account (abs(balance))
CREATE INDEX IF NOT EXISTS ix_made ON account (balance) WHERE balance > 0
CREATE INDEX IF NOT EXISTS ix_made ON account (balance COLLATE NOCASE)
CREATE INDEX IF NOT EXISTS ix_made ON account (id, balance)
CREATE UNIQUE INDEX ix_made ON account (balance)
CREATE UNIQUE INDEX ix_made ON account (balance DESC)
CREATE UNIQUE INDEX ix_made ON account (abs(balance))
CREATE UNIQUE INDEX ix_made ON account (balance) WHERE balance > 0
CREATE UNIQUE INDEX ix_made ON account (balance COLLATE NOCASE)
CREATE UNIQUE INDEX ix_made ON account (id, balance)
CREATE UNIQUE INDEX IF NOT EXISTS ix_made ON account (balance)
CREATE UNIQUE INDEX IF NOT EXISTS ix_made ON account (balance DESC)
CREATE UNIQUE INDEX IF NOT EXISTS ix_made ON account (abs(balance))
CREATE UNIQUE INDEX IF NOT EXISTS ix_made ON account (balance) WHERE balance > 0
CREATE UNIQUE INDEX IF NOT EXISTS ix_made ON account (balance COLLATE NOCASE)
CREATE UNIQUE INDEX IF NOT EXISTS ix_made ON account (id, balance)
CREATE INDEX main.ix_made ON account (balance)
DROP INDEX ix_child
DROP INDEX IF EXISTS ix_child
DROP INDEX main.ix_child
REINDEX
REINDEX child
REINDEX ix_child
REINDEX NOCASE
ANALYZE
ANALYZE account
ANALYZE main
ANALYZE ix_child
# Views and triggers
CREATE VIEW made AS SELECT 1 AS one, 'a;b' AS two
CREATE VIEW IF NOT EXISTS made AS SELECT 1 AS one
CREATE VIEW made (x, y) AS SELECT id, balance FROM account
DROP VIEW v
DROP VIEW IF EXISTS v
CREATE TRIGGER made BEFORE INSERT ON child BEGIN UPDATE a SET x = 5; DELETE FROM b; END
CREATE TRIGGER made BEFORE UPDATE ON child BEGIN UPDATE a SET x = 5; DELETE FROM b; END
CREATE TRIGGER made BEFORE DELETE ON child BEGIN UPDATE a SET x = 5; DELETE FROM b; END
CREATE TRIGGER made BEFORE UPDATE OF note ON child BEGIN UPDATE a SET x = 5; DELETE FROM b; END
CREATE TRIGGER made AFTER INSERT ON child BEGIN UPDATE a SET x = 5; DELETE FROM b; END
CREATE TRIGGER made AFTER UPDATE ON child BEGIN UPDATE a SET x = 5; DELETE FROM b; END
CREATE TRIGGER made AFTER DELETE ON child BEGIN UPDATE a SET x = 5; DELETE FROM b; END
CREATE TRIGGER made AFTER UPDATE OF note ON child BEGIN UPDATE a SET x = 5; DELETE FROM b; END
CREATE TRIGGER IF NOT EXISTS made AFTER INSERT ON child FOR EACH ROW WHEN NEW.id > 1 BEGIN SELECT CASE WHEN NEW.id > 5 THEN 1 ELSE 2 END; UPDATE a SET x = 5; END
CREATE TRIGGER made INSTEAD OF INSERT ON v BEGIN INSERT INTO account VALUES (NEW.id, NEW.balance); END
CREATE TRIGGER made AFTER DELETE ON child BEGIN SELECT RAISE(ABORT, 'no; never'); END
DROP TRIGGER tr
DROP TRIGGER IF EXISTS tr
DROP TRIGGER main.tr
# Data
UPDATE account SET balance = balance + 10
UPDATE account SET balance = balance + 10;
/* why */ UPDATE account SET balance = balance + 10 -- so
INSERT INTO counted (n) VALUES (7)
INSERT INTO counted (n) VALUES (7) RETURNING id
INSERT INTO counted (n) SELECT n + 10 FROM counted
INSERT OR REPLACE INTO account VALUES (1, 5)
INSERT OR IGNORE INTO account VALUES (1, 5)
INSERT INTO account VALUES (1, 5) ON CONFLICT (id) DO UPDATE SET balance = balance + 5
REPLACE INTO account VALUES (2, 5)
INSERT INTO a VALUES (3)
INSERT INTO a DEFAULT VALUES
DELETE FROM b
DELETE FROM b RETURNING x
UPDATE OR IGNORE account SET id = 2 WHERE id = 1
UPDATE account SET balance = balance + a.x FROM a
WITH n (x) AS (SELECT 1) INSERT INTO b SELECT x FROM n
WITH n (x) AS (SELECT 1) UPDATE b SET x = x + (SELECT x FROM n)
WITH n (x) AS (SELECT 1) DELETE FROM b
WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 9) INSERT INTO b SELECT x FROM n
SELECT 1
VALUES (1)
EXPLAIN UPDATE account SET balance = 0
EXPLAIN QUERY PLAN SELECT 1
UPDATE sqlite_sequence SET seq = 70 WHERE name = 'counted'
# Several in one text
UPDATE account SET balance = balance + 10; UPDATE account SET balance = balance + 10
CREATE TABLE made (id INT); INSERT INTO made VALUES (1)
UPDATE account SET balance = balance + 10; ALTER TABLE account ADD COLUMN q INT
CREATE TABLE made (begins_at INT); CREATE TABLE made2 (id INT)
CREATE TRIGGER made AFTER DELETE ON a BEGIN DELETE FROM b; END; UPDATE account SET balance = balance + 10
BEGIN; UPDATE account SET balance = balance + 10; COMMIT
PRAGMA foreign_keys = OFF; UPDATE account SET balance = balance + 10
# Care of the file
VACUUM
VACUUM main
PRAGMA optimize
PRAGMA integrity_check
PRAGMA quick_check
PRAGMA foreign_key_check
PRAGMA wal_checkpoint
PRAGMA incremental_vacuum
PRAGMA user_version = 7
PRAGMA application_id = 9
PRAGMA journal_mode = WAL
PRAGMA journal_mode = DELETE
PRAGMA auto_vacuum = FULL
PRAGMA page_size = 8192
PRAGMA table_info(account)
PRAGMA table_list
PRAGMA index_list(child)
PRAGMA schema_version
PRAGMA encoding
PRAGMA freelist_count
# The session
PRAGMA foreign_keys = OFF ||| DELETE FROM account WHERE id = 1
PRAGMA foreign_keys = ON ||| DELETE FROM b
PRAGMA foreign_keys(0) ||| DELETE FROM account WHERE id = 1
PRAGMA ignore_check_constraints = ON
PRAGMA case_sensitive_like = ON ||| DELETE FROM child WHERE note LIKE 'ONE'
PRAGMA recursive_triggers = ON
PRAGMA cache_size = 100
PRAGMA busy_timeout = 500
PRAGMA synchronous = OFF
PRAGMA defer_foreign_keys = ON
PRAGMA legacy_alter_table = ON
PRAGMA temp_store = MEMORY
PRAGMA locking_mode = NORMAL
ATTACH ':memory:' AS other ||| CREATE TABLE other.t (id INT)
CREATE TEMP TABLE kept (id INT) ||| INSERT INTO account SELECT count(*) + 50, 1 FROM kept
CREATE TEMPORARY TABLE kept AS SELECT id + 50 AS id FROM account ||| INSERT INTO account SELECT id, 1 FROM kept
CREATE TABLE temp.kept (id INT) ||| INSERT INTO account SELECT count(*) + 50, 1 FROM kept
CREATE TEMP VIEW kept AS SELECT 60 AS id ||| INSERT INTO account SELECT id, 1 FROM kept
CREATE TEMP TRIGGER kept AFTER UPDATE ON account BEGIN UPDATE b SET x = x + 1; END
INSERT INTO counted (n) VALUES (8) ||| UPDATE account SET balance = last_insert_rowid()
UPDATE account SET balance = balance + 10 ||| UPDATE account SET balance = balance + changes()
