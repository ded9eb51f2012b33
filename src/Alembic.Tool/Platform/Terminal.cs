using System.Text;
using Alembic.Tool.Output;

namespace Alembic.Tool;

/// <summary>What the program knows of the world outside. It is a parameter, so that a test can run a whole command.</summary>
internal sealed record Terminal
{
    private const int UsualWidth = 80;

    // Opened on first use or on a thread of its own: it takes a while.
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

    /// <summary>Takes text that other programs read character by character: scripts, and what env.cs prints.</summary>
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
    /// Shows a prompt and gets the line that is typed; null at the end of the input. The function itself is null if nobody sits at a
    /// terminal.
    /// </summary>
    public Func<string, string?>? Ask
    {
        get => field ?? Opened?.Value.Ask ?? (Plain?.Ask is { } ask ? prompt => ask(Visible.Text(Secrets!.Hide(prompt))) : null);
        init;
    }

    /// <summary>The line length of help texts, in characters.</summary>
    public int Width => (Plain ?? this).Opened?.Value.Width ?? UsualWidth;

    public string WorkingDirectory { get; init; } = CurrentDirectory();

    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>
    /// Runs an action when the user (Ctrl-C) or the system wants the program to end, until the returned object is disposed.
    /// </summary>
    public Func<Action, IDisposable?> OnInterrupt { get; init; } = _ => null;

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>
    /// Draws a line that goes away before anything else is printed; empty for none. The function itself is null if stderr is no terminal.
    /// </summary>
    public Action<string>? Draw
    {
        get => field ?? Opened?.Value.Draw ?? (Plain?.Draw is { } draw ? text => draw(Visible.Text(Secrets!.Hide(text))) : null);
        init;
    }

    /// <summary>Gets how long the process ran before it read its command line.</summary>
    public Func<TimeSpan> Before { get; init; } = () => TimeSpan.Zero;

    public Func<Guid> NewGuid { get; init; } = Guid.NewGuid;

    /// <summary>Gets this terminal with another target for results. It is asked for each result: the command line names it.</summary>
    public Terminal Sending(Func<TextWriter> results) => this with { Results = results };

    /// <summary>Gets this terminal with all output for people cleaned of secrets and of what a terminal obeys.</summary>
    /// <param name="secrets">The secrets to hide.</param>
    /// <param name="arguments">The arguments of the command line, which may turn colors off.</param>
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
        Draw = null,
    };

    /// <summary>
    /// Creates the terminal of the process's own streams. Once they are open the console writes to stderr, so that user code cannot
    /// spoil a command's output.
    /// </summary>
    /// <param name="held">Holds back the output; null for nothing.</param>
    public static Terminal OfProcess(HeldOutput? held = null) => new()
    {
        Opened = new(() => Streams.Open(held)), Held = held, OnInterrupt = action => new Interrupts(action),
        Before = NativeFront.IsThis ? () => TimeSpan.Zero
            : () => TimeProvider.System.GetUtcNow() - System.Diagnostics.Process.GetCurrentProcess().StartTime.ToUniversalTime(),
    };

    /// <summary>Writes what was held back. From now on everything is written at once.</summary>
    public void Release() => (Plain ?? this).Held?.Release();

    /// <summary>Opens the streams unless they are open.</summary>
    public void Open() => _ = (Plain ?? this).Opened?.Value;

    /// <summary>Gets the encoding that a Windows console shows correctly: it would show bytes of UTF-8 in its code page.</summary>
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

    private sealed record Streams(TextWriter Out, TextWriter Error, Func<string, string?>? Ask, Action<string>? Draw)
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
            Stream shown = new LenientStream(Console.OpenStandardError());
            var encoding = EncodingFor(OperatingSystem.IsWindows(), Console.IsErrorRedirected);
            var drawn = held is not null || Console.IsErrorRedirected || System.Environment.GetEnvironmentVariable("TERM") == "dumb" ? null
                : new DrawnLine(text => shown.Write(encoding.GetBytes(text)),
                    () => Console.WindowWidth is > 0 and var width ? width : UsualWidth);
            // Lines are written at once, so the two streams keep their order. Lines of results end alike on every system.
            var output = new StreamWriter(
                Held(Console.OpenStandardOutput(), Console.IsOutputRedirected ? null : drawn),
                EncodingFor(OperatingSystem.IsWindows(), Console.IsOutputRedirected)) { AutoFlush = true, NewLine = "\n" };
            var error = new StreamWriter(Held(shown, drawn), encoding) { AutoFlush = true };
            Console.SetOut(error);
            Console.SetError(error);
            return new(output, error, held is not null || Console.IsInputRedirected || Console.IsOutputRedirected ? null : prompt =>
            {
                error.Write(prompt);
                return Console.In.ReadLine();
            }, drawn is null ? null : drawn.Draw);

            Stream Held(Stream stream, DrawnLine? line) => held is not null ? held.To(stream) : line?.Before(stream) ?? stream;
        }
    }
}
