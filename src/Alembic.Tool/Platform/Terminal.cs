using System.Text;
using Alembic.Tool.Output;

namespace Alembic.Tool;

/// <summary>What the program knows of the world outside: handed in, so that a whole command runs in a test.</summary>
internal sealed record Terminal
{
    private const int UsualWidth = 80;

    // Opened when they are first used, or on a thread of their own: it takes a while.
    private Lazy<Streams>? Opened { get; init; }

    private Terminal? Plain { get; init; }

    private HeldOutput? Held { get; init; }

    private Secrets? Secrets { get; init; }

    private Func<TextWriter>? Results { get; init; }

    /// <summary>Takes what a command is asked to print, and nothing else.</summary>
    public TextWriter Out
    {
        get => Results?.Invoke() ?? field ?? Opened!.Value.Out;
        init;
    }

    /// <summary>Takes what other programs read, character for character: scripts, and what env.cs prints.</summary>
    public TextWriter Raw
    {
        get
        {
            var raw = (Plain ?? this).Out;
            raw.NewLine = "\n";
            return raw;
        }
    }

    /// <summary>Takes log lines, warnings and errors.</summary>
    public TextWriter Error
    {
        get => field ?? Opened!.Value.Error;
        init;
    }

    /// <summary>
    /// Shows a prompt and gives the line that is typed, or null at the end of the input; null where nobody sits at a terminal.
    /// </summary>
    public Func<string, string?>? Ask
    {
        get => field ?? Opened?.Value.Ask ?? (Plain?.Ask is { } ask ? prompt => ask(Visible.Text(Secrets!.Hide(prompt))) : null);
        init;
    }

    /// <summary>How many characters help texts have in a line.</summary>
    public int Width => (Plain ?? this).Opened?.Value.Width ?? UsualWidth;

    public string WorkingDirectory { get; init; } = CurrentDirectory();

    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>
    /// Has something done once the user (Ctrl-C) or the system wants the program to end, until what is given back is disposed of.
    /// </summary>
    public Func<Action, IDisposable?> OnInterrupt { get; init; } = _ => null;

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public Func<Guid> NewGuid { get; init; } = Guid.NewGuid;

    /// <summary>This terminal, with results going where they are wanted. That is asked anew for each: the command line says it.</summary>
    public Terminal Sending(Func<TextWriter> results) => this with { Results = results };

    /// <summary>This terminal, with all that is for the eyes cleaned of secrets and of what a terminal obeys.</summary>
    /// <param name="secrets">What is hidden.</param>
    /// <param name="arguments">Of the command line, which may want no colors.</param>
    public Terminal Showing(Secrets secrets, IReadOnlyList<string> arguments) => this with
    {
        Opened = null,
        Plain = this,
        Secrets = secrets,
        Results = null,
        Out = new ShownWriter(() => Out, secrets),
        Error = new ShownWriter(
            () => Error, secrets, new LineColors(arguments, Environment, () => Opened?.Value.IsErrorTerminal ?? false)),
        Ask = null,
    };

    /// <summary>
    /// The process's own streams. Once they are open the console writes to stderr, so that user code cannot spoil what a command prints.
    /// </summary>
    /// <param name="held">Holds back what is written; null for nothing.</param>
    public static Terminal OfProcess(HeldOutput? held = null) => new()
    {
        Opened = new(() => Streams.Open(held)), Held = held, OnInterrupt = action => new Interrupts(action),
    };

    /// <summary>Shows what was held back, and from now on everything at once.</summary>
    public void Release() => (Plain ?? this).Held?.Release();

    /// <summary>Opens the streams if they are not.</summary>
    public void Open() => _ = (Plain ?? this).Opened?.Value;

    /// <summary>What a console of Windows shows as it is: bytes of UTF-8 it would show in its code page.</summary>
    internal static Encoding EncodingFor(bool isWindows, bool isRedirected) =>
        isWindows && !isRedirected
        ? new UnicodeEncoding(bigEndian: false, byteOrderMark: false)
        : new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    private static string CurrentDirectory()
    {
        try
        {
            return Directory.GetCurrentDirectory();
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DirectoryNotFoundException("The working directory no longer exists: change to another one", exception);
        }
    }

    private sealed record Streams(TextWriter Out, TextWriter Error, Func<string, string?>? Ask)
    {
        public bool IsErrorTerminal { get; } = !Console.IsErrorRedirected;

        // Longer lines are hard to read.
        public int Width { get; } = Console.IsOutputRedirected
            ? UsualWidth
            : Math.Clamp(Console.WindowWidth, UsualWidth / 2, UsualWidth * 3 / 2);

        public static Streams Open(HeldOutput? held)
        {
            if (OperatingSystem.IsWindows() && !(Console.IsOutputRedirected && Console.IsErrorRedirected))
                Console.OutputEncoding = Encoding.Unicode;
            // Lines leave at once, in the order in which they are written to the two streams; those of results end alike on every system.
            var output = new StreamWriter(Held(Console.OpenStandardOutput()), EncodingFor(OperatingSystem.IsWindows(),
                Console.IsOutputRedirected)) { AutoFlush = true, NewLine = "\n" };
            var error = new StreamWriter(Held(new LenientStream(Console.OpenStandardError())), EncodingFor(OperatingSystem.IsWindows(),
                Console.IsErrorRedirected)) { AutoFlush = true };
            Console.SetOut(error);
            Console.SetError(error);
            return new(output, error, held is not null || Console.IsInputRedirected || Console.IsOutputRedirected ? null : prompt =>
            {
                error.Write(prompt);
                return Console.In.ReadLine();
            });

            Stream Held(Stream stream) => held is null ? stream : held.To(stream);
        }
    }
}
