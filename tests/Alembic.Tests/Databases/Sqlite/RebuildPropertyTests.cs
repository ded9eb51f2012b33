using Alembic.Databases.Sqlite;
using Alembic.Schema;
using CsCheck;
using Microsoft.Data.Sqlite;

namespace Alembic.Tests.Databases.Sqlite;

/// <summary>Random tables with rows, random changes: the rows stay, and there and back again is where it began.</summary>
[TestClass]
public sealed class RebuildPropertyTests
{
    [TestMethod]
    public void A_change_keeps_rows_and_its_reversal_restores_the_text()
    {
        var tried = 0;
        Gen.Int[0, 1_000_000].Check(1500, seed => tried += Try(seed) ? 1 : 0);
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
        var (broken, statement) = (Broken(database), CreateTableStatement.Parse(database.Sql(sample.Name)));
        var nullable = CreateTableStatement.Parse(database.Sql(sample.Name)).FindColumn(column)!.NotNull;
        try
        {
            switch (Math.Abs(seed % 6))
            {
                case 0:
                    database.Migrate(op => op.CreateCheckConstraint("ck new \"", sample.Name, "1 = 1"));
                    Same(contents, database.Contents());
                    Same([], OneChange(table, Plain(database, sample)).Gone);
                    Same([",", "CONSTRAINT", "\"ck new \"\"\"", "CHECK", "(", "1", "=", "1", ")"],
                        OneChange(table, Plain(database, sample)).Come);
                    database.Migrate(op => op.DropConstraint("ck new \"", sample.Name));
                    break;
                case 1:
                    database.Migrate(op => op.AddColumn(sample.Name,
                        new Column("brand new", SqlType.Integer, nullable: false, serverDefault: 5, foreignKey: new ForeignKey("p.id"))));
                    Assert.AreEqual("3", database.Scalar($"SELECT count(*) FROM {DdlName.Quote(sample.Name)} WHERE \"brand new\" = 5"));
                    database.Migrate(op => op.DropColumn(sample.Name, "brand new"));
                    break;
                case 2:
                    database.Migrate(op => op.AlterColumn(sample.Name, column, serverDefault: "it's"));
                    Same(contents, database.Contents());
                    var set = OneChange(table, Plain(database, sample));
                    Assert.AreEqual("'it''s'", set.Come[^1]);
                    Assert.IsTrue(set.Come is [_] || set is { Come: ["DEFAULT", _], Gone: [] }, string.Join(' ', set.Come));
                    Same(before, Others(database));
                    return true;
                case 3:
                    database.Migrate(op => op.BatchAlterTable(sample.Name, batch =>
                    {
                        batch.CreateCheckConstraint("ck new \"", "1 = 1");
                        batch.AlterColumn(column, newColumnName: "brand new");
                        batch.CreateCheckConstraint("ck newer", "\"brand new\" IS \"brand new\"");
                        batch.DropConstraint("ck newer");
                    }));
                    Assert.HasCount(1, database.Rebuilds.ToList());
                    Same(contents, database.Contents());
                    Assert.IsNull(CreateTableStatement.Parse(database.Sql(sample.Name)).FindColumn(column));
                    database.Migrate(op => op.BatchAlterTable(sample.Name, batch =>
                    {
                        batch.DropConstraint("ck new \"");
                        batch.AlterColumn("brand new", newColumnName: column);
                    }));
                    Same(contents, database.Contents());
                    Same(Facts(statement), Facts(CreateTableStatement.Parse(database.Sql(sample.Name))));
                    return true;
                case 4:
                    database.Migrate(op => op.BatchAlterTable(sample.Name, batch => batch.CreateIndex("ix 2", [column]), Recreate.Always));
                    database.Migrate(op => op.BatchAlterTable(sample.Name, batch =>
                    {
                        batch.AlterColumn(column, sqliteUsing: $"{DdlName.Quote(column)}");
                        batch.DropIndex("ix 2");
                    }));
                    break;
                default:
                    database.Migrate(op => op.AlterColumn(sample.Name, column, nullable: nullable));
                    Same(contents, database.Contents());
                    Same(broken, Broken(database));
                    var change = OneChange(table, Plain(database, sample));
                    Assert.Contains("NOT", nullable ? change.Gone : change.Come);
                    // A NULL that was written out had a name at the most.
                    Assert.IsTrue((nullable ? change.Come : change.Gone) is [] or [_] or ["CONSTRAINT", _],
                        $"{string.Join(' ', change.Gone)} => {string.Join(' ', change.Come)}");
                    database.Migrate(op => op.AlterColumn(sample.Name, column, nullable: !nullable));
                    Same(before, Others(database));
                    return true;
            }
        }
        catch (DdlEditException)
        {
            // It says what it cannot do safely, and nothing has happened.
        }
        catch (SqliteException e) when (e.Message.Contains("after rename", StringComparison.Ordinal))
        {
            // SQLite itself does not find every spelling of a column (FOREIGN KEY('a')) when it renames one, and refuses; nothing has
            // happened.
        }
        Same(contents, database.Contents());
        Same(before, Others(database));
        Same(broken, Broken(database));
        Same(table, Plain(database, sample));
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

    private static IEnumerable<string> Others(MigratedDatabase database) =>
        database.Schema().Where(s => !s.StartsWith("table", StringComparison.Ordinal));

    // White space may differ where an item came and went. SQLite puts the name in quotes when it renames the copy, and a qualified column
    // in a CHECK has to lose its table's name.
    private static List<string> Plain(MigratedDatabase database, TableSample sample) =>
        [.. CreateTableStatement.Parse(database.Sql(sample.Name)).WithPlainStrings()
            .RenameTo("x x").Tokens.Where(t => t.Kind is not DdlTokenKind.Space).Select(t => t.ToString())];

    // Comments stay but for those within words that go; a comma may come to stand before one.
    private static (List<string> Gone, List<string> Come) OneChange(List<string> before, List<string> after)
    {
        var words = Difference([.. before.Where(t => !IsComment(t))], [.. after.Where(t => !IsComment(t))]);
        var comments = Difference([.. before.Where(IsComment).Select(c => c.TrimEnd())],
            [.. after.Where(IsComment).Select(c => c.TrimEnd())]);
        Same([], comments.Come);
        Assert.IsTrue(comments.Gone.Count == 0 || words.Gone.Count > 1, string.Join('\n', comments.Gone));
        return words;
    }

    // What stands between the words at which two texts begin alike and those at which they end alike.
    private static (List<string> Gone, List<string> Come) Difference(List<string> before, List<string> after)
    {
        var start = before.Zip(after).TakeWhile(p => p.First == p.Second).Count();
        var end = before.Skip(start).Reverse().Zip(after.Skip(start).Reverse()).TakeWhile(p => p.First == p.Second).Count();
        return (before[start..^end], after[start..^end]);
    }

    private static bool IsComment(string token) =>
        token.StartsWith("--", StringComparison.Ordinal) || token.StartsWith("/*", StringComparison.Ordinal);

    // A renamed column is spelled as it was renamed; what it is stays.
    // Of two keys over the same columns either may come first.
    private static IEnumerable<string> Facts(CreateTableStatement table) =>
        TableFacts.Of(table).ToString().ToUpperInvariant().Split('\n').Order(StringComparer.Ordinal);

    private static List<string> Broken(MigratedDatabase database) => database.Rows("PRAGMA foreign_key_check");

    private static void Same(IEnumerable<string> expected, IEnumerable<string> actual) =>
        Assert.AreEqual(string.Join('\n', expected), string.Join('\n', actual));
}
