using System.Globalization;
using Alembic.Autogenerate;

namespace Alembic.Tool.Commands;

/// <summary>Asks in the terminal whether something was renamed.</summary>
internal static class RenamePrompt
{
    /// <summary>Gets the function that asks; null if nobody can answer.</summary>
    public static Func<RenameQuestion, string?>? Of(Terminal terminal) =>
        terminal.Ask is { } ask ? question => Answer(question, ask) : null;

    private static string? Answer(RenameQuestion question, Func<string, string?> ask)
    {
        var schema = question.Schema is null ? "" : $"{question.Schema}.";
        var (kind, name) = question.Table is null
            ? ("table", $"'{schema}{question.Name}'")
            : ("column", $"'{question.Name}' of '{schema}{question.Table}'");
        var choices = question.Candidates.Select((old, index) => $"  {index + 1}  yes, '{old}' was renamed to '{question.Name}'\n");
        var prompt =
            $"The {kind} {name} is new. Was it renamed?\n{string.Concat(choices)}  n  no, drop the old and add "
                + "the new\n"
            + (question.Candidates.Count == 1 ? "[y/n] " : $"[1-{question.Candidates.Count}/n] ");
        // An empty line is not an answer, and neither is the end of the input: a "no" drops data.
        while (true)
        {
            var answer = ask(prompt)?.Trim().ToLowerInvariant()
                ?? throw new UsageException("the question was not answered; nothing was written")
                {
                    Hint = "--rename and --rename-table answer it in advance",
                };
            if (answer is "n" or "no")
                return null;
            if (answer is "y" or "yes" && question.Candidates.Count == 1)
                return question.Candidates[0];
            if (int.TryParse(answer, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1
                && number <= question.Candidates.Count)
                return question.Candidates[number - 1];
        }
    }
}
