using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Databases.PostgreSql;

/// <content>Sequences.</content>
public sealed partial class PostgreSqlDialect
{
    /// <inheritdoc/>
    public override bool HasSequences => true;

    /// <inheritdoc/>
    internal override Sequence? FindSequence(IMigrationSession session, string? schema, string name) => session.Query(new Statement(
        """
        SELECT data_type::text AS type, start_value AS start, increment_by AS increment, min_value AS min, max_value AS max,
          cycle::int AS cycle, cache_size AS cache
        FROM pg_sequences WHERE schemaname = coalesce(@schema, current_schema()) AND sequencename = @name
        """)
        {
            Parameters = Parameter.Of(("schema", schema), ("name", name)),
        }) is [var row] ? SequenceOf(row, schema, name, ReadType((string)row["type"]!, new Dictionary<string, SqlType>())) : null;
}
