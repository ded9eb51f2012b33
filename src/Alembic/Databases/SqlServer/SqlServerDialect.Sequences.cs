using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Databases.SqlServer;

/// <content>Sequences.</content>
public sealed partial class SqlServerDialect
{
    /// <inheritdoc/>
    public override bool HasSequences => true;

    // A sequence's type and first number cannot change, and the server chooses the cache if none is given.
    /// <inheritdoc/>
    internal override Sequence Complete(Sequence sequence)
    {
        (long?, long?) range = sequence.Type?.Kind switch
        {
            null or SqlTypeKind.BigInteger => (long.MinValue, long.MaxValue),
            SqlTypeKind.Integer => (int.MinValue, int.MaxValue),
            SqlTypeKind.SmallInteger => (short.MinValue, short.MaxValue),
            _ => (null, null),
        };
        return Complete(sequence, range, range) with { Type = null, Start = null };
    }

    /// <inheritdoc/>
    internal override Sequence? FindSequence(IMigrationSession session, string? schema, string name)
    {
        static string Number(string column, string name) => $"TRY_CAST(CAST({column} AS DECIMAL(38)) AS BIGINT) AS [{name}]";
        var rows = session.Query(new Statement(
            $"SELECT {Number("start_value", "start")}, {Number("increment", "increment")}, {Number("minimum_value", "min")}, "
                + $"{Number("maximum_value", "max")}, "
            + "CAST(is_cycling AS INT) AS [cycle], cache_size AS [cache] FROM sys.sequences WHERE SCHEMA_NAME(schema_id) = "
            + "COALESCE(@schema, SCHEMA_NAME()) AND name = @name")
        {
            Parameters = Parameter.Of(("schema", schema), ("name", name)),
        });
        return rows is [var row] ? SequenceOf(row, schema, name, type: null) : null;
    }

    private static AlembicException Fixed(AlterSequence alter) =>
        new($"SQL Server cannot change the type or the first number of a sequence: '{alter.Name}'") { Hint = "drop and recreate it" };
}
