using System.Globalization;
using Alembic.Operations;
using Alembic.Schema;
using Alembic.Tests.Autogenerate;
using CsCheck;

namespace Alembic.Tests.Databases.PostgreSql;

/// <summary>
/// A random database, each of whose tables was changed by what only the server knows: the baseline brings all of it back, or names what it
/// does not.
/// </summary>
[TestClass]
public sealed class AnyTableComesBackTests
{
    // {0} is a table, {1} its number, {2} its name within a literal of a literal; what a table does not take is left out.
    private static readonly string[] Changes =
    [
        "ALTER TABLE {0} ENABLE ROW LEVEL SECURITY",
        "ALTER TABLE {0} FORCE ROW LEVEL SECURITY",
        "ALTER TABLE {0} REPLICA IDENTITY FULL",
        "ALTER TABLE {0} REPLICA IDENTITY NOTHING",
        "ALTER TABLE {0} ALTER number SET STATISTICS 77, ALTER number SET (n_distinct = -0.5)",
        "ALTER TABLE {0} ALTER \"a text\" SET STORAGE EXTERNAL, ALTER \"a text\" SET COMPRESSION pglz",
        "ALTER TABLE {0} SET (fillfactor = 61, autovacuum_enabled = off, toast.autovacuum_enabled = off)",
        "ALTER TABLE {0} ADD CONSTRAINT nv_{1} CHECK (number <> 99) NOT VALID",
        "ALTER TABLE {0} ADD CONSTRAINT ni_{1} CHECK (number <> 98) NO INHERIT",
        "ALTER TABLE {0} ADD CONSTRAINT uqi_{1} UNIQUE (id, number) INCLUDE (id) WITH (fillfactor = 66)",
        "ALTER TABLE {0} ADD COLUMN back integer; ALTER TABLE {0} ADD CONSTRAINT back_{1} FOREIGN KEY (back) REFERENCES {0} (id) ON "
            + "DELETE SET NULL NOT VALID",
        "ALTER TABLE {0} ADD CONSTRAINT said_{1} CHECK (number <> 97) NOT ENFORCED",
        "ALTER TABLE {0} ADD COLUMN shown integer GENERATED ALWAYS AS (id + 1) VIRTUAL",
        "CREATE INDEX own_{1} ON {0} (number DESC NULLS LAST, (id::text) text_pattern_ops) INCLUDE (id) WITH (fillfactor = 55); COMMENT "
            + "ON INDEX own_{1} IS 'it''s'",
        "CREATE INDEX cl_{1} ON {0} (number); ALTER TABLE {0} CLUSTER ON cl_{1}; ALTER TABLE {0} DROP COLUMN IF EXISTS time",
        "CREATE INDEX st_{1} ON {0} ((number + 1)); ALTER INDEX st_{1} ALTER COLUMN 1 SET STATISTICS 9",
        "CREATE TABLE child_{1} (extra integer, UNIQUE (extra)) INHERITS ({0}); ALTER TABLE child_{1} ALTER number SET DEFAULT 8; "
            + "COMMENT ON COLUMN child_{1}.number IS 'of its own'",
        "DO 'BEGIN EXECUTE ''ALTER SEQUENCE '' || pg_get_serial_sequence(''{2}'', ''id'') || '' INCREMENT BY 7 CACHE 3 START WITH 9''; "
            + "END'",
        "ALTER TABLE {0} ADD COLUMN wide smallserial; ALTER TABLE {0} ALTER wide TYPE bigint; ALTER TABLE {0} RENAME COLUMN wide TO wider",
        "CREATE TABLE part_{1} (a integer NOT NULL, b text COLLATE \"C\", CHECK (a < 100)) PARTITION BY RANGE (a); "
            + "CREATE TABLE part_{1}_1 PARTITION OF part_{1} FOR VALUES FROM (1) TO (5) PARTITION BY LIST (b); CREATE TABLE part_{1}_2 "
            + "PARTITION OF part_{1}_1 DEFAULT; "
            + "CREATE INDEX ON part_{1} (b); ALTER TABLE part_{1}_2 ENABLE ROW LEVEL SECURITY; ALTER TABLE part_{1}_2 ALTER b SET "
            + "STATISTICS 3",
        "GRANT SELECT ON {0} TO PUBLIC",
    ];

    public static IEnumerable<object[]> Versions => PostgreSqlServer.Versions.Select(version => new object[] { version });

    [TestMethod]
    [DynamicData(nameof(Versions))]
    public void Or_is_named(int version)
    {
        using var source = new PostgreSqlDatabase(version);
        using var target = new PostgreSqlDatabase(version);
        var schemas = new RandomSchemas(PostgreSqlDatabase.Dialect, isWide: false).Schemas;
        Gen.Select(schemas, Gen.Int[0, Changes.Length - 1].Array[1, 8]).Check(FixedSamples.Pairs(50),
            pair =>
            {
                var (model, changes) = pair;
                try
                {
                    source.Run(source.Compare(model).UpgradeOperations);
                    // What a table gets after it was inherited from stands elsewhere in its child, which is named.
                    foreach (var (number, change) in changes.OrderBy(c => Changes[c].Contains("INHERITS", StringComparison.Ordinal))
                        .Index())
                        Change(source, model.Tables[number % model.Tables.Count].Name, number, Changes[change]);
                    Same(source, target);
                }
                finally
                {
                    foreach (var database in new[] { source, target })
                    {
                        database.Session.Rollback();
                        database.Session.Begin();
                    }
                }
            },
            pair =>
                $"{Journey.Text(pair.Item1)}\n\n"
                    + string.Join('\n', pair.Item2.Select((c, i) =>
                        $"{pair.Item1.Tables[i % pair.Item1.Tables.Count].Name}: {Changes[c]}")));
    }

    private static void Same(PostgreSqlDatabase source, PostgreSqlDatabase target)
    {
        var written = PostgreSqlTableTests.Written(source);
        var isGranted =
            source.Rows("SELECT count(*) FROM pg_class WHERE relacl IS NOT NULL AND relnamespace = 'public'::regnamespace") != "0";
        var named = written.Log.Where(e => e.Category.EndsWith("baseline", StringComparison.Ordinal)).Select(e => e.Message).ToList();
        Assert.AreEqual("",
            string.Join('\n', named.Where(m => !(isGranted && m.StartsWith("The access list '", StringComparison.Ordinal)))));
        Assert.AreEqual(isGranted, named.Count > 0);
        target.Run(written.UpgradeOperations);
        Assert.AreEqual(PostgreSqlFacts.Of(source.Session), PostgreSqlFacts.Of(target.Session));
        PostgreSqlDatabase.Nothing(target.Compare(source.Inspect()));
    }

    private static void Change(PostgreSqlDatabase database, string table, int number, string change)
    {
        var quoted = PostgreSqlDatabase.Dialect.Quote(table);
        database.Session.Transaction!.Save("change");
        try
        {
            database.Session.Query(new Statement(string.Format(CultureInfo.InvariantCulture, change, quoted, number, quoted)));
        }
        catch (Npgsql.PostgresException)
        {
            database.Session.Transaction!.Rollback("change");
        }
    }
}
