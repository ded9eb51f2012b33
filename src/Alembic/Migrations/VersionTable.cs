using Alembic.Operations;
using Alembic.Revisions;
using Alembic.Schema;

namespace Alembic.Migrations;

/// <summary>The table that the applied revisions stand in, in the layout of Alembic for Python, which can go on reading it.</summary>
internal sealed class VersionTable(Dialect dialect, EnvironmentOptions options)
{
    private const string Column = "version_num";
    private readonly string _name = dialect.Quote(options.TableSchema, options.VersionTable);

    public string Name => options.VersionTable;

    /// <summary>The table, after the schema that is set for it.</summary>
    /// <param name="width">How many characters a revision id may have.</param>
    /// <param name="ifNotExists">Whether a table that is there is no error.</param>
    public IEnumerable<Statement> Create(int width, bool ifNotExists = false)
    {
        if (options.VersionTableSchema is { } schema && dialect.EnsureSchemaText(schema) is { } text)
            yield return new(text);
        yield return new(CreateText(width, ifNotExists));
    }

    private string CreateText(int width, bool ifNotExists) => dialect.CreateTableText(
        new Table(
            options.VersionTable,
            [
                new Column(Column, SqlType.String(Math.Max(width, 32)), nullable: false),
                .. options.VersionTablePrimaryKey ? [new PrimaryKeyConstraint([Column], options.VersionKey)] : Array.Empty<SchemaItem>(),
            ],
            options.TableSchema),
        ifNotExists);

    /// <summary>Where a guarded script has to find the database.</summary>
    public GuardedStart Start(IReadOnlyList<string> rows, int width) =>
        new(options.TableSchema, options.VersionTable, CreateText(width, ifNotExists: true), [.. rows.Order(StringComparer.Ordinal)]);

    /// <summary>What is applied, in the database's order; null where there is no such table.</summary>
    public IReadOnlyList<string>? Read(IMigrationSession session) => dialect.HasTable(session, options.TableSchema, options.VersionTable)
        ? [.. session.Query(new Statement($"SELECT {Column} FROM {_name}")).Select(row => row[Column] as string
            ?? throw new AlembicException($"The table '{Name}' has a row that is not a revision identifier"))]
        : null;

    /// <summary>Refuses an id that the table that is there cannot hold, before anything is run.</summary>
    /// <exception cref="AlembicException">The id is longer than the column.</exception>
    public void Check(IMigrationSession session, IEnumerable<string> ids)
    {
        if (ids.FirstOrDefault(id => id.Length > 32) is not { } first
            || dialect.TextLength(session, options.TableSchema, Name, Column) is not { } width)
            return;
        if (ids.FirstOrDefault(id => id.Length > width) is { } id)
            throw new AlembicException(
                $"Revision identifier '{id}' is {id.Length} characters long; the column {Name}.{Column} holds {width}")
            {
                Hint = $"widen the column, or give the revision a shorter identifier; nothing was run",
            };
    }

    // What is given sends a statement, and says how many rows it changed.
    public void Apply(Func<Statement, int> execute, RowChange change)
    {
        var (statement, verb, detail) = change switch
        {
            RowChange.Insert insert => (With($"INSERT INTO {_name} ({Column}) VALUES (@new)", ("new", insert.Id)), "inserting",
                $"'{insert.Id}' into"),
            RowChange.Delete delete => (With($"DELETE FROM {_name} WHERE {Column} = @old", ("old", delete.Id)), "deleting",
                $"'{delete.Id}' in"),
            RowChange.Update update => (
                With($"UPDATE {_name} SET {Column} = @new WHERE {Column} = @old", ("new", update.To), ("old", update.From)), "updating",
                $"'{update.From}' to '{update.To}' in"),
            _ => throw new InvalidOperationException(change.GetType().Name),
        };
        // Somebody else who migrates at the same time is noticed here: the row is not what it was when the plan was made.
        if (execute(statement) is var count && count != 1)
            throw new AlembicException($"Online migration expected to match one row when {verb} {detail} '{Name}'; {count} found");
    }

    public Statement Script(RowChange change) => new(change switch
    {
        RowChange.Insert insert => dialect.InsertVersion(_name, insert.Id, options.VersionTablePrimaryKey),
        RowChange.Delete delete => $"DELETE FROM {_name} WHERE {_name}.{Column} = {dialect.Literal(delete.Id)}",
        RowChange.Update update =>
            $"UPDATE {_name} SET {Column}={dialect.Literal(update.To)} WHERE {_name}.{Column} = {dialect.Literal(update.From)}",
        _ => throw new InvalidOperationException(change.GetType().Name),
    });

    /// <summary>What a script does to the rows for an upgrade, whatever they are.</summary>
    public IEnumerable<Statement> Script(RevisionNode node)
    {
        if (node.NormalizedDown.Count > 0)
            yield return new($"DELETE FROM {_name} WHERE {OneOf(node.NormalizedDown)}");
        yield return Script(new RowChange.Insert(node.Id));
    }

    /// <summary>A condition that holds where a revision is not applied, and what it follows is.</summary>
    public string IsNext(RevisionNode node) => node.AllDown is [{ AllNext.Count: 1 } only]
        // Its row is there until the one that follows it is applied.
        ? Has([only])
        : string.Join(" AND ", [.. node.NormalizedDown.Select(d => Has(RevisionWalk.Descendants([d]))),
            $"NOT {Has(RevisionWalk.Descendants([node]))}"]);

    /// <summary>A query for rows that no revision of the graph is.</summary>
    public string Unknown(RevisionMap map) => $"SELECT {Column} FROM {_name} WHERE NOT ({OneOf(map.Revisions)})";

    /// <summary>A query that gives a row where a revision is not applied: where the database is instead.</summary>
    public string NotAt(RevisionNode node) =>
        $"SELECT COALESCE(MAX({Column}), 'base') AS {Column} FROM {_name} "
        + $"HAVING COALESCE(SUM(CASE WHEN {OneOf(RevisionWalk.Descendants([node]))} THEN 1 ELSE 0 END), 0) = 0";

    private string Has(IReadOnlyCollection<RevisionNode> nodes) => $"EXISTS (SELECT 1 FROM {_name} WHERE {OneOf(nodes)})";

    private string OneOf(IEnumerable<RevisionNode> nodes) =>
        $"{Column} IN ({string.Join(", ", nodes.OrderBy(n => n.Order).Select(n => dialect.Literal(n.Id)))})";

    public Statement DeleteAll() => new($"DELETE FROM {_name}");

    private static Statement With(string text, params (string Name, string Value)[] parameters) =>
        new(text) { Parameters = parameters.ToDictionary(p => p.Name, p => (object?)p.Value) };
}
