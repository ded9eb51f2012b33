using Alembic.Operations;

namespace Alembic.Databases.SqlServer;

/// <content>An error, and an end to all execution for clients that continue after it.</content>
public sealed partial class SqlServerDialect
{
    // RAISERROR, as THROW ends the batch and NOEXEC would not be reached. XML, as STRING_AGG exists only since 2017, and a batch that
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
    internal override IEnumerable<string> ScriptRefusal(string message, string query) =>
    [
        "SET XACT_ABORT ON;",
        $"""
        DECLARE @found nvarchar(max), @refusal nvarchar(2000)
        SELECT TOP 1 @found = version_num FROM ({query}) AS refused
        IF @found IS NOT NULL
        BEGIN
            SET @refusal = CONCAT({Literal(message)}, @found)
            RAISERROR(N'%s', 16, 1, @refusal)
            SET NOEXEC ON
        END
        """,
    ];

    // Each statement runs in a batch of its own: a column may be named only if it exists when the batch begins, and a view has to come
    // first.
    /// <inheritdoc/>
    internal override IEnumerable<string> Conditional(string condition, IReadOnlyList<string> statements, bool isInTransaction)
    {
        List<string> lines = [$"IF {condition}", "BEGIN"];
        List<string> together = [];
        foreach (var text in statements)
        {
            var tokens = SqlToken.Read(text, Quotes).ToList();
            var isIdentity = tokens.Exists(t => t.Is("IDENTITY_INSERT"));
            if (tokens is [var first, ..] && ((first.Is("SET") && !isIdentity) || first.Is("USE")) || tokens.Exists(t => t.Is('#')))
                throw UnscriptableException.Of(this, text);
            together.Add(text);
            // What is set in a batch is reset after it.
            if ((isIdentity || together.Count > 1) && !(isIdentity && tokens[^1].Is("OFF")))
                continue;
            lines.Add($"    EXEC({string.Join(" + ", Misread().Split(string.Join(";\n", together)).Select(SqlServerText.Literal))});");
            together = [];
        }
        if (together.Count > 0)
            throw UnscriptableException.Of(this, together[0]);
        return [string.Join('\n', [.. lines, "END"])];
    }

    /// <inheritdoc/>
    internal override string? ScriptGuardEnd => "SET NOEXEC OFF";
}
