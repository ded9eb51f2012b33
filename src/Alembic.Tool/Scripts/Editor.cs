using System.ComponentModel;
using System.Diagnostics;

namespace Alembic.Tool.Scripts;

/// <summary>Opens a file in the user's editor and waits for it.</summary>
internal static class Editor
{
    private static readonly string[] Usual = OperatingSystem.IsWindows()
        ? ["notepad"]
        : ["sensible-editor", "editor", "nano", "vim", "code"];

    // In the same order as other tools: VISUAL is for a terminal with a full screen.
    private static readonly string[] Variables = ["VISUAL", "EDITOR"];

    public static void Open(string file, Terminal terminal)
    {
        var command = Wanted(terminal) ?? ThereIs(file, terminal);
        if (command.Count == 0)
            throw new AlembicException("Error executing editor (no editor found)") { Hint = "set the EDITOR variable to a program" };
        command = [.. command, file];
        if (ProgramFinder.Unsafe(command) is { } argument)
            throw new AlembicException(
                $"Error executing editor ({command[0]} is a batch file, and no batch file can be given the argument {argument} safely)");
        try
        {
            using var process =
                Process.Start(new ProcessStartInfo(command[0], command.Skip(1)) { WorkingDirectory = terminal.WorkingDirectory })!;
            process.WaitForExit();
            if (process.ExitCode != 0)
                throw new AlembicException($"Error executing editor ({command[0]} ended with exit code {process.ExitCode})");
        }
        catch (Win32Exception exception)
        {
            throw new AlembicException($"Error executing editor ({exception.Message})", exception);
        }
    }

    private static IReadOnlyList<string>? Wanted(Terminal terminal)
    {
        if (Variables.FirstOrDefault(name => !string.IsNullOrEmpty(terminal.Environment(name))) is not { } variable)
            return null;
        var value = terminal.Environment(variable)!;
        // The value may be a path with blanks. Otherwise blanks separate arguments, as in "code --wait".
        if (Program(value, terminal) is { } whole)
            return [whole];
        IReadOnlyList<string> words = Words(value);
        return words.Count > 1 && Program(words[0], terminal) is { } program ? [program, .. words.Skip(1)]
            : throw new AlembicException($"Error executing editor ({variable} names '{value}', which is not a program)");
    }

    // These may need a terminal.
    private static string[] ThereIs(string file, Terminal terminal) => terminal.Ask is not null
        ? Usual.Select(name => Program(name, terminal)).OfType<string>().Take(1).ToArray()
        : throw new AlembicException("Error executing editor (this is not a terminal, and neither VISUAL nor EDITOR names a program)")
        {
            Hint = $"open {file} yourself, or set EDITOR",
        };

    private static IReadOnlyList<string> Words(string text)
    {
        try
        {
            return ShellWords.Split(text, backslashEscapes: !OperatingSystem.IsWindows());
        }
        catch (FormatException)
        {
            return [];
        }
    }

    // The rule for all programs: a file in the current folder is not found by its name alone, but a path of the user's is used as it is.
    private static string? Program(string name, Terminal terminal) =>
        Path.GetFileName(name) == name ? new ProgramFinder(terminal.Environment).InPath(name)
        : ProgramFinder.AsProgram(Path.GetFullPath(name, terminal.WorkingDirectory));
}
