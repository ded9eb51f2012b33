using System.ComponentModel;
using System.Diagnostics;

namespace Alembic.Tool.Scripts;

/// <summary>Opens a file in the user's editor and waits for it.</summary>
internal static class Editor
{
    private static readonly string[] Usual = OperatingSystem.IsWindows() ? ["notepad"] : ["sensible-editor", "editor", "nano", "vim", "code"];

    private static readonly string[] Variables = ["EDITOR", "VISUAL"];

    public static void Open(string file, Terminal terminal)
    {
        var editor = Wanted(terminal) ?? Usual.Select(name => Program(name, terminal)).FirstOrDefault(program => program is not null)
            ?? throw new AlembicException("Error executing editor (no editor found)") { Hint = "set the EDITOR variable to a program" };
        try
        {
            using var process = Process.Start(new ProcessStartInfo(editor, [file]) { WorkingDirectory = terminal.WorkingDirectory })!;
            process.WaitForExit();
            if (process.ExitCode != 0)
                throw new AlembicException($"Error executing editor ({editor} ended with exit code {process.ExitCode})");
        }
        catch (Win32Exception exception)
        {
            throw new AlembicException($"Error executing editor ({exception.Message})", exception);
        }
    }

    private static string? Wanted(Terminal terminal)
    {
        if (Variables.FirstOrDefault(name => !string.IsNullOrEmpty(terminal.Environment(name))) is not { } variable)
            return null;
        var value = terminal.Environment(variable)!;
        return Program(value, terminal) ?? throw new AlembicException($"Error executing editor ({variable} names '{value}', which is no program)");
    }

    // By the rule for all programs: a file that just lies in the current folder is none; a path of the user's own is taken as it is.
    private static string? Program(string name, Terminal terminal) =>
        Path.GetFileName(name) == name ? new ProgramFinder(terminal.Environment).InPath(name)
        : Path.GetFullPath(name, terminal.WorkingDirectory) is var path && File.Exists(path) ? path : null;
}
