using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Databases.MySql;

/// <content>Sequences, which MariaDB has and MySQL has not.</content>
public sealed partial class MySqlDialect
{
    private const int UsualCache = 1000;

    /// <inheritdoc/>
    public override bool HasSequences => isMariaDb;

    /// <inheritdoc/>
    internal override string NoCycle => "NOCYCLE";

    // For other types, which exist since 11.5, only the server knows the limits. At both ends, one number is reserved for the end itself.
    /// <inheritdoc/>
    internal override Sequence Complete(Sequence sequence) => Complete(
        sequence, (1, -1), sequence.Type is null or { Kind: SqlTypeKind.BigInteger }
            ? (long.MinValue + 1, long.MaxValue - 1)
            : (null, null)) with { Type = null, Cache = sequence.Cache ?? UsualCache };

    /// <inheritdoc/>
    internal override Sequence? FindSequence(IMigrationSession session, string? schema, string name)
    {
        var there = new Statement(
            "SELECT 1 FROM information_schema.TABLES WHERE TABLE_TYPE = 'SEQUENCE' AND TABLE_SCHEMA = COALESCE(@schema, DATABASE()) AND "
                + "TABLE_NAME = @name")
        {
            Parameters = Parameter.Of(("schema", schema), ("name", name)),
        };
        return session.Query(there).Count == 0 ? null : SequenceOf(
            session.Query(new Statement(
                "SELECT start_value AS start, increment, minimum_value AS min, maximum_value AS max, cycle_option AS cycle, cache_size "
                    + $"AS cache FROM {Quote(schema, name)}"))[0],
            schema, name, type: null);
    }

    private static AlembicException Fixed(AlterSequence alter) =>
        new($"MariaDB cannot change the type of a sequence: '{alter.Name}'") { Hint = "drop it and create it with the other type" };
}
