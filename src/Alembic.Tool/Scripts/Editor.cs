using System.ComponentModel;
using System.Diagnostics;

namespace Alembic.Tool.Scripts;

/// <summary>Opens a file in the user's editor and waits for it.</summary>
internal static class Editor
{
    private static readonly string[] Usual = OperatingSystem.IsWindows() ? ["notepad"] : ["sensible-editor", "editor", "nano", "vim", "code"];

    public static void Open(string file, Terminal terminal)
    {
        var editor = Find(terminal) ?? throw new AlembicException("Error executing editor (no editor found)") { Hint = "set the EDITOR variable to a program" };
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

    // By the rule for all programs: a file that just lies in the current folder is none; a path of the user's own is taken as it is.
    private static string? Find(Terminal terminal)
    {
        var programs = new ProgramFinder(terminal.Environment);
        return new[] { terminal.Environment("EDITOR"), terminal.Environment("VISUAL") }.Concat(Usual).OfType<string>().Where(name => name.Length > 0)
            .Select(name => Path.GetFileName(name) == name ? programs.InPath(name) : Path.GetFullPath(name, terminal.WorkingDirectory))
            .FirstOrDefault(File.Exists);
    }
}
