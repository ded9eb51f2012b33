using Alembic.Databases.Sqlite;
using Alembic.Operations;
using CsCheck;

namespace Alembic.Tests.Databases.Sqlite;

/// <summary>
/// Random tables with rows, and a random edit of each: SQLite must see exactly that one change, and the text must differ nowhere else.
/// </summary>
[TestClass]
public sealed class CreateTablePropertyTests
{
    // A few seconds; 20,000 of each have been tried.
    private const int Samples = 400;

    private static readonly string[] _newNames = ["neu", "new one", "group", "q\"q\"", "it''s", "ä]"];

    [TestMethod]
    public void Any_table_is_read_as_SQLite_reads_it_and_its_text_stays() => Sample((sample, _) =>
    {
        using var database = Create(sample);
        var stored = database.Sql(sample.Name);
        var table = CreateTableStatement.Parse(stored);
        Assert.AreEqual(sample.Sql, stored);
        Assert.AreEqual(stored, table.Sql);
        Assert.AreEqual(stored, string.Concat(table.Tokens));
        Assert.AreEqual($"{TableFacts.Of(database, sample.Name)}", $"{TableFacts.Of(table)}");
    });

    [TestMethod]
    public void What_is_written_with_CreateTable_makes_the_same_table()
    {
        var written = 0;
        Sample((sample, _) =>
        {
            using var database = Create(sample);
            var stored = CreateTableStatement.Parse(database.Sql(sample.Name));
            var table = new SqliteTableReader(new Dictionary<string, CreateTableStatement>(DdlName.Comparer) { [stored.Name] = stored })
                .Read(stored, []);
            if (!SqliteUnmapped.IsExpressed(stored, table))
                return;
            written++;
            using var made = new ScratchDatabase([.. new CreateTable(table).Statements(new SqliteDialect()).Select(s => s.Text)]);
            var again = CreateTableStatement.Parse(made.Sql(sample.Name));
            // A bare word is a string here, and no default is NULL.
            static string? Bare(string? text) => DdlTokenizer.Tokenize(text ?? "").Where(t => !t.IsTrivia).ToList() switch
            {
                [] => null,
                [var only] when only.Is("NULL") => null,
                [{ Text: "word" }] => "'word'",
                // +1 is 1.
                var tokens => string.Concat(tokens).TrimStart('+'),
            };
            // A key of the rowid is never NULL, said or not.
            string Text(ScratchDatabase where, CreateTableStatement statement) => string.Join('\n',
            [
                .. TableFacts.Of(where, sample.Name).Columns.Select(
                    c => (c with
                    {
                        NotNull = c.NotNull && c.Name != statement.RowidAlias?.Name, Type = Bare(c.Type) ?? "", Default = Bare(c.Default),
                    }).ToString()),
                .. TableFacts.Of(where, sample.Name).Keys.Select(k => $"{k}").Order(StringComparer.Ordinal),
                .. statement.Constraints.OfType<DdlKey>()
                    .Select(
                        k => $"{k.GetType().Name} {k.Name} {TableFacts.Join(k.Columns.Select(c => statement.Column(c).Name))} "
                            + $"{k.OnConflict} {(k as DdlPrimaryKey)?.Autoincrement}").Order(StringComparer.Ordinal),
                .. statement.Constraints.OfType<DdlCheck>().Select(c => $"{c.Name} {c.Expression.Trim()}").Order(StringComparer.Ordinal),
                .. statement.Constraints.OfType<DdlForeignKey>()
                    .Select(k => $"{k.Name} {k.ReferencedTable.ToUpperInvariant()} {k.OnDelete} {k.OnUpdate} {k.Match}")
                    .Order(StringComparer.Ordinal),
            ]);
            Assert.AreEqual(Text(database, stored), Text(made, again));
        }, 5 * Samples);
        Assert.IsGreaterThan(60, written, "one in 25 samples is of use");
    }

    [TestMethod]
    public void A_new_column_is_the_only_change() => Check((sample, table, facts) =>
    {
        var name = sample.Pick(_newNames);
        var before = sample.Chance(2) ? sample.Pick(sample.Columns) : null;
        var edited = table.AddColumn($"{DdlName.QuoteIfNeeded(name)} TEXT NOT NULL DEFAULT (1 + 1) /* a ) */ -- b", before);
        var columns = facts.Columns.ToList();
        columns.Insert(before is null ? columns.Count : columns.FindIndex(c => c.Name == before),
            new ColumnFact(name, "TEXT", true, "1 + 1", 0, 0));
        IsSubsequence(table, edited);
        return (edited, facts with { Columns = columns });
    });

