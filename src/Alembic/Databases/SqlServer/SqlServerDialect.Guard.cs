using Alembic.Operations;

namespace Alembic.Databases.SqlServer;

/// <content>An error, and an end to all execution for clients that go on after it.</content>
public sealed partial class SqlServerDialect
{
    // RAISERROR and not THROW, which ends the batch: NOEXEC would not be reached. XML and not STRING_AGG, which is of 2017: a batch that
    // does not compile guards nothing.
    /// <inheritdoc/>
    internal override IEnumerable<string> ScriptGuard(GuardedStart start)
    {
        var table = Quote(start.Schema, start.Table);
        yield return $"""
            DECLARE @found nvarchar(max), @refusal nvarchar(2000)
            IF OBJECT_ID({Literal(table)}, 'U') IS NOT NULL
                SELECT @found = STUFF((SELECT N', ' + version_num FROM {table}
                  ORDER BY version_num COLLATE Latin1_General_BIN2 FOR XML PATH('')), 1, 2, N'')
            IF COALESCE(@found, N'') <> {Literal(start.Rows)}
            BEGIN
                SET @refusal = CONCAT({Literal(start.Refusal)}, COALESCE(@found, N'base'))
                RAISERROR(N'%s', 16, 1, @refusal)
                SET NOEXEC ON
            END
            """;
    }

    /// <inheritdoc/>
    internal override string? ScriptGuardEnd => "SET NOEXEC OFF";
}
