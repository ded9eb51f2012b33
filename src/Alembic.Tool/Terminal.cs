using System.Text;
using Alembic.Tool.Output;

namespace Alembic.Tool;

/// <summary>What the program knows of the world outside: handed in, so that a whole command runs in a test.</summary>
internal sealed record Terminal
{
    /// <summary>Takes what a command is asked to print, and nothing else.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Takes what other programs read, character for character: scripts, and what env.cs prints.</summary>
    public TextWriter Raw
    {
        get => field ?? Out;
        init;
    }

    /// <summary>Takes log lines, warnings and errors.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Shows a prompt and gives the line that is typed, or null at the end of the input; null where nobody sits at a terminal.</summary>
    public Func<string, string?>? Ask { get; init; }

    public string WorkingDirectory { get; init; } = Directory.GetCurrentDirectory();

    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>Has something done once the user (Ctrl-C) or the system wants the program to end, until what is given back is disposed of.</summary>
    public Func<Action, IDisposable?> OnInterrupt { get; init; } = _ => null;

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public Func<Guid> NewGuid { get; init; } = Guid.NewGuid;

    /// <summary>This terminal, with all that is for the eyes cleaned of secrets and of what a terminal obeys.</summary>
    public Terminal Showing(Secrets secrets) => this with
    {
        Raw = Raw,
        Out = new ShownWriter(Out, secrets),
        Error = new ShownWriter(Error, secrets),
        Ask = Ask is { } ask ? prompt => ask(Visible.Text(secrets.Hide(prompt))) : null,
    };

    /// <summary>The process's own streams. From here on the console writes to stderr, so that user code cannot spoil what a command prints.</summary>
    public static Terminal OfProcess()
    {
        // Lines leave at once, in the order in which they are written to the two streams.
        var encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var output = new StreamWriter(Console.OpenStandardOutput(), encoding) { AutoFlush = true };
        var error = new StreamWriter(Console.OpenStandardError(), encoding) { AutoFlush = true };
        Console.SetOut(error);
        Console.SetError(error);
        Func<string, string?>? ask = Console.IsInputRedirected || Console.IsOutputRedirected ? null : prompt =>
        {
            error.Write(prompt);
            return Console.In.ReadLine();
        };
        return new Terminal { Out = output, Error = error, Ask = ask, OnInterrupt = action => new Interrupts(action) };
    }
}
