using System.Data.Common;
using System.Text.RegularExpressions;
using Alembic.Autogenerate;
using Alembic.Databases.Sqlite;
using Alembic.Operations;
using Alembic.Migrations;
using Alembic.Schema;
using Alembic.Tests.Databases.MySql;
using Alembic.Tests.Databases.PostgreSql;
using Microsoft.Data.Sqlite;

namespace Alembic.Tests.Autogenerate;

/// <summary>From one schema to another and back on a database, with rows wherever the way lets them live.</summary>
internal sealed record Journey(Dialect dialect, OnlineSession session)
{
    public ComparisonOptions? Options { get; init; }

    /// <summary>Whether all schemas are read.</summary>
    public bool AllSchemas { get; init; }

    private readonly Op _op = new(dialect, new OperationCompiler(dialect, session, session), session);

    /// <summary>Does something on a new database, given the statements that were run.</summary>
    public static T On<T>(string dialect, Func<Journey, List<string>, T> make)
    {
        switch (dialect)
        {
            case "postgresql":
                using (var database = new PostgreSqlDatabase())
                    return make(new Journey(PostgreSqlDatabase.Dialect, database.Session), database.Log);
            case "mariadb" or "mysql":
                using (var database = new MariaDbDatabase(MySqlServer.Of(dialect)))
                    return make(new Journey(database.Dialect, database.Session), database.Log);
            default:
                var log = new List<string>();
                using (var session = InMemory(log))
                    return make(new Journey(new SqliteDialect(), session), log);
        }
    }

    public static OnlineSession InMemory(List<string> log)
    {
        var session = new OnlineSession(
            new TestDatabase(new SqliteDialect(),
                () => { var connection = new SqliteConnection("Data Source=:memory:"); connection.Open(); return connection; },
                "sqlite://"), new PostgreSqlDatabase.Recorder(log));
        session.Begin();
        return session;
    }

    public Comparison Compare(MetaData model)
    {
        var database = Inspect();
        var comparison = ColumnUsers.Of(
            Alembic.Autogenerate.Compare.Schemas(model, database, dialect, Options, tables => dialect.RoundTrip(session, tables)),
            columns => dialect.UsersOf(session, columns));
        return HeldNames.Of(comparison with { Upgrade = SequenceDiff.With(comparison.Upgrade, Sequences(model)) },
            database, dialect, () => dialect.NameHolders(session));
    }

    private IEnumerable<PlannedOperation> Sequences(MetaData model) =>
        SequenceDiff.Of(model.Sequences, dialect, s => dialect.FindSequence(session, s.Schema, s.Name)).Select(s => s.Operation);

    public MetaData Inspect() => dialect.Inspect(session, AllSchemas);

    /// <summary>Brings the empty database to one schema, then to the other and back; gives what was found between the two.</summary>
    /// <param name="from">The one.</param>
    /// <param name="to">The other.</param>
    /// <param name="insert">Puts rows in that live through it all; null for some in every table where they would.</param>
    /// <param name="start">Changes the database once it is at the one schema.</param>
    /// <param name="between">Looks at the database between up and down.</param>
    /// <param name="heed">Does what the remarks of the revision ask for before it is run.</param>
    public Comparison Make(MetaData from, MetaData to, string? insert = null, Action? start = null, Action? between = null,
        Action<Comparison>? heed = null)
    {
        Run(Compare(from).UpgradeOperations);
        start?.Invoke();
        Nothing(Compare(from));
        var (read, there) = (Inspect(), Compare(to));
        if (insert is not null)
            session.Query(new Statement(insert));
        var rows = insert is null ? Fill(read, there) : Count(read.Tables.Select(Quoted));
        heed?.Invoke(there);
        Run(there.UpgradeOperations);
        Nothing(Compare(to));
        between?.Invoke();
        CollectionAssert.AreEquivalent(rows.Where(t => to.Tables.Any(m => Quoted(m) == t.Key)).ToList(),
            Count(rows.Keys.Where(t => to.Tables.Any(m => Quoted(m) == t))).ToList());
        Run(there.DowngradeOperations);
        Nothing(Compare(read));
        Assert.AreEqual(Settled(read), Settled(Inspect()));
        Assert.IsEmpty(Sequences(from));
        CollectionAssert.AreEquivalent(rows.Where(t => to.Tables.Any(m => Quoted(m) == t.Key)).ToList(),
            Count(rows.Keys.Where(t => to.Tables.Any(m => Quoted(m) == t))).ToList());
        return there;
    }

    /// <summary>The first values of a query's rows.</summary>
    public IEnumerable<string> Rows(string sql) => session.Query(new Statement(sql)).Select(row => $"{row.Values.First()}");

