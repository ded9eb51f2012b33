namespace Alembic.Tool.Scripts;

/// <summary>Prints in one line what is being done, and how it ended.</summary>
internal sealed class Status(TextWriter output, bool quiet)
{
    public void Line(string text)
    {
        if (!quiet)
        {
            output.WriteLine(text);
        }
    }

    /// <summary>Runs an action under its title: "title ...  done". If the action prints, its output begins on a new line.</summary>
    public void Run(string title, Action action, bool hasOutput = false)
    {
        Write(hasOutput ? $"{title} ...{output.NewLine}" : $"{title} ...");
        var done = false;
        try
        {
            action();
            done = true;
        }
        finally
        {
            Write((done ? "  done" : "  FAILED") + output.NewLine);
        }
    }

    private void Write(string text)
    {
        if (!quiet)
        {
            output.Write(text);
            output.Flush();
        }
    }
}