    [TestMethod]
    public void A_dropped_column_is_the_only_change() => Check((sample, table, facts) =>
    {
        var name = sample.Pick(sample.Columns);
        if (sample.Columns.Count == 1 || table.ConstraintsUsing(name).Count > 0)
        {
            Assert.Throws<DdlEditException>(() => table.DropColumn(name));
            return (table, facts);
        }
        if (table.Column(name).Constraints.Any(c => c is DdlPrimaryKey) && table.WithoutRowid)
        {
            return (table, facts);
        }
        var edited = table.DropColumn(name);
        IsSubsequence(edited, table);
        return (edited, facts with
        {
            Columns = [.. facts.Columns.Where(c => c.Name != name)],
            ForeignKeys = [.. facts.ForeignKeys.Where(k => k.Columns != name)],
            Keys = [.. facts.Keys.Where(k => k.Columns != name)],
        });
    });

    [TestMethod]
    public void A_renamed_column_is_the_only_change() => Check((sample, table, facts) =>
    {
        var (name, newName) = (sample.Pick(sample.Columns), sample.Pick(_newNames));
        var edited = table.RenameColumn(name, newName);
        string Renamed(string columns) =>
            TableFacts.Join(columns.Split('\u001F').Select(c => DdlName.Comparer.Equals(c, name) ? newName : c));
        return (edited, new TableFacts(
            [.. facts.Columns.Select(c => c.Name == name ? c with { Name = newName } : c)],
            [.. facts.ForeignKeys.Select(k => k with
            {
                Columns = Renamed(k.Columns),
                ReferencedColumns = DdlName.Comparer.Equals(k.Table, sample.Name) ? Renamed(k.ReferencedColumns) : k.ReferencedColumns,
            })],
            [.. facts.Keys.Select(k => k with { Columns = Renamed(k.Columns) })]));
    });

    [TestMethod]
    public void A_clause_of_a_column_is_the_only_change() => Check((sample, table, facts) =>
    {
        var name = sample.Pick(sample.Columns);
        var column = table.Column(name);
        var isKey = facts.Columns.Single(c => c.Name == name).Key > 0;
        var isGenerated = column.Generated is not null;
        switch (sample.Pick(0, 1, 2, 3, 4, 5, 6))
        {
            case 0 when !isKey:
                return (table.SetType(name, "ANY"), facts.WithColumn(name, c => c with { Type = "ANY" }));
            case 1 when !(isKey && (table.WithoutRowid || table.Strict)):
                var notNull = table.SetNotNull(name);
                return (notNull, facts.WithColumn(name, c => c with { NotNull = true }));
            case 2 when !(isKey && (table.WithoutRowid || table.Strict)):
                IsSubsequence(table.DropNotNull(name), table);
                return (table.DropNotNull(name), facts.WithColumn(name, c => c with { NotNull = false }));
            case 3 when !isGenerated:
                var value = sample.Pick("-1", "'a''b'", "(1)", "x'00'", "CURRENT_DATE", "NULL");
                return (table.SetDefault(name, value),
                    facts.WithColumn(name, c => c with { Default = value is ['(', .. var inner, ')'] ? inner : value }));
            case 4 when !isGenerated:
                IsSubsequence(table.DropDefault(name), table);
                return (table.DropDefault(name), facts.WithColumn(name, c => c with { Default = null }));
            case 5 when facts.Keys.All(k => !k.Columns.Split('\u001F').Contains(name)):
                Assert.AreEqual("nocase", table.SetCollation(name, "nocase").Column(name).Collation);
                return (table.SetCollation(name, "nocase"), facts);
            case 6 when facts.Keys.All(k => !k.Columns.Split('\u001F').Contains(name)):
                Assert.IsNull(table.DropCollation(name).Column(name).Collation);
                return (table.DropCollation(name), facts);
            default:
                return (table, facts);
        }
    });

