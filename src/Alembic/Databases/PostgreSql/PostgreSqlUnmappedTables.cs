using System.Globalization;
using Alembic.Operations;
using Alembic.Schema;
using Facts = System.Linq.ILookup<string, Alembic.Databases.PostgreSql.TableFact>;
using Key = (string? Schema, string Name);

namespace Alembic.Databases.PostgreSql;

/// <summary>
/// Finds what tables have that a <see cref="Table"/> cannot say. Each table is created once more in the scratch place, with all that
/// would be written of it, and compared with the copy. If a key, check or index differs, it is written as the server shows it; what still
/// differs is named.
/// </summary>
internal sealed class PostgreSqlUnmappedTables(IMigrationSession session, PostgreSqlDialect dialect, bool allSchemas)
{
    // Each table holds a few locks until the rollback, and the server has some thousands for everybody.
    private const int AtOnce = 200;

    private const string Definitions =
        $"""
        SELECT k.conname::text AS name, r.relname::text AS table_name,
            format('ALTER TABLE %s%I ADD CONSTRAINT %I %s', {PostgreSqlTableStatements.Schema}, r.relname, k.conname,
              pg_get_constraintdef(k.oid)) AS text
        FROM pg_constraint k JOIN pg_class r ON r.oid = k.conrelid JOIN pg_namespace n ON n.oid = r.relnamespace WHERE n.nspname = @schema
          AND r.relname = ANY(@names) AND k.contype IN ('p', 'u', 'c', 'x') AND k.conislocal
        UNION ALL
        SELECT x.relname::text, r.relname::text, {PostgreSqlTableStatements.IndexText}
        FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_class r ON r.oid = i.indrelid JOIN pg_namespace n
          ON n.oid = r.relnamespace
        WHERE n.nspname = @schema AND r.relname = ANY(@names)
          AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
        """;

    private readonly ILookup<Key, PostgreSqlPartition> _partitions = PostgreSqlPartitions.Read(session, allSchemas).ToLookup(p => p.Root);

    // Of all schemas, as a partition may be in another schema than its table.
    private readonly ILookup<Key, (int Rank, string Text)> _statements = PostgreSqlTableStatements.Read(session, allSchemas: true);

    private readonly IReadOnlyDictionary<string, object?> _here = session.Query(new Statement(
        "SELECT coalesce(current_schema()::text, '') AS name, has_database_privilege(current_database(), 'TEMPORARY') AS is_able, "
            + "current_database()::text AS database"))[0];

    private string Here => (string)_here["name"]!;

    public IReadOnlyList<UnmappedObject> Read(MetaData database)
    {
        var bySchema = database.Tables.GroupBy(t => t.Schema ?? Here);
        return
        [
            .. _here["is_able"] is true
                ? bySchema.SelectMany(schema => ParentsFirst([.. schema]).Chunk(AtOnce).SelectMany(tables => Of(tables, schema.Key)))
                : database.Tables.Select(t => Written(t, [])).OfType<UnmappedObject>()
                    .Append(new("rest of the tables", (string)_here["database"]!)
                {
                    Reason =
                        "it was not compared: that needs temporary copies of the tables, and the role may not create any (GRANT "
                            + "TEMPORARY ON DATABASE)",
                }),
            .. database.Tables.SelectMany(Partitions),
            .. database.Tables.SelectMany(t => Late(t)),
        ];
    }

