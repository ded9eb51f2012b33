using Alembic.Databases;
using Alembic.Lint;
using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Tests.Lint;

/// <summary>What a migration does, and the codes that are told of it.</summary>
internal static class LintCases
{
    private static readonly Column Id = new("id", SqlType.Integer, primaryKey: true);

    /// <summary>For each name a dialect, an upgrade, and the codes that are expected, without those about the way back.</summary>
    public static readonly IReadOnlyDictionary<string, (string Dialect, Action<Op> Upgrade, string Codes)> All =
        new Dictionary<string, (string, Action<Op>, string)>
        {
            ["drop table"] = ("sqlite", op => op.DropTable("a"), "ALB5101"),
            ["drop table that it creates"] = ("sqlite", op => { op.CreateTable("a", [Id]); op.DropTable("a"); }, ""),
            ["drop column"] = ("sqlite", op => op.DropColumn("a", "x"), "ALB5102"),
            ["drop column in a batch"] = ("sqlite", op => op.BatchAlterTable("a", batch => batch.DropColumn("x")), "ALB5102"),
            ["shorter text"] = ("sqlite",
                op => op.AlterColumn("a", "x", type: SqlType.String(9), existingType: SqlType.String(10)), "ALB5103"),
            ["text with a length"] = ("sqlite",
                op => op.AlterColumn("a", "x", type: SqlType.String(9), existingType: SqlType.Text), "ALB5103"),
            ["longer text"] = ("sqlite", op => op.AlterColumn("a", "x", type: SqlType.String(11), existingType: SqlType.String(10)), ""),
            ["smaller number"] = ("sqlite",
                op => op.AlterColumn("a", "x", type: SqlType.Integer, existingType: SqlType.BigInteger), "ALB5103"),
            ["fewer digits"] = ("sqlite", op => op.AlterColumn("a", "x", type: SqlType.Numeric(9, 2), existingType: SqlType.Numeric(9, 1)),
                "ALB5103"),
            ["more digits"] = ("sqlite",
                op => op.AlterColumn("a", "x", type: SqlType.Numeric(10, 2), existingType: SqlType.Numeric(9, 1)), ""),
            ["text to number"] = ("sqlite", op => op.AlterColumn("a", "x", type: SqlType.Integer, existingType: SqlType.Text), "ALB5104"),
            ["time to date"] = ("sqlite", op => op.AlterColumn("a", "x", type: SqlType.Date, existingType: SqlType.DateTime), "ALB5104"),
            ["number to text"] = ("sqlite", op => op.AlterColumn("a", "x", type: SqlType.Text, existingType: SqlType.Integer), ""),
            ["not null"] = ("sqlite", op => op.AlterColumn("a", "x", nullable: false, existingType: SqlType.Text), "ALB5105"),
            ["not null that it was"] = ("sqlite", op => op.AlterColumn("a", "x", nullable: false, existingNullable: false), ""),
            ["not null after a fill"] = ("sqlite", op =>
            {
                op.Execute("UPDATE a SET x = 0 WHERE x IS NULL");
                op.AlterColumn("a", "x", nullable: false, existingType: SqlType.Text);
            }, ""),
            ["not null after another column is filled"] = ("sqlite", op =>
            {
                op.Execute("UPDATE a SET xx = 0 WHERE xx IS NULL");
                op.AlterColumn("a", "x", nullable: false, existingType: SqlType.Text);
            }, "ALB5105"),
            ["not null column"] = ("sqlite", op => op.AddColumn("a", new Column("x", SqlType.Text, nullable: false)), "ALB5106"),
            ["not null column with a default"] = ("sqlite",
                op => op.AddColumn("a", new Column("x", SqlType.Text, nullable: false, serverDefault: "")), ""),
            ["unique"] = ("sqlite", op => op.CreateUniqueConstraint("uq", "a", ["x"]), "ALB5107"),
            ["unique index"] = ("sqlite", op => op.CreateIndex("ix", "a", ["x"], unique: true), "ALB5107"),
            ["delete all"] = ("sqlite", op => op.Execute("DELETE FROM a;"), "ALB5108"),
            ["truncate"] = ("postgresql", op => op.Execute("TRUNCATE TABLE a RESTART IDENTITY"), "ALB5108"),
            ["delete some"] = ("sqlite", op => op.Execute("DELETE FROM a WHERE x = 1"), ""),
            ["drop schema"] = ("postgresql", op => op.DropSchema("s"), "ALB5109"),
            ["enum without a value"] = ("postgresql", op => op.AlterEnumType("e", ["a"], existingValues: ["a", "b"]), "ALB5110"),
            ["enum with another value"] = ("postgresql", op => op.AlterEnumType("e", ["a", "b"], existingValues: ["a"]), ""),
            ["rename table"] = ("sqlite", op => op.RenameTable("a", "b"), "ALB5301"),
            ["rename column"] = ("sqlite", op => op.AlterColumn("a", "x", newColumnName: "y"), "ALB5302"),
            ["asks the database"] = ("sqlite", op => op.Query("SELECT 1"), "ALB5002"),
            ["asks the database where there is one"] = ("sqlite", op => { if (!op.IsOffline) op.Query("SELECT 1"); }, ""),
            ["index"] = ("postgresql", op => op.CreateIndex("ix", "a", ["x"]), "ALB5201"),
            ["index on a new table"] = ("postgresql", op => { op.CreateTable("a", [Id]); op.CreateIndex("ix", "a", ["id"]); }, ""),
            ["index elsewhere"] = ("mysql", op => op.CreateIndex("ix", "a", ["x"]), ""),
            ["index concurrently"] = ("postgresql",
                op => op.AutocommitBlock(() => op.CreateIndex("ix", "a", ["x"], concurrently: true)), ""),
            ["drop index"] = ("postgresql", op => op.DropIndex("ix", "a"), "ALB5202"),
            ["index concurrently in a transaction"] = ("postgresql", op => op.CreateIndex("ix", "a", ["x"], concurrently: true), "ALB5203"),
            ["foreign key"] = ("postgresql", op => op.CreateForeignKey("fk", "a", "b", ["x"], ["id"]), "ALB5204"),
            ["foreign key not valid"] = ("postgresql", op => op.CreateForeignKey("fk", "a", "b", ["x"], ["id"], notValid: true), ""),
            ["check"] = ("postgresql", op => op.CreateCheckConstraint("ck", "a", "x > 0"), "ALB5205"),
            ["check not valid"] = ("postgresql", op => op.CreateCheckConstraint("ck", "a", "x > 0", notValid: true), ""),
            ["validated"] = ("postgresql", op => op.ValidateConstraint("ck", "a"), ""),
            ["not null under a lock"] = ("postgresql", op =>
            {
                op.Execute("UPDATE a SET x = 0 WHERE x IS NULL");
                op.AlterColumn("a", "x", nullable: false, existingType: SqlType.Text);
            }, "ALB5206"),
            ["not null that a check proves"] = ("postgresql", op =>
            {
                op.ValidateConstraint("ck", "a");
                op.AlterColumn("a", "x", nullable: false, existingType: SqlType.Text);
                op.DropConstraint("ck", "a", ConstraintType.Check);
            }, ""),
            ["wider number"] = ("postgresql",
                op => op.AlterColumn("a", "x", type: SqlType.BigInteger, existingType: SqlType.Integer), "ALB5207"),
            ["longer text in place"] = ("postgresql",
                op => op.AlterColumn("a", "x", type: SqlType.Text, existingType: SqlType.String(10)), ""),
            ["random default"] = ("postgresql",
                op => op.AddColumn("a", new Column("x", SqlType.Uuid, serverDefault: Sql.Text("gen_random_uuid()"))), "ALB5208"),
            ["one default for all"] = ("postgresql",
                op => op.AddColumn("a", new Column("x", SqlType.DateTime, serverDefault: Sql.Text("now()"))), ""),
            ["unique under a lock"] = ("postgresql", op => op.CreateUniqueConstraint("uq", "a", ["x"]), "ALB5107 ALB5209"),
            ["identity"] = ("postgresql", op => op.AddColumn("a", new Column("x", SqlType.Integer, identity: new Identity())), "ALB5210"),
            ["validated at once"] = ("postgresql", op =>
            {
                op.CreateCheckConstraint("ck", "a", "x > 0", notValid: true);
                op.ValidateConstraint("ck", "a");
            }, "ALB5211"),
            ["new value used"] = ("postgresql", op =>
            {
                op.AlterEnumType("e", ["a", "b"], existingValues: ["a"]);
                op.Execute("UPDATE t SET x = 'b' WHERE x = 'a'");
            }, "ALB5212"),
            ["rows beside the schema"] = ("postgresql", op =>
            {
                op.AddColumn("a", new Column("x", SqlType.Integer));
                op.Execute("UPDATE a SET x = 1");
            }, "ALB5213"),
            ["rows of another table"] = ("postgresql", op =>
            {
                op.AddColumn("a", new Column("x", SqlType.Integer));
                op.Execute("UPDATE b SET x = 1 WHERE x IS NULL");
            }, ""),
            ["type by a copy"] = ("mysql",
                op => op.AlterColumn("a", "x", type: SqlType.BigInteger, existingType: SqlType.Integer), "ALB5221"),
            ["longer text with a longer length"] = ("mysql",
                op => op.AlterColumn("a", "x", type: SqlType.String(64), existingType: SqlType.String(10)), "ALB5221"),
            ["longer text, of which only the length is noted"] = ("mariadb",
                op => op.AlterColumn("a", "x", type: SqlType.String(64), existingType: SqlType.String(10)), ""),
            ["longer text with the same length"] = ("mysql",
                op => op.AlterColumn("a", "x", type: SqlType.String(63), existingType: SqlType.String(10)), ""),
            ["enum with another value at its end"] = ("mariadb",
                op => op.AlterColumn("a", "x", type: SqlType.Enum(null, ["a", "b"]), existingType: SqlType.Enum(null, ["a"])), ""),
            ["foreign key by a copy"] = ("mysql", op => op.CreateForeignKey("fk", "a", "b", ["x"], ["id"]), "ALB5222"),
            ["check by a copy"] = ("mariadb", op => op.CreateCheckConstraint("ck", "a", "x > 0"), "ALB5223"),
            ["stored column"] = ("mysql",
                op => op.AddColumn("a", new Column("z", SqlType.Integer, computed: new Computed("x + 1", true))), "ALB5224"),
            ["column that is computed when it is read"] = ("mysql",
                op => op.AddColumn("a", new Column("z", SqlType.Integer, computed: new Computed("x + 1", false))), ""),
            ["primary key dropped"] = ("mysql", op => op.DropConstraint("pk", "a", ConstraintType.PrimaryKey), "ALB5225"),
            ["full-text index"] = ("mariadb", op => op.CreateIndex("ft", "a", ["x"], method: "fulltext"), "ALB5226"),
            ["numbered column"] = ("mysql",
                op => op.AddColumn("a", new Column("x", SqlType.Integer, autoincrement: true)), "ALB5227"),
            ["all rows in one statement"] = ("mysql", op =>
            {
                op.AddColumn("a", new Column("x", SqlType.Integer));
                op.Execute("UPDATE a SET x = 1");
            }, "ALB5228"),
            ["index that is not built ONLINE"] = ("mssql", op => op.CreateIndex("ix", "a", ["x"]), "ALB5231"),
            ["foreign key that looks at all rows"] = ("mssql", op => op.CreateForeignKey("fk", "a", "b", ["x"], ["id"]), "ALB5232"),
            ["check that looks at all rows"] = ("mssql", op => op.CreateCheckConstraint("ck", "a", "x > 0"), "ALB5232"),
            ["type that is written anew"] = ("mssql",
                op => op.AlterColumn("a", "x", type: SqlType.BigInteger, existingType: SqlType.Integer), "ALB5233"),
            ["longer text where it stands"] = ("mssql",
                op => op.AlterColumn("a", "x", type: SqlType.String(11), existingType: SqlType.String(10)), ""),
            ["not null under a lock of the schema"] = ("mssql", op =>
            {
                op.Execute("UPDATE a SET x = 0 WHERE x IS NULL");
                op.AlterColumn("a", "x", nullable: false, existingType: SqlType.Text);
            }, "ALB5234"),
            ["identifier for each row"] = ("mssql", op => op.AddColumn("a",
                new Column("x", SqlType.Uuid, nullable: false, serverDefault: Sql.Text("newid()"))), "ALB5235"),
            ["identifier for new rows"] = ("mssql", op => op.AddColumn("a",
                new Column("x", SqlType.Uuid, serverDefault: Sql.Text("newid()"))), ""),
            ["key that is not built ONLINE"] = ("mssql", op => op.CreateUniqueConstraint("uq", "a", ["x"]), "ALB5107 ALB5236"),
            ["rows under a lock of the schema"] = ("mssql", op =>
            {
                op.AddColumn("a", new Column("x", SqlType.Integer));
                op.Execute("UPDATE a SET x = 1");
            }, "ALB5237"),
            ["foreign key without an index"] = ("postgresql",
                op => op.CreateTable("a", [Id, new Column("b_id", SqlType.Integer, foreignKey: new("b.id"))]), "ALB5303"),
            ["foreign key with an index"] = ("postgresql",
                op => op.CreateTable("a", [Id, new Column("b_id", SqlType.Integer, index: true, foreignKey: new("b.id"))]), ""),
            ["foreign key that is the primary key"] = ("sqlite",
                op => op.CreateTable("a", [new Column("id", SqlType.Integer, primaryKey: true, foreignKey: new("b.id"))]), ""),
            ["foreign key with an index of its own"] = ("sqlite", op =>
            {
                op.CreateTable("a", [Id, new Column("x", SqlType.Integer), new Column("y", SqlType.Integer)]);
                op.CreateForeignKey("fk", "a", "b", ["x", "y"], ["x", "y"]);
                op.CreateIndex("ix", "a", ["y", "x", "id"]);
            }, ""),
            ["foreign key in the middle of an index"] = ("sqlite", op =>
            {
                op.CreateTable("a", [Id, new Column("x", SqlType.Integer)]);
                op.AddColumn("a", new Column("b_id", SqlType.Integer, foreignKey: new("b.id")));
                op.CreateIndex("ix", "a", ["x", "b_id"]);
            }, "ALB5303"),
            ["foreign key of a table that is not known"] = ("sqlite",
                op => op.AddColumn("a", new Column("b_id", SqlType.Integer, foreignKey: new("b.id"))), ""),
            ["foreign key that the server indexes"] = ("mysql",
                op => op.CreateTable("a", [Id, new Column("b_id", SqlType.Integer, foreignKey: new("b.id"))]), ""),
            ["all rows changed"] = ("sqlite", op => op.Execute("UPDATE a SET x = 1, y = 2"), "ALB5112"),
            ["all rows of a new column filled"] = ("sqlite", op =>
            {
                op.AddColumn("a", new Column("x", SqlType.Integer));
                op.Execute("UPDATE a SET x = 1");
            }, ""),
            ["type from nowhere"] = ("sqlite", op => op.AlterColumn("a", "x", type: SqlType.String(9)), "ALB5111"),
            ["type that an operation before says"] = ("sqlite", op =>
            {
                op.AddColumn("a", new Column("y", SqlType.String(10)));
                op.AlterColumn("a", "y", newColumnName: "x");
                op.AlterColumn("a", "x", type: SqlType.String(9));
            }, "ALB5103 ALB5302"),
            ["lossy type that an operation before says"] = ("sqlite", op =>
            {
                op.AddColumn("a", new Column("x", SqlType.Text));
                op.AlterColumn("a", "x", type: SqlType.Integer);
            }, "ALB5104"),
            ["not null that an operation before says"] = ("sqlite", op =>
            {
                op.AddColumn("a", new Column("x", SqlType.Text, nullable: false, serverDefault: ""));
                op.AlterColumn("a", "x", nullable: false);
            }, ""),
        };