    [TestMethod]
    public void A_new_constraint_is_the_only_change() => Check((sample, table, facts) =>
    {
        var column = sample.Pick(sample.Columns);
        var quoted = DdlName.QuoteIfNeeded(column);
        var (text, expected) = sample.Pick(0, 1, 2) switch
        {
            0 when sample.IsNewKey([column]) => ($"UNIQUE ({quoted} COLLATE rtrim DESC)",
                facts with { Keys = [.. facts.Keys, new KeyFact("u", column, "RTRIM1")] }),
            1 => ($"FOREIGN KEY ({quoted}) REFERENCES p(x) ON DELETE CASCADE DEFERRABLE",
                facts with { ForeignKeys = [.. facts.ForeignKeys, new ForeignKeyFact(column, "p", "x", "NO ACTION", "CASCADE")] }),
            _ => ($"CHECK ({quoted} <> ')')", facts),
        };
        var edited = table.AddConstraint(sample.Chance(2) ? $"CONSTRAINT [new] {text}" : text);
        Assert.AreEqual(table.Constraints.Count() + 1, edited.Constraints.Count());
        IsSubsequence(table, edited);
        return (edited, expected);
    });

    [TestMethod]
    public void A_dropped_constraint_is_the_only_change() => Check((sample, table, facts) =>
    {
        if (!table.Constraints.Any(IsDroppable))
        {
            return (table, facts);
        }
        var constraint = sample.Pick(table.Constraints.Where(IsDroppable).ToList());
        var expected = Without(facts, table, constraint);
        var edited = constraint switch
        {
            { Name: { } name } => table.DropConstraint(name),
            DdlUnique unique => table.DropUnique(unique.Columns),
            DdlForeignKey key
                when table.Constraints.OfType<DdlForeignKey>().Count(k => k.Columns.SequenceEqual(key.Columns, DdlName.Comparer)) == 1 =>
                table.DropForeignKey(key.Columns),
            DdlPrimaryKey => table.DropPrimaryKey(),
            _ => table.Drop(constraint),
        };
        Assert.AreEqual(table.Constraints.Count(c => c is not DdlLoneName) - (constraint is DdlLoneName ? 0 : 1),
            edited.Constraints.Count(c => c is not DdlLoneName));
        return (edited, expected);

        bool IsDroppable(DdlConstraint c) =>
            c is DdlUnique or DdlCheck or DdlForeignKey or DdlLoneName || (c is DdlPrimaryKey or DdlNotNull && !table.WithoutRowid);
    });

    [TestMethod]
    public void A_replaced_primary_key_is_the_only_change() => Check((sample, table, facts) =>
    {
        var key = sample.StoredColumns.Take(2).ToList();
        if (key.Count < 2 || !sample.IsNewKey(key))
        {
            return (table, facts);
        }
        var edited = table.ReplacePrimaryKey($"CONSTRAINT \"new\" PRIMARY KEY ({string.Join(", ", key.Select(DdlName.QuoteIfNeeded))})");
        var expected = facts with
        {
            Columns = [.. facts.Columns.Select(c => c with
            {
                Key = key.IndexOf(c.Name) + 1,
                NotNull = table.Column(c.Name).NotNull || ((table.WithoutRowid || table.Strict) && key.Contains(c.Name)),
            })],
            Keys = [.. facts.Keys.Where(k => k.Origin != "pk"),
                new KeyFact("pk", TableFacts.Join(key),
                    string.Join(',', key.Select(k => $"{(table.Column(k).Collation ?? "BINARY").ToUpperInvariant()}0")))],
        };
        return (edited, expected);
    });

    private static TableFacts Without(TableFacts facts, CreateTableStatement table, DdlConstraint constraint)
    {
        switch (constraint)
        {
            case DdlUnique unique:
                var columns = TableFacts.Join(unique.Columns.Select(c => table.Column(c).Name));
                return facts with { Keys = [.. facts.Keys.Where(k => !(k.Origin == "u" && k.Columns == columns))] };
            case DdlPrimaryKey:
                return facts with
                {
                    Columns = [.. facts.Columns.Select(c => c with { Key = 0, NotNull = table.Column(c.Name).NotNull })],
                    Keys = [.. facts.Keys.Where(k => k.Origin != "pk")]
                };
            case DdlNotNull:
                return facts.WithColumn(table.Column(constraint.Column!).Name,
                    c => c with { NotNull = c.Key > 0 && table.Strict && c.Name != table.RowidAlias?.Name });
            case DdlForeignKey key:
                var gone = new ForeignKeyFact(TableFacts.Join(key.Columns.Select(c => table.Column(c).Name)), key.ReferencedTable,
                    TableFacts.Join(key.ReferencedColumns), key.OnUpdate ?? "NO ACTION", key.OnDelete ?? "NO ACTION");
                var keys = facts.ForeignKeys.ToList();
                Assert.IsTrue(keys.Remove(gone));
                return facts with { ForeignKeys = keys };
            default:
                return facts;
        }
    }

