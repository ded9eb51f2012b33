using Alembic.Autogenerate;

namespace Alembic.Tool.Commands;

/// <summary>Asks in the terminal which value existing rows get in a column that becomes NOT NULL.</summary>
internal static class FillPrompt
{
    /// <summary>Gets the function that asks; null if nobody can answer.</summary>
    public static Func<FillQuestion, string?>? Of(Terminal terminal) => terminal.Ask is { } ask ? question => Answer(question, ask) : null;

    private static string? Answer(FillQuestion question, Func<string, string?> ask)
    {
        var table = $"{(question.Schema is null ? "" : question.Schema + ".")}{question.Table}";
        var prompt =
            $"The column '{question.Column}' of '{table}' "
                + $"{(question.IsNew ? "is NOT NULL and has no server default" : "becomes NOT NULL")}. "
            + $"What do existing rows {(question.IsNew ? "get" : "with NULL get")}?\n"
            + "  a value, '' for an empty text, or sql:EXPRESSION\n  nothing: leave it open, the revision says what to do\n> ";
        return ask(prompt)?.Trim() is { Length: > 0 } answer ? answer : null;
    }
}
