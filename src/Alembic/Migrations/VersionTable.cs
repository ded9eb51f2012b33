using Alembic.Operations;
using Alembic.Revisions;
using Alembic.Schema;

namespace Alembic.Migrations;

/// <summary>The table that holds the applied revisions, in the layout of Alembic for Python, which can still read it.</summary>
internal sealed class VersionTable(Dialect dialect, EnvironmentOptions options)
{
    private const string Column = "version_num";
    private readonly string _name = dialect.Quote(options.TableSchema, options.VersionTable);

    public string Name => options.VersionTable;

    /// <summary>Creates the configured schema, if it is missing, and the table.</summary>
    /// <param name="width">How many characters a revision id may have.</param>
    /// <param name="ifNotExists">Whether an existing table is accepted.</param>
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

    /// <summary>Gets the state that a guarded script expects of the database.</summary>
    public GuardedStart Start(IReadOnlyList<string> rows, int width) =>
        new(options.TableSchema, options.VersionTable, CreateText(width, ifNotExists: true), [.. rows.Order(StringComparer.Ordinal)]);

    /// <summary>Reads the applied revisions, in the database's order; null if the table does not exist.</summary>
    public IReadOnlyList<string>? Read(IMigrationSession session) => dialect.HasTable(session, options.TableSchema, options.VersionTable)
        ? [.. session.Query(new Statement($"SELECT {Column} FROM {_name}")).Select(row => row[Column] as string
            ?? throw new AlembicException($"The table '{Name}' has a row that is not a revision identifier"))]
        : null;

    /// <summary>Refuses an id that the existing table cannot hold, before anything is run.</summary>
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

    // "execute" sends a statement and returns how many rows it changed.
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
        // Detects another migration at the same time: the row has changed since the plan was created.
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

    /// <summary>Gets a script's statements that update the rows for an upgrade, whatever the rows are.</summary>
    public IEnumerable<Statement> Script(RevisionNode node)
    {
        if (node.NormalizedDown.Count > 0)
            yield return new($"DELETE FROM {_name} WHERE {OneOf(node.NormalizedDown)}");
        yield return Script(new RowChange.Insert(node.Id));
    }

    /// <summary>Gets a condition that is true if a revision is not applied, but those it follows are.</summary>
    public string IsNext(RevisionNode node) => node.AllDown is [{ AllNext.Count: 1 } only]
        // Its row exists until the revision that follows it is applied.
        ? Has([only])
        : string.Join(" AND ", [.. node.NormalizedDown.Select(d => Has(RevisionWalk.Descendants([d]))),
            $"NOT {Has(RevisionWalk.Descendants([node]))}"]);

    /// <summary>Gets a query for rows that are not revisions of the graph.</summary>
    public string Unknown(RevisionMap map) => $"SELECT {Column} FROM {_name} WHERE NOT ({OneOf(map.Revisions)})";

    /// <summary>Gets a query that returns a row if a revision is not applied: the revision that the database is at instead.</summary>
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
