namespace Alembic.Schema;

/// <summary>The schema that a database has, or should have: its tables.</summary>
public sealed partial record MetaData
{
    /// <summary>Creates a model from tables.</summary>
    /// <param name="tables">The tables.</param>
    /// <param name="schema">The schema of the tables that name none, or null for the connection's own.</param>
    /// <param name="namingConvention">How unnamed constraints and indexes are named; null for the default.</param>
    public MetaData(IReadOnlyList<Table> tables, string? schema = null, NamingConvention? namingConvention = null)
    {
        Schema = schema;
        NamingConvention = namingConvention ?? NamingConvention.Default;
        Tables = [.. tables.Select(t => t with { Schema = t.Schema ?? schema })];
    }

    /// <summary>
    /// Joins several models into one; each table is named by its own model's convention: <c>TargetMetadata => MetaData.Join(Shop.Model,
    /// Billing.Model)</c>.
    /// </summary>
    /// <param name="models">The models.</param>
    /// <exception cref="AlembicException">Two of them have the same table.</exception>
    public static MetaData Join(params IReadOnlyList<MetaData> models)
    {
        // The tables have their names now, and keep them.
        var tables = models.SelectMany(NamedTables.Of).ToList();
        if (tables.GroupBy(t => (t.Schema, t.Name)).FirstOrDefault(g => g.Count() > 1)?.Key is var (schema, name))
            throw new AlembicException(
                $"The table '{(schema is null ? name : $"{schema}.{name}")}' is in several of the models that are joined");
        return new MetaData(tables)
        {
            EnumTypes = [.. models.SelectMany(m => m.EnumTypes).Distinct()],
            Sequences = [.. models.SelectMany(m => m.Sequences).Distinct()],
            Extensions = [.. models.SelectMany(m => m.Extensions).Distinct()],
            NeededObjects = [.. models.SelectMany(m => m.NeededObjects).Distinct()],
            Rows = [.. models.SelectMany(m => m.Rows)],
        };
    }

    /// <summary>The tables.</summary>
    public IReadOnlyList<Table> Tables { get; init => field = EquatableList.Of(value); }

    /// <summary>The schema of the tables that name none, or null.</summary>
    public string? Schema { get; init; }

    /// <summary>The enum types of a database or a model, whether a column uses them or not (PostgreSQL).</summary>
    public IReadOnlyList<SqlType> EnumTypes { get; init => field = EquatableList.Of(value); } = EquatableList.Of<SqlType>([]);

    /// <summary>The enum types of a database that something other than a table uses, such as a domain or a function.</summary>
    internal IReadOnlyList<SqlType> HeldEnumTypes { get; init => field = EquatableList.Of(value); } = EquatableList.Of<SqlType>([]);

    /// <summary>
    /// The sequences of the model that belong to no column; empty for a database. Missing ones are created, existing ones are left
    /// alone.
    /// </summary>
    public IReadOnlyList<Sequence> Sequences { get; init => field = EquatableList.Of(value); } = EquatableList.Of<Sequence>([]);

    /// <summary>
    /// The extensions that the model needs, each with the schema of its objects, or null (PostgreSQL). Missing ones are created.
    /// </summary>
    public IReadOnlyList<(string Name, string? Schema)> Extensions { get; init =>
        field = EquatableList.Of(value); } = EquatableList.Of<(string, string?)>([]);

    /// <summary>The rows that belong to the model; empty for a database.</summary>
    public IReadOnlyList<TableRows> Rows { get; init => field = EquatableList.Of(value); } = EquatableList.Of<TableRows>([]);

    /// <summary>The names that unnamed constraints and indexes get.</summary>
    public NamingConvention NamingConvention { get; init; }

    /// <summary>What else the model's tables need; empty for a database. What is missing is created, the rest is left alone.</summary>
    internal IReadOnlyList<NeededObject> NeededObjects { get; init =>
        field = EquatableList.Of(value); } = EquatableList.Of<NeededObject>([]);

    /// <summary>The schema of a database that its tables do not name because it is the connection's own; null for a model.</summary>
    internal string? OwnSchema { get; init; }

    /// <summary>The schemas of a database; null if they are not known.</summary>
    internal IReadOnlyList<string>? SchemaNames { get; init => field = value is null ? null : EquatableList.Of(value); }

    /// <summary>Tells whether table names of a database ignore case, because the server is configured so.</summary>
    internal bool IgnoresTableCase { get; init; }
}
