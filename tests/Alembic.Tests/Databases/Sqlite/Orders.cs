namespace Alembic.Tests.Databases.Sqlite;

/// <summary>A table with whatever a rebuild could lose, and what leans on it.</summary>
internal static class Orders
{
    public static readonly string[] Statements =
    [
        "CREATE TABLE customer (id INTEGER NOT NULL PRIMARY KEY, name TEXT)",
        """"
        CREATE TABLE "order" ( -- who ordered what
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name VARCHAR(20) COLLATE NOCASE NOT NULL ON CONFLICT FAIL, /* shown, to everyone */
            "odd ""col""" TEXT DEFAULT 'x''y',
            amount NUMERIC(10, 2) CHECK (amount >= 0),
            note TEXT UNIQUE ON CONFLICT IGNORE,
            state TEXT DEFAULT 'new' NOT NULL,
            parent_id INTEGER REFERENCES "order" (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
            customer_id INTEGER,
            twice AS (amount * 2) STORED,
            "first" TEXT GENERATED ALWAYS AS (substr(name, 1, 1)) VIRTUAL,
            spare TEXT, -- nobody knows
            CONSTRAINT ck_name CHECK (length(name) > 0),
            CHECK (note <> ''),
            CONSTRAINT uq_name_amount UNIQUE (name, amount),
            CONSTRAINT fk_customer FOREIGN KEY (customer_id) REFERENCES customer (id) ON DELETE CASCADE
        )
        """",
        "CREATE UNIQUE INDEX ix_unique ON \"order\" (name COLLATE BINARY DESC, note)",
        "CREATE INDEX ix_partial ON \"order\" (amount) WHERE amount > 5 /* large */",
        "CREATE INDEX \"ix expression\" ON \"order\" (lower(name) COLLATE RTRIM DESC, -amount)",
        "CREATE TABLE log (text TEXT, at INTEGER)",
        "CREATE TABLE child (id INTEGER PRIMARY KEY, order_id INTEGER NOT NULL REFERENCES \"order\" (id) ON DELETE CASCADE ON UPDATE "
            + "CASCADE, note TEXT)",
        "CREATE TRIGGER tr_own AFTER UPDATE OF amount ON \"order\" BEGIN INSERT INTO log VALUES (new.name || ';', new.id); END",
        "CREATE TRIGGER tr_elsewhere AFTER INSERT ON customer WHEN new.name = 'auto' BEGIN INSERT INTO \"order\" (name, customer_id) "
            + "VALUES ('of ' || new.name, new.id); END",
        "CREATE VIEW v_large AS SELECT id, name, amount FROM \"order\" WHERE amount > 5",
        "CREATE VIEW v_of_view AS SELECT count(*) AS n FROM v_large",
        "CREATE TRIGGER tr_instead INSTEAD OF INSERT ON v_large BEGIN INSERT INTO \"order\" (name, amount) VALUES (new.name, "
            + "new.amount); END",
        "INSERT INTO customer VALUES (1, 'ada'), (2, NULL)",
        """"
        INSERT INTO "order" (id, name, "odd ""col""", amount, note, parent_id, customer_id) VALUES
            (1, 'One', 'it''s', 10, 'a', NULL, 1), (2, 'two', NULL, 2.50, 'b', 1, 2), (5, 'DREI', X'00FF', NULL, NULL, 2, NULL), (9, '4', '', 5.01, 'ü😀', 9, 1)
        """",
        "INSERT INTO \"order\" (id, name) VALUES (70, 'gone')",
        "DELETE FROM \"order\" WHERE id = 70",
        "INSERT INTO child VALUES (1, 1, 'of one'), (2, 1, NULL), (3, 9, 'of nine')",
    ];
}
