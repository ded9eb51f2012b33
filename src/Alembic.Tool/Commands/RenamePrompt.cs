using System.Globalization;
using Alembic.Autogenerate;

namespace Alembic.Tool.Commands;

/// <summary>Asks in the terminal whether something was renamed.</summary>
internal static class RenamePrompt
{
    /// <summary>Null where nobody is there to answer.</summary>
    public static Func<RenameQuestion, string?>? Of(Terminal terminal) => terminal.Ask is { } ask ? question => Answer(question, ask) : null;

    private static string? Answer(RenameQuestion question, Func<string, string?> ask)
    {
        var (kind, place) = question.Table is null ? ("table", "") : ("column", $" of '{question.Table}'");
        var choices = question.Candidates.Select((old, index) => $"  {index + 1}  yes, '{old}' was renamed to '{question.Name}'\n");
        var prompt = $"The {kind} '{question.Name}'{place} is new. Is it one that is gone from the model?\n{string.Concat(choices)}  n  no, drop the old and add the new\n[n] ";
        while (ask(prompt)?.Trim() is { } answer && answer is not ("" or "n" or "N" or "no"))
        {
            if (int.TryParse(answer, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= question.Candidates.Count)
                return question.Candidates[number - 1];
        }
        return null;
    }
}
