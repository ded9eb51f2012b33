using System.Text;
using Alembic.Operations;

namespace Alembic.Databases.MySql;

/// <summary>What the server prints of an object, in full and in its own quotes, whatever the session's settings are.</summary>
internal static class MySqlShown
{
    // These modes change what SHOW CREATE prints. ORACLE and ANSI contain some of them.
    private static readonly string[] Printing = ["ANSI_QUOTES", "NO_FIELD_OPTIONS", "NO_KEY_OPTIONS", "NO_TABLE_OPTIONS"];

    /// <summary>The row that SHOW CREATE gives.</summary>
    /// <param name="kind">The kind of object, in capitals.</param>
    /// <param name="name">Its quoted name.</param>
    /// <param name="session">The database.</param>
    public static IReadOnlyDictionary<string, object?> Of(string kind, string name, IMigrationSession session) =>
        MySqlSettings.InMode(session,
            mode => Printing.Any(word => mode.Contains(word, StringComparison.Ordinal)) ? "SET SESSION sql_mode = ''" : null,
            () => session.Query(new Statement($"SHOW CREATE {kind} {name}"))[0]);

    /// <summary>The statement that creates a table.</summary>
    /// <param name="name">Its quoted name.</param>
    /// <param name="session">The database.</param>
    public static string Table(string name, IMigrationSession session) => Text(Of("TABLE", name, session)["Create Table"]);

    /// <summary>A text, which some columns hold as bytes.</summary>
    /// <param name="value">The value.</param>
    public static string Text(object? value) => value as string ?? Encoding.UTF8.GetString((byte[])value!);
}
