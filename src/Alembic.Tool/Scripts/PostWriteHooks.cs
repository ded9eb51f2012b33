using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Alembic.Tool.Configuration;

namespace Alembic.Tool.Scripts;

/// <summary>Runs the hooks of an ini file on a new revision file, without a shell; their output passes through.</summary>
internal sealed class PostWriteHooks(string workingDirectory, TextWriter output, TextWriter error, ProgramFinder programs,
    TimeSpan timeLimit)
{
    public static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(60);

    // A process that a program left behind may keep its output open for ever.
    private static readonly TimeSpan OutputGrace = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();

    /// <summary>Runs the hooks one after the other, until one fails. The file stays in any case.</summary>
    public void Run(IniFile ini, string file)
    {
        // --quiet does not silence it: the user's own programs may print.
        var status = new Status(output, quiet: false);
        foreach (var hook in PostWriteHook.All(ini))
        {
            _ = hook.Type;
            status.Run($"Running post write hook '{hook.Name}'", () => Run(hook, file), hasOutput: true);
        }
    }

    private void Run(PostWriteHook hook, string file)
    {
        var folder = Path.GetFullPath(hook.WorkingDirectory ?? "", workingDirectory);
        if (!Directory.Exists(folder))
        {
            throw new PostWriteHookException(hook.Name, $"Directory {folder} of post write hook '{hook.Name}' doesn't exist");
        }

        var command = hook.CommandLine(file, folder, programs);
        if (ProgramFinder.Unsafe(command) is { } argument)
            throw new PostWriteHookException(hook.Name,
                $"{command[0]} of post write hook '{hook.Name}' is a batch file, and no batch file can be given the argument "
                    + $"{argument} safely");
        using var span = Spans.Begin(Spans.Hook, Spans.HookTag, hook.Name);
        using var process = Start(hook, StartInfo(command, folder));
        process.StandardInput.Close();
        var pumps = new[] { Pump(process.StandardOutput, output), Pump(process.StandardError, error) };
        var ended = process.WaitForExit(timeLimit);
        if (!ended)
        {
            process.Kill(entireProcessTree: true);
        }

        foreach (var pump in pumps)
        {
            pump.Join(OutputGrace);
        }

        if (!ended || process.ExitCode != 0)
        {
            var problem = ended
                ? $"failed with exit code {process.ExitCode}"
                : $"took longer than {timeLimit.TotalSeconds:0} seconds and was ended";
            throw new PostWriteHookException(hook.Name, $"Post write hook '{hook.Name}' {problem}; the file {file} is kept");
        }
    }

    internal static ProcessStartInfo StartInfo(IReadOnlyList<string> command, string folder) => new(command[0], command.Skip(1))
    {
        WorkingDirectory = folder,
        UseShellExecute = false,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        // Formatters write UTF-8, whatever the code page of a Windows console is.
        StandardOutputEncoding = Encoding.UTF8,
        StandardErrorEncoding = Encoding.UTF8,
    };

    private static Process Start(PostWriteHook hook, ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception problem)
        {
            throw new PostWriteHookException(hook.Name,
                $"Could not start {start.FileName} of post write hook '{hook.Name}': is it a program?", problem);
        }
    }

    private Thread Pump(StreamReader from, TextWriter to)
    {
        var thread = new Thread(() =>
        {
            while (ReadLine(from) is { } line)
            {
                lock (_lock)
                {
                    to.WriteLine(line);
                    to.Flush();
                }
            }
        }) { IsBackground = true };
        thread.Start();
        return thread;
    }

    // The pipe may be closed during a read, if a program left a process behind.
    private static string? ReadLine(StreamReader from)
    {
        try
        {
            return from.ReadLine();
        }
        catch (Exception problem) when (problem is IOException or ObjectDisposedException)
        {
            return null;
        }
    }
}
