using System.Data.Common;
using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Databases.Sqlite;

/// <summary>Finds what a <see cref="Table"/> cannot hold of a database's stored texts; the texts can be run as they are.</summary>
internal static class SqliteUnmapped
{
    private const string Query =
        """
        SELECT type, name, tbl_name, sql FROM sqlite_schema
        WHERE sql IS NOT NULL AND tbl_name NOT LIKE 'sqlite\_%' ESCAPE '\'
          AND tbl_name NOT IN (SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'shadow')
        ORDER BY rowid
        """;

    public static IReadOnlyList<UnmappedObject> Read(IMigrationSession session, MetaData database)
    {
        var objects = session.Query(new Statement(Query))
            .Select(row => new StoredObject((string)row["type"]!, (string)row["name"]!, (string)row["tbl_name"]!, (string)row["sql"]!))
            .ToList();
        var tables = database.Tables.ToDictionary(t => t.Name);
        // Only the given tables: those of a database, or those that a comparison drops.
        var all = objects.Where(o => o.Type == "table").Select(o => CreateTableStatement.Parse(o.Sql)).ToList();
        var statements = all.Where(s => s.Module is not null || tables.ContainsKey(s.Name)).ToList();
        var targets = all.ToDictionary(s => s.Name, DdlName.Comparer);
        return
        [
            .. statements.Where(s => s.Module is null && !(IsExpressed(s, tables[s.Name]) && SaysTargets(s, targets)))
                .Select(s => new UnmappedObject("table", s.Name)
                {
                    IsTable = true, Instead = [Made(s), .. tables[s.Name].Indexes.Select(i => new CreateIndex(s.Name, i))]
                }),
            .. statements.Where(s => s.Module is not null).Select(s => new UnmappedObject("virtual table", s.Name) { Instead = [Made(s)] }),
            .. objects.Where(o => o.Type is "view" or "trigger").Select(o => new UnmappedObject(o.Type, o.Name)
            {
                Of = tables.ContainsKey(o.TableName) ? (null, o.TableName) : null,
                Instead = [new Execute(o.Sql)
                {
                    Undo = new Execute($"DROP {o.Type.ToUpperInvariant()} {new SqliteDialect().Quote(o.Name)}")
                }],
            }),
            .. UnknownCollations(session, objects.Where(o => o.Type != "table" || tables.ContainsKey(o.Name)).Select(o => o.Sql)),
        ];
    }

    /// <summary>The constraints that a change drops and no operation recreates unchanged.</summary>
    public static IReadOnlyList<string> Lost(SqliteDialect dialect, IMigrationSession session, Operation operation)
    {
        if (operation is BatchAlterTable batch)
            return [.. batch.Operations.SelectMany(o => Lost(dialect, session, o))];
        if (operation is not (DropConstraint or DropColumn or AlterColumn { Nullable: true })
            || SqliteRebuild.TableOf(operation) is var (schema, table) && !dialect.HasTable(session, schema, table))
            return [];
        var stored = StoredTable.Read(dialect, session, schema, table).Statement;
        bool IsOf(DdlConstraint constraint, string column) => DdlName.Comparer.Equals(constraint.Column ?? "", column)
            || (constraint is DdlKey { Columns: [var only] } && DdlName.Comparer.Equals(only, column));
        var gone = operation switch
        {
            DropConstraint drop => stored.Constraints.Where(c => c == ConstraintNames.Find(stored, drop)),
            // AUTOINCREMENT comes back only with the key, and only on the column.
            DropColumn drop when stored is { PrimaryKey: { Autoincrement: true } key, RowidAlias: { } counting }
                && DdlName.Comparer.Equals(counting.Name, drop.Column) => [key],
            DropColumn drop => stored.Constraints.Where(c => IsOf(c, drop.Column)),
            AlterColumn alter => stored.Constraints.Where(c => c is DdlNotNull && IsOf(c, alter.Column)),
            _ => [],
        };
        return [.. gone.Where(c => !IsPlain(c) || (c is DdlPrimaryKey { Autoincrement: true } && operation is DropColumn))
            .Select(c => stored.TextOf(c) + (c.Column is null ? "" : $" of '{c.Column}'"))];
    }

    // Collations of an application: it has to register them whenever it opens the database.
    private static IEnumerable<UnmappedObject> UnknownCollations(IMigrationSession session, IEnumerable<string> texts) =>
        texts.SelectMany(Collations).Distinct(DdlName.Comparer).Where(name => !IsKnown(name, session))
        .Select(name => new UnmappedObject("collation", name)
        {
            Reason = "SQLite does not know it, and what uses it fails unless options.OnConnected in env.cs calls CreateCollation",
        });

    // SQLite also lists collations that it knows only by name.
    private static bool IsKnown(string collation, IMigrationSession session)
    {
        try
        {
            session.Query(new Statement($"SELECT 1 WHERE '' = '' COLLATE {DdlName.Quote(collation)}"));
            return true;
        }
        catch (DbException)
        {
            return false;
        }
    }

    private static IEnumerable<string> Collations(string sql)
    {
        IReadOnlyList<DdlToken> tokens = [.. DdlTokenizer.Tokenize(sql).Where(t => !t.IsTrivia)];
        return tokens.Zip(tokens.Skip(1)).Where(t => t.First.Is("COLLATE") && t.Second.IsName).Select(t => DdlName.Of(t.Second));
    }

    private static Execute Made(CreateTableStatement statement) =>
        new((statement.Module is null ? statement.WithPlainStrings() : statement).Sql) { Undo = new DropTable(statement.Name) };

    /// <summary>Tells whether the statement written from the table says all that the stored text says.</summary>
    internal static bool IsExpressed(CreateTableStatement stored, Table table)
    {
        CreateTableStatement made;
        try
        {
            made = CreateTableStatement.Parse(new SqliteDialect().CreateTableText(table, ifNotExists: false));
        }
        catch (DdlNotUnderstoodException)
        {
            // A type may be anything in quotes.
            return false;
        }
        return stored is { Strict: false, WithoutRowid: false }
            && stored.Constraints.All(IsPlain)
            && stored.RowidAlias?.Name == made.RowidAlias?.Name
            && stored.Columns.Zip(made.Columns).All(c => IsRequired(stored, c.First) == IsRequired(made, c.Second))
            && new SqliteTableReader(new Dictionary<string, CreateTableStatement>(DdlName.Comparer))
                .Read(made, []).Items.SequenceEqual(table.Items.Where(i => i is not TableIndex));
    }

    // A key that names no columns means the other table's primary key, which has to exist for its names to be known.
    private static bool SaysTargets(CreateTableStatement stored, Dictionary<string, CreateTableStatement> targets) =>
        stored.Constraints.OfType<DdlForeignKey>().All(key => key.ReferencedColumns.Count > 0
            || targets.GetValueOrDefault(key.ReferencedTable)?.PrimaryKey?.Columns.Count == key.Columns.Count);

    private static bool IsPlain(DdlConstraint constraint) => constraint switch
    {
        DdlKey key => key.OnConflict is null && key.Elements.All(e => e is { Collation: null, Descending: not true }),
        DdlCheck or DdlForeignKey => true,
        DdlNotNull { OnConflict: not null } => false,
        // Only keys and checks keep their names.
        _ => constraint.Name is null,
    };

    // An alias of the rowid is never NULL, whether its definition says so or not.
    private static bool IsRequired(CreateTableStatement statement, DdlColumn column) =>
        statement.RefusesNull(column) || column == statement.RowidAlias;
}
