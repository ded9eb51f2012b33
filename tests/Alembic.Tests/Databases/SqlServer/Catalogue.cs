using System.Data.Common;
using Alembic.Databases.SqlServer;
using Alembic.Operations;
using Row = System.Collections.Generic.Dictionary<string, object?>;

namespace Alembic.Tests.Databases.SqlServer;

/// <summary>
/// Answers the inspector's queries with rows that were written by hand, after what Microsoft documents of the catalogue views: there is no
/// server here that they could have been recorded from. It knows those queries and nothing else.
/// </summary>
internal sealed class Catalogue : IMigrationSession
{
    public List<Row> Columns { get; } = [];

    public List<Row> Indexes { get; } = [];

    public List<Row> ForeignKeys { get; } = [];

    public List<Row> Checks { get; } = [];

    /// <summary>What there is besides tables, by the query that reads it.</summary>
    public Dictionary<string, List<Row>> Others { get; } = [];

    public int Queries { get; private set; }

    public bool IsOffline => false;

    public DbConnection Connection => throw new NotSupportedException();

    public DbTransaction? Transaction => null;

    public IReadOnlyList<IReadOnlyDictionary<string, object?>> Query(Statement statement)
    {
        Queries++;
        if (statement.Text == SqlServerCatalog.OwnSchema)
            return [new Row { ["own"] = "dbo" }];
        if (statement.Text.Contains("@all", StringComparison.Ordinal))
            Assert.IsInstanceOfType<bool>(statement.Parameters["all"]);
        return statement.Text switch
        {
            SqlServerCatalog.Columns => Columns,
            SqlServerCatalog.Indexes => Indexes,
            SqlServerCatalog.ForeignKeys => ForeignKeys,
            SqlServerCatalog.Checks => Checks,
            SqlServerObjects.HasGraphs => [new Row { ["one"] = 1 }],
            _ when SqlServerCatalogTests.IsKnown(statement.Text) => Others.GetValueOrDefault(statement.Text) ?? [],
            _ => throw new NotSupportedException(statement.Text),
        };
    }

    public void Autocommit(Action block) => throw new NotSupportedException();

    public void BeforeCommit(string name, Func<Action> guard) => throw new NotSupportedException();

    /// <summary>A column, as <c>int NOT NULL</c> is one; the numbers are of the width that the views give them.</summary>
    public Catalogue Column(string table, string name, string type = "int", int length = 4, int precision = 10, int scale = 0,
        bool isNullable = false, string? defaultText = null, string? collation = null,
        (long Seed, long Increment)? identity = null, string? computed = null, bool isPersisted = false, string? comment = null,
        string? tableComment = null, string? schema = null, string? typeSchema = null)
    {
        Columns.Add(new Row
        {
            ["table_id"] = Id(table), ["schema_name"] = schema, ["table_name"] = table, ["table_comment"] = tableComment, ["name"] = name,
            ["type_schema"] = typeSchema, ["type_name"] = type,
            ["max_length"] = (short)length, ["precision"] = (byte)precision, ["scale"] = (byte)scale, ["is_nullable"] = isNullable,
            ["collation"] = collation, ["default_text"] = defaultText,
            ["computed"] = computed, ["is_persisted"] = computed is null ? null : isPersisted, ["is_identity"] = identity is not null,
            ["seed"] = identity?.Seed, ["increment"] = identity?.Increment,
            ["comment"] = comment,
        });
        return this;
    }

    /// <summary>An index; "-" stands before a column that goes down, "+" before one that is only carried along.</summary>
    public Catalogue Index(string table, string name, string columns, bool isPrimaryKey = false, bool isUniqueConstraint = false,
        bool isUnique = false, bool isClustered = false, string? condition = null)
    {
        Indexes.AddRange(columns.Split(' ').Select(column => new Row
        {
            ["table_id"] = Id(table), ["name"] = name, ["is_primary_key"] = isPrimaryKey, ["is_unique_constraint"] = isUniqueConstraint,
            ["is_unique"] = isUnique || isPrimaryKey || isUniqueConstraint,
            ["type"] = (byte)(isClustered ? 1 : 2), ["condition"] = condition, ["column_name"] = column.TrimStart('-', '+'),
            ["is_descending"] = column[0] == '-', ["is_included"] = column[0] == '+',
        }));
        return this;
    }

    public Catalogue ForeignKey(string table, string name, string columns, string referent, string referentColumns,
        string onDelete = "NO_ACTION", string onUpdate = "NO_ACTION", string? referentSchema = null)
    {
        ForeignKeys.AddRange(columns.Split(' ').Zip(referentColumns.Split(' '), (column, target) => new Row
        {
            ["table_id"] = Id(table), ["name"] = name, ["column_name"] = column, ["referent_schema"] = referentSchema,
            ["referent_table"] = referent, ["referent_column"] = target,
            ["on_delete"] = onDelete, ["on_update"] = onUpdate,
        }));
        return this;
    }

    public Catalogue Check(string table, string name, string condition)
    {
        Checks.Add(new Row { ["table_id"] = Id(table), ["name"] = name, ["condition"] = condition });
        return this;
    }

    /// <summary>A view, a function, a procedure or a trigger.</summary>
    public Catalogue Module(int id, string kind, string name, string? definition, string? schema = null, string? table = null,
        bool isQuoted = true, bool isBound = false, params int[] needs)
    {
        Add(SqlServerObjects.Modules, new Row
        {
            ["id"] = id, ["schema_name"] = schema, ["name"] = name, ["kind"] = kind, ["definition"] = definition, ["ansi_nulls"] = true,
            ["quoted_identifier"] = isQuoted, ["schema_bound"] = isBound, ["table_schema"] = null, ["table_name"] = table,
        });
        foreach (var need in needs)
            Add(SqlServerObjects.Dependencies, new Row { ["id"] = id, ["needed"] = need });
        return this;
    }

    public Catalogue Type(string name, string type, int length, bool isNullable, string? schema = null) =>
        Add(SqlServerObjects.Types, new Row
        {
            ["schema_name"] = schema, ["name"] = name, ["type_name"] = type, ["max_length"] = (short)length, ["precision"] = (byte)0,
            ["scale"] = (byte)0, ["is_nullable"] = isNullable,
        });

    public Catalogue Sequence(string name, string type, string start, string increment, bool cycles, int? cache, string? schema = null) =>
        Add(SqlServerObjects.Sequences, new Row
        {
            ["schema_name"] = schema, ["name"] = name, ["type_name"] = type, ["precision"] = (byte)20, ["start"] = start,
            ["increment"] = increment, ["min"] = "1", ["max"] = "99999999999999999999", ["cycle"] = cycles,
            ["is_cached"] = cache is not null, ["cache"] = cache,
        });

    public Catalogue Synonym(string name, string target) =>
        Add(SqlServerObjects.Synonyms, new Row { ["schema_name"] = null, ["name"] = name, ["target"] = target });

    public Catalogue Feature(string kind, string name, string? table, string? schema = null) =>
        Add(kind == "graph table" ? SqlServerObjects.Graphs : SqlServerObjects.Features,
            new Row { ["kind"] = kind, ["schema_name"] = schema, ["name"] = name, ["table_name"] = table });

    private Catalogue Add(string query, Row row)
    {
        (Others.TryGetValue(query, out var rows) ? rows : Others[query] = []).Add(row);
        return this;
    }

    private int Id(string table) =>
        Columns.FirstOrDefault(c => Equals(c["table_name"], table)) is { } row ? (int)row["table_id"]! : 100 + Columns.Count;
}