    /// <summary>SQL of a migration's own, with the codes that are expected: for each database as it writes the statement.</summary>
    public static readonly IReadOnlyList<(string Dialect, string Sql, string Codes)> Texts =
    [
        ("sqlite", "DROP TABLE IF EXISTS a", "ALB5101"),
        ("sqlite", "-- gone\nDROP /* at last */ TABLE \"a\";", "ALB5101"),
        ("sqlite", "SELECT 1; DROP TABLE a", "ALB5101"),
        ("sqlite", "SELECT 'DROP TABLE a'", ""),
        ("sqlite", "CREATE TRIGGER t AFTER INSERT ON a BEGIN UPDATE b SET x = 1; DELETE FROM c; END", ""),
        ("sqlite", "CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT CASE WHEN 1 THEN 2 END; END; DELETE FROM c", "ALB5108"),
        ("sqlite", "CREATE TABLE a (x INTEGER); DROP TABLE a", ""),
        ("sqlite", "ALTER TABLE a DROP COLUMN x", "ALB5102"),
        ("sqlite", "ALTER TABLE a RENAME TO b", "ALB5301"),
        ("sqlite", "ALTER TABLE a RENAME COLUMN x TO y", "ALB5302"),
        ("sqlite", "ALTER TABLE a ADD COLUMN x TEXT NOT NULL DEFAULT ''", ""),
        ("sqlite", "ALTER TABLE a ADD COLUMN x TEXT NOT NULL", "ALB5106"),
        ("sqlite", "CREATE UNIQUE INDEX ix ON a (x)", "ALB5107"),
        ("sqlite", "DELETE FROM main.a -- all", "ALB5108"),
        ("sqlite", "DELETE FROM a WHERE 1 = 1", "ALB5108"),
        ("sqlite", "DELETE FROM a WHERE x IN (SELECT x FROM b)", ""),
        ("sqlite", "WITH old AS (SELECT x FROM b WHERE y) DELETE FROM a", "ALB5108"),
        ("sqlite", "UPDATE a SET x = (SELECT y FROM b WHERE b.id = a.id)", "ALB5112"),
        ("sqlite", "UPDATE a SET x = CASE WHEN y THEN 1 ELSE 2 END WHERE x IS NULL", ""),
        ("postgresql", "DELETE FROM ONLY a", "ALB5108"),
        ("postgresql", "TRUNCATE a, ONLY b CASCADE", "ALB5108"),
        ("postgresql", "DROP SCHEMA IF EXISTS s CASCADE", "ALB5109"),
        ("postgresql", "CREATE INDEX ix ON ONLY a USING gin (lower(x), y) WITH (fastupdate = off) WHERE x > 0", "ALB5201"),
        ("postgresql", "CREATE INDEX CONCURRENTLY IF NOT EXISTS ix ON a (x)", "ALB5203"),
        ("postgresql", "DROP INDEX ix", "ALB5202"),
        ("postgresql", "DROP INDEX CONCURRENTLY ix", "ALB5203"),
        ("postgresql", "ALTER TABLE a ADD CONSTRAINT fk FOREIGN KEY (x) REFERENCES b (id) ON DELETE CASCADE", "ALB5204"),
        ("postgresql", "ALTER TABLE a ADD FOREIGN KEY (x) REFERENCES b NOT VALID", ""),
        ("postgresql", "ALTER TABLE a ADD CONSTRAINT ck CHECK (x > 0)", "ALB5205"),
        ("postgresql", "ALTER TABLE a ADD CONSTRAINT ck CHECK (x > 0) NOT VALID", ""),
        ("postgresql", "ALTER TABLE a ADD CONSTRAINT ck CHECK (x IS NOT NULL); ALTER TABLE A ALTER x SET NOT NULL", "ALB5205"),
        ("postgresql", "ALTER TABLE a ALTER COLUMN x SET NOT NULL", "ALB5105 ALB5206"),
        ("postgresql", "UPDATE a SET x = 0 WHERE x IS NULL; ALTER TABLE a ALTER COLUMN x SET NOT NULL", "ALB5206"),
        ("postgresql", "ALTER TABLE a ALTER COLUMN x TYPE bigint USING x::bigint", "ALB5207"),
        ("postgresql", "ALTER TABLE a ALTER x TYPE bigint, DROP COLUMN y", "ALB5102 ALB5111 ALB5207"),
        ("postgresql", "ALTER TABLE a ADD x varchar(10); ALTER TABLE a ALTER x TYPE character varying(20)", ""),
        ("postgresql", "ALTER TABLE a ADD x varchar(20); ALTER TABLE a ALTER x SET DATA TYPE varchar(10)", "ALB5103 ALB5207"),
        ("postgresql", "ALTER TABLE a ADD x float DEFAULT random()", "ALB5208"),
        ("postgresql", "ALTER TABLE a ADD x timestamptz DEFAULT now() NOT NULL", ""),
        ("postgresql", "ALTER TABLE a ADD CONSTRAINT uq UNIQUE (x)", "ALB5107 ALB5209"),
        ("postgresql", "ALTER TABLE a ADD CONSTRAINT uq UNIQUE USING INDEX ix", ""),
        ("postgresql", "ALTER TABLE a ADD x bigserial", "ALB5210"),
        ("postgresql", "ALTER TABLE a ADD x int GENERATED ALWAYS AS (y + 1) STORED", "ALB5210"),
        ("postgresql", "ALTER TABLE a ADD CONSTRAINT ck CHECK (x > 0) NOT VALID; ALTER TABLE a VALIDATE CONSTRAINT ck", "ALB5211"),
        ("postgresql", "ALTER TABLE a ADD x int; UPDATE a SET x = 1", "ALB5213"),
        ("postgresql", "ALTER TABLE a ADD x int; TRUNCATE a", "ALB5108"),
        ("mysql", "ALTER TABLE `a` MODIFY x VARCHAR(9) NOT NULL", "ALB5105 ALB5111"),
        ("mysql", "ALTER TABLE a CHANGE x y INT", "ALB5111 ALB5302"),
        ("mysql", "ALTER TABLE a DROP INDEX ix, DROP x, ADD KEY k (y)", "ALB5102"),
        ("mysql", "RENAME TABLE a TO b, c TO d", "ALB5301"),
        ("mysql", "ALTER TABLE a ADD FULLTEXT KEY ft (x)", "ALB5226"),
        ("mysql", "CREATE SPATIAL INDEX sp ON a (x)", "ALB5226"),
        ("mysql", "ALTER TABLE a ADD x INT NOT NULL AUTO_INCREMENT UNIQUE", "ALB5227"),
        ("mysql", "UPDATE a SET x = 1", "ALB5112 ALB5228"),
        ("mysql", "DELETE a FROM a JOIN b ON a.id = b.id", ""),
        ("mysql", "/*!50701 DROP TABLE a */", "ALB5101"),
        ("mssql", "IF OBJECT_ID('a') IS NOT NULL DROP TABLE [a]", "ALB5101"),
        ("mssql", "ALTER TABLE a DROP COLUMN x, y", "ALB5102"),
        ("mssql", "ALTER TABLE a DROP ck", ""),
        ("mssql", "ALTER TABLE a ALTER COLUMN x int NOT NULL", "ALB5105 ALB5111 ALB5234"),
        ("mssql", "ALTER TABLE a ALTER COLUMN x int NOT NULL WITH (ONLINE = ON)", "ALB5105 ALB5111"),
        ("mssql", "CREATE INDEX ix ON a (x)", "ALB5231"),
        ("mssql", "CREATE INDEX ix ON a (x) WITH (ONLINE = ON)", ""),
        ("mssql", "CREATE FULLTEXT INDEX ON a (x) KEY INDEX pk", ""),
        ("mssql", "ALTER TABLE a ADD CONSTRAINT fk FOREIGN KEY (x) REFERENCES b (id)", "ALB5232"),
        ("mssql", "ALTER TABLE a WITH NOCHECK ADD CONSTRAINT fk FOREIGN KEY (x) REFERENCES b (id)", ""),
        ("mssql", "ALTER TABLE a ADD x AS (y + 1) PERSISTED", "ALB5235"),
        ("mssql", "ALTER TABLE a ADD CONSTRAINT uq UNIQUE (x) WITH (ONLINE = ON)", "ALB5107"),
        ("mssql", "DELETE TOP (10) FROM a", ""),
        ("mssql", "CREATE PROCEDURE p AS DELETE FROM a; DELETE FROM b", ""),
    ];

    /// <summary>What the rules of a dialect say of an upgrade, with a way back that does something.</summary>
    public static IReadOnlyList<LintProblem> Problems(string dialect, Action<Op> upgrade, string? code = null)
    {
        var migration = LintedMigration.Of(Dialects.Named(dialect), upgrade, op => op.Execute("way back"));
        return [.. LintRules.For(migration.Dialect).Where(r => code is null || r.Code == code).SelectMany(r => r.Check(migration))];
    }

    /// <summary>The codes of what the rules say, without those that a project has to ask for.</summary>
    public static string Codes(string dialect, Action<Op> upgrade) => string.Join(' ', LintRules.For(Dialects.Named(dialect))
        .Where(r => r.Severity != LintSeverity.Off && Problems(dialect, upgrade, r.Code).Count > 0)
        .Select(r => r.Code).Distinct().Order(StringComparer.Ordinal));
}