    private static void Check(Func<TableSample, CreateTableStatement, TableFacts, (CreateTableStatement, TableFacts)> edit) =>
        Sample((sample, explain) =>
    {
        using var database = Create(sample);
        var table = CreateTableStatement.Parse(database.Sql(sample.Name));
        var (edited, expected) = edit(sample, table, TableFacts.Of(database, sample.Name));
        explain(edited.Sql);
        Assert.AreEqual($"{expected}", $"{TableFacts.Of(edited)}");
        using (var alone = new ScratchDatabase(edited.Sql))
        {
            Assert.AreEqual(edited.Sql, alone.Sql(sample.Name));
            Assert.AreEqual($"{expected}", $"{TableFacts.Of(alone, sample.Name)}");
        }
        Rebuild(database, sample, table, edited);
        Assert.AreEqual($"{expected}", $"{TableFacts.Of(database, sample.Name)}");
    });

    // What the edits are for: the rows move into the edited table, which then takes the old one's name.
    private static void Rebuild(ScratchDatabase database, TableSample sample, CreateTableStatement table, CreateTableStatement edited)
    {
        var pairs = table.Columns.Where(c => c.Generated is null)
            .Select(c => (Old: c.Name,
                New: edited.Columns.Count == table.Columns.Count ? edited.Columns[table.Columns.ToList().IndexOf(c)].Name : c.Name))
            .Where(p => edited.FindColumn(p.New) is not null).ToList();
        var from = string.Join(", ", pairs.Select(p => DdlName.Quote(p.Old)));
        var to = string.Join(", ", pairs.Select(p => DdlName.Quote(p.New)));
        var name = DdlName.Quote(sample.Name);
        var rows = database.Rows($"SELECT {from} FROM {name} ORDER BY 1");
        Assert.HasCount(3, rows);
        database.Execute(edited.RenameTo("tmp '\"x").Sql);
        database.Execute($"INSERT INTO \"tmp '\"\"x\" ({to}) SELECT {from} FROM {name}");
        database.Execute($"DROP TABLE {name}");
        database.Execute("PRAGMA legacy_alter_table = ON");
        database.Execute($"ALTER TABLE \"tmp '\"\"x\" RENAME TO {name}");
        // A REAL that becomes a NUMERIC loses its ".0".
        Assert.AreEqual(string.Join('\n', rows).Replace(".0", "", StringComparison.Ordinal),
            string.Join('\n', database.Rows($"SELECT {to} FROM {name} ORDER BY 1")).Replace(".0", "", StringComparison.Ordinal));
        Assert.AreEqual("ok", database.Rows("PRAGMA integrity_check").Single());
    }

    private static void IsSubsequence(CreateTableStatement part, CreateTableStatement whole)
    {
        var position = 0;
        var tokens = Texts(whole).ToList();
        foreach (var token in Texts(part))
        {
            position = tokens.IndexOf(token, position) + 1;
            Assert.AreNotEqual(0, position, $"{token} in\n{whole.Sql}\n{part.Sql}");
        }

        // SQLite counts the \r of a line's end to a comment before it.
        static IEnumerable<string> Texts(CreateTableStatement table) =>
            table.Tokens.Where(t => t.Kind is not DdlTokenKind.Space).Select(t => t.ToString().TrimEnd('\r'));
    }

    private static ScratchDatabase Create(TableSample sample) => new(["CREATE TABLE p (x PRIMARY KEY)", sample.Sql, .. sample.Inserts()]);

    private static void Sample(Action<TableSample, Action<string>> check, int count = Samples) => Gen.Int.Check(count, seed =>
    {
        var sample = new TableSample(seed);
        var edited = "";
        try
        {
            check(sample, text => edited = text);
        }
        catch (Exception e) when (e is AssertFailedException or AlembicException)
        {
            throw new AssertFailedException($"{e.Message}\n--- table {seed}\n{sample.Sql}\n--- edited\n{edited}");
        }
    });
}
