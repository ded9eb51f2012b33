using Alembic.Dialects.Sqlite;
using Alembic.Schema;
using CsCheck;
using Microsoft.Data.Sqlite;

namespace Alembic.Tests.Dialects.Sqlite;

/// <summary>Random tables with rows, random changes: the rows stay, and there and back again is where it began.</summary>
[TestClass]
public sealed class RebuildPropertyTests
{
    [TestMethod]
    public void A_change_keeps_rows_and_its_reversal_restores_the_text()
    {
        var tried = 0;
        Gen.Int[0, 1_000_000].Sample(seed => tried += Try(seed) ? 1 : 0, iter: 1500, threads: 1);
        Assert.IsGreaterThan(300, tried, "most samples must be of use");
    }

    private static bool Try(int seed)
    {
        var sample = new TableSample(seed);
        using var database = new MigratedDatabase();
        if (!TryFill(database, sample))
            return false;
        var column = sample.Pick(sample.StoredColumns.ToList());
        var (before, table, contents) = (Others(database), Plain(database, sample), database.Contents());
        var nullable = CreateTableStatement.Parse(database.Sql(sample.Name)).FindColumn(column)!.NotNull;
        try
        {
            switch (Math.Abs(seed % 3))
            {
                case 0:
                    database.Migrate(op => op.CreateCheckConstraint("ck new \"", sample.Name, "1 = 1"));
                    Same(contents, database.Contents());
                    database.Migrate(op => op.DropConstraint("ck new \"", sample.Name));
                    break;
                case 1:
                    database.Migrate(op => op.AddColumn(sample.Name, new Column("brand new", SqlType.Integer, nullable: false, serverDefault: 5, foreignKey: new ForeignKey("p.id"))));
                    Assert.AreEqual("3", database.Scalar($"SELECT count(*) FROM {DdlName.Quote(sample.Name)} WHERE \"brand new\" = 5"));
                    database.Migrate(op => op.DropColumn(sample.Name, "brand new"));
                    break;
                default:
                    database.Migrate(op => op.AlterColumn(sample.Name, column, nullable: nullable));
                    Same(contents, database.Contents());
                    database.Migrate(op => op.AlterColumn(sample.Name, column, nullable: !nullable));
                    Same(before, Others(database));
                    return true;
            }
        }
        catch (DdlEditException)
        {
            // It says what it cannot do safely, and nothing has happened.
        }
        Same(contents, database.Contents());
        Same(before, Others(database));
        Assert.AreEqual(table, Plain(database, sample));
        return true;
    }

    // The rows that the sample thinks of do not always fit its own checks.
    private static bool TryFill(MigratedDatabase database, TableSample sample)
    {
        try
        {
            database.Execute("CREATE TABLE p (id INTEGER PRIMARY KEY)");
            database.Execute("INSERT INTO p VALUES (1), (2), (3), (5)");
            database.Execute(sample.Sql);
            foreach (var insert in sample.Inserts())
                database.Execute(insert);
            var table = DdlName.Quote(sample.Name);
            database.Execute($"CREATE INDEX ix ON {table} ({DdlName.Quote(sample.Columns[0])} DESC)");
            database.Execute($"CREATE VIEW v AS SELECT * FROM {table}");
            database.Execute($"CREATE TRIGGER tr AFTER DELETE ON {table} BEGIN SELECT 1; END");
            return database.Rows($"SELECT 1 FROM {table}").Count == 3 && database.Rows("PRAGMA foreign_key_check").Count >= 0;
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    private static IEnumerable<string> Others(MigratedDatabase database) => database.Schema().Where(s => !s.StartsWith("table", StringComparison.Ordinal));

    // White space may differ where an item came and went. SQLite puts the name in quotes when it renames the copy, and a qualified column in a CHECK has to lose its table's name.
    private static string Plain(MigratedDatabase database, TableSample sample) =>
        string.Join(' ', CreateTableStatement.Parse(database.Sql(sample.Name)).WithPlainStrings().RenameTo("x x").Tokens.Where(t => t.Kind is not DdlTokenKind.Space));

    private static void Same(IEnumerable<string> expected, IEnumerable<string> actual) => Assert.AreEqual(string.Join('\n', expected), string.Join('\n', actual));
}