    private IEnumerable<UnmappedObject> Of(IReadOnlyList<Table> tables, string schema)
    {
        var verbatim = new Dictionary<(string Table, string Item), string>();
        var (facts, errors) = Compare(tables, schema, verbatim);
        // If the table could not even be created, the server's words may work: CREATE TABLE leaves out a key that is the same as another,
        // and what depends on that key fails.
        var different = tables.Where(t => errors.ContainsKey(t.Name) || facts[t.Name].Any(IsReplaceable)).ToList();
        if (different.Count > 0)
        {
            foreach (var row in session.Query(new Statement(Definitions)
            {
                Parameters = Parameter.Of(("schema", schema), ("names", different.Select(t => t.Name).ToArray()))
            }))
            {
                var (table, item) = ((string)row["table_name"]!, (string)row["name"]!);
                if (errors.ContainsKey(table) || facts[table].Any(f => IsReplaceable(f) && f.Item == item))
                    verbatim[(table, item)] = PostgreSqlExpression.Stable((string)row["text"]!);
            }
            var again = Compare(different, schema, verbatim);
            var names = different.SelectMany(t => _partitions[(t.Schema, t.Name)].Select(p => p.Name).Prepend(t.Name)).ToHashSet();
            facts = facts.SelectMany(g => g).Where(f => !names.Contains(f.Table)).Concat(again.Facts.SelectMany(g => g))
                .ToLookup(f => f.Table);
            errors = again.Errors;
        }
        return
        [
            .. tables.Select(t => Written(t, verbatim)).OfType<UnmappedObject>(),
            .. tables.SelectMany(t => Remaining(t, facts, errors)),
        ];
    }

    private static bool IsReplaceable(TableFact fact) => fact.Kind is "constraint" or "index" && fact.Property is null or "definition";

    private UnmappedObject? Written(Table table, Dictionary<(string Table, string Item), string> verbatim)
    {
        var after = Statements(table, verbatim).Select(PostgreSqlTableStatements.Written).ToList();
        return after.Count == 0 ? null : new UnmappedObject("table", table.Name, table.Schema)
        {
            IsTable = true,
            After = [new Execute(string.Join(";\n", after)) { Back = [] }],
            Replaced = [.. verbatim.Keys.Where(k => k.Table == table.Name).Select(k => k.Item)],
        };
    }

    private IEnumerable<string> Statements(Table table, Dictionary<(string Table, string Item), string> verbatim) =>
        [.. verbatim.Where(v => v.Key.Table == table.Name).Select(v => v.Value), .. Own((table.Schema, table.Name))];

    private IEnumerable<string> Own(Key table) => _statements[table].Where(s => !PostgreSqlTableStatements.IsLate(s)).Select(s => s.Text);

    // A partition goes with its table. A foreign key of its own may refer to a later table, and then prevents dropping that.
    private IEnumerable<UnmappedObject> Partitions(Table table) =>
        _partitions[(table.Schema, table.Name)].SelectMany(p => p.ForeignKeys
            .Select(k => new UnmappedObject("foreign key", $"{k.Name} on {p.Name}", p.Schema)
            {
                Instead = [new Execute(PostgreSqlTableStatements.Written(k.Text))
                {
                    Undo = new DropConstraint(k.Name, p.Name, ConstraintType.ForeignKey, p.Schema),
                }],
                Of = p.Root,
            })
            .Prepend(new UnmappedObject("partition", p.Name, p.Schema)
            {
                Instead = [new Execute(string.Join(";\n", p.Texts.Concat(Own((p.Schema, p.Name)))
                    .Select(PostgreSqlTableStatements.Written))) { Back = [] }],
                Of = p.Root,
            }));

    private IEnumerable<UnmappedObject> Late(Table table) =>
        _statements[(table.Schema, table.Name)].Where(PostgreSqlTableStatements.IsLate)
        .Select(s => PostgreSqlTableStatements.Written(s.Text)).ToList() is { Count: > 0 } texts
            ? [new("comment", table.Name, table.Schema)
            {
                Of = (table.Schema, table.Name), Instead = [new Execute(string.Join(";\n", texts)) { Back = [] }]
            }]
            : [];

