using McMaster.Extensions.CommandLineUtils;

namespace Alembic.Tool.Commands;

/// <summary>Lets the parser print its help where the program prints everything else.</summary>
internal sealed class WriterConsole(TextWriter output) : IConsole
{
    public event ConsoleCancelEventHandler? CancelKeyPress
    {
        add { }
        remove { }
    }

    public TextWriter Out => output;

    public TextWriter Error => output;

    public TextReader In => TextReader.Null;

    public bool IsInputRedirected => true;

    public bool IsOutputRedirected => true;

    public bool IsErrorRedirected => true;

    public ConsoleColor ForegroundColor { get; set; }

    public ConsoleColor BackgroundColor { get; set; }

    public void ResetColor()
    {
    }
}