    public void Run(IEnumerable<Operation> operations)
    {
        var all = operations.ToList();
        foreach (var operation in all)
        {
            try
            {
                _op.Invoke(operation);
            }
            catch (Exception e) when (e is DbException or AlembicException)
            {
                throw new InvalidOperationException(
                    $"{new CodeWriter().Write(operation)}: {e.Message}\n{string.Join("\n", all.Select(o => new CodeWriter().Write(o)))}",
                    e);
            }
        }
    }

    public static void Nothing(Comparison comparison)
    {
        Assert.AreEqual("", string.Join('\n', comparison.Log.Select(e => e.Message)));
        Assert.AreEqual("", string.Join('\n', comparison.UpgradeOperations.Select(o => new CodeWriter().Write(o))));
    }

    // PostgreSQL writes an expression in another way when it is told what it wrote before, and the index that MySQL and MariaDB make for a
    // foreign key has one of two names; that it means the same, the comparison has seen.
    private string Settled(MetaData schema) => dialect.Name switch
    {
        "postgresql" => Regex.Replace(Text(schema), @"::[a-z ]+(\[\])?|[()]", ""),
        "mariadb" or "mysql" => Regex.Replace(Text(schema), @"\nnew TableIndex\(""[^\n]*"", \[""(points|up part"", ""up id)""\]\)", ""),
        _ => Text(schema),
    };

    /// <summary>A schema as text, whatever the order of its tables and of what they have.</summary>
    public static string Text(MetaData schema) => string.Join("\n\n",
        schema.Tables.OrderBy(t => $"{t.Schema}.{t.Name}", StringComparer.Ordinal).Select(t =>
        $"{t.Schema}.{t.Name} -- "
            + $"{t.Comment}\n{string.Join("\n", t.Items.Select(i => new CodeWriter().Value(i)).Order(StringComparer.Ordinal))}"));

    private Dictionary<string, long> Fill(MetaData start, Comparison there)
    {
        var rows = new Dictionary<string, long>();
        var unsafeTables = there.UpgradeOperations.Concat(there.DowngradeOperations).Where(o => !LetsRowsLive(o))
            .Select(TableOf).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var table in start.Tables.Where(t => !unsafeTables.Contains(Quoted(t))
            && !dialect.Comparison.Parents(t).Any(p => unsafeTables.Contains(dialect.Quote(p.Schema, p.Name)))))
        {
            for (var row = 1; row <= 2; row++)
                Insert(table, row);
        }
        return Count(start.Tables.Select(Quoted));
    }

    // Without the rows of tables that inherit from it.
    private Dictionary<string, long> Count(IEnumerable<string> tables)
    {
        var only = dialect.Name == "postgresql" ? "ONLY " : "";
        return tables.ToDictionary(t => t,
            t => Convert.ToInt64(session.Query(new Statement($"SELECT count(*) AS n FROM {only}{t}"))[0]["n"]));
    }

    // A row that the schema itself refuses is none.
    private void Insert(Table table, int row)
    {
        var values = table.Columns
            .Where(c => c is { Computed: null, Identity: null } && (c is { Nullable: false, ServerDefault: null } || c.Name == "id"
                || RandomSchemas.ValueOf(c) is not null))
            .ToDictionary(c => dialect.Quote(c.Name),
                c => RandomSchemas.ValueOf(c) ?? c.Type.Kind switch { SqlTypeKind.Boolean => dialect.Literal(true),
                SqlTypeKind.Date or SqlTypeKind.DateTime => "'2026-01-01'", SqlTypeKind.String or SqlTypeKind.Text => "'a'",
                _ => $"{row}" });
        _ = session.Attempt(() => session.Query(new Statement(
            $"INSERT INTO {Quoted(table)} ({string.Join(", ", values.Keys)}) VALUES ({string.Join(", ", values.Values)})")));
    }

    private static bool LetsRowsLive(Operation operation) => operation switch
    {
        AddColumn { Column: var c } => (c.Nullable || c.ServerDefault is not null || c.Computed is not null || c.Identity is not null)
            && c is { Unique: false, ForeignKey: null },
        AlterColumn alter => alter.Nullable != false
            && (alter.Type is null || RandomSchemas.ValueOf(new Column(alter.Column, alter.Type)) is not null
                || alter.Type.Kind is SqlTypeKind.Double or SqlTypeKind.BigInteger or SqlTypeKind.Text)
            && alter.Identity is null,
        CreateIndex create => !create.Index.Unique,
        CreateConstraint { Constraint: UniqueConstraint or PrimaryKeyConstraint or CheckConstraint } => false,
        _ => true,
    };

    private string? TableOf(Operation operation) => operation switch
    {
        AddColumn o => dialect.Quote(o.Schema, o.Table), AlterColumn o => dialect.Quote(o.Schema, o.Table),
        CreateIndex o => dialect.Quote(o.Schema, o.Table), CreateConstraint o => dialect.Quote(o.Schema, o.Table), _ => null,
    };

    private string Quoted(Table table) => dialect.Quote(table.Schema, table.Name);
}