    private IEnumerable<UnmappedObject> Remaining(Table table, Facts facts, IReadOnlyDictionary<string, string> errors)
    {
        UnmappedObject Named(string? schema, (string Kind, string Name) what, string? reason = null) =>
            new(what.Kind, what.Name, schema) { Of = (table.Schema, table.Name), Reason = reason };
        if (errors.GetValueOrDefault(table.Name) is { } error)
            return [Named(table.Schema, ("rest of the table", table.Name), $"comparing it with a temporary copy failed: {error}")];
        return _partitions[(table.Schema, table.Name)].Select(p => (p.Schema, p.Name)).Prepend((table.Schema, table.Name))
            .SelectMany(t => facts[t.Name].Select(f => Named(t.Schema, f switch
            {
                { Kind: "table", Property: { } property } => (property, f.Table),
                // A partition that was a table before has names of its own.
                { Kind: "constraint", Property: "conname" } when f.Table != table.Name => ("names of the NOT NULL constraints", f.Table),
                { Kind: "column", Property: "position" } => ("order of the columns", f.Table),
                { Kind: "publication" } => ("place in the publication", $"{f.Item} of {f.Table}"),
                { Property: { } property } => ($"{property} of the {f.Kind}", f.Kind == "column" ? $"{f.Table}.{f.Item}" : f.Item),
                _ => (f.Kind, $"{f.Item} on {f.Table}"),
            }))).DistinctBy(u => (u.Kind, u.Name));
    }

    private (Facts Facts, IReadOnlyDictionary<string, string> Errors) Compare(IReadOnlyList<Table> tables, string schema,
        Dictionary<(string Table, string Item), string> verbatim) =>
        PostgreSqlScratch.RolledBack<(Facts, IReadOnlyDictionary<string, string>)?>(session, () =>
        {
            PostgreSqlScratch.Run(session, dialect, tables.Select(t => (t.Name, InScratch(t, verbatim))));
            var failed = (string)session.Query(new Statement("SELECT current_setting('alembic.errors') AS text"))[0]["text"]!;
            var errors = failed.Split('\u0001', StringSplitOptions.RemoveEmptyEntries).Select(e => e.Split('\u0002')).DistinctBy(e => e[0])
                .ToDictionary(e => e[0], e => e[1]);
            var bySchema = tables.Where(t => !errors.ContainsKey(t.Name))
                .SelectMany(t => _partitions[(t.Schema, t.Name)].Select(p => (Schema: p.Schema ?? Here, p.Name))
                    .Prepend((Schema: schema, t.Name)))
                .GroupBy(t => t.Schema, t => t.Name);
            return (bySchema.SelectMany(g => PostgreSqlTableFacts.Differences(session, g.Key, [.. g], schema)).ToLookup(f => f.Table),
                errors);
        }) ?? (Array.Empty<TableFact>().ToLookup(f => f.Table), tables.ToDictionary(t => t.Name, _ => "the server refuses it"));

    private IEnumerable<string> InScratch(Table table, Dictionary<(string Table, string Item), string> verbatim)
    {
        var replaced = verbatim.Keys.Where(k => k.Table == table.Name).Select(k => k.Item).ToHashSet();
        var copy = UnmappedObject.Without(table, replaced) with
        {
            Schema = "pg_temp",
            // A temporary table can be neither logged nor unlogged, and its foreign keys can only refer to other temporary tables.
            Options = new DialectOptions(
                table.Options.Values.Where(o => o.Key != "postgresql_unlogged").Select(o => (o.Key, (object?)o.Value))),
        };
        copy = copy.Without([.. copy.ForeignKeys]);
        copy = copy with { Items = [.. copy.Items.Where(i => i is not Column { IsInherited: true })] };
        var partitions = _partitions[(table.Schema, table.Name)].SelectMany(p => p.Texts.Concat(Own((p.Schema, p.Name))));
        return [.. new CreateTable(copy).Sql(dialect),
            .. Statements(table, verbatim).Concat(partitions).Select(PostgreSqlTableStatements.InScratch)];
    }

    private static IEnumerable<Table> ParentsFirst(IReadOnlyList<Table> tables)
    {
        var byName = tables.ToDictionary(t => t.Name);
        int Depth(Table table) =>
            PostgreSqlOptions.Parents(table).Select(p => byName.GetValueOrDefault(p.Name)).OfType<Table>().Select(p => Depth(p) + 1)
            .DefaultIfEmpty(0).Max();
        return tables.OrderBy(Depth);
    }
}
