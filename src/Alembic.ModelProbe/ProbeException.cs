namespace Alembic.ModelProbe;

/// <summary>The model cannot be read. The message tells the user what went wrong, the hint how to fix it.</summary>
internal sealed class ProbeException(string message, string? hint = null, Exception? inner = null) : Exception(message, inner)
{
    public string? Hint { get; } = hint;
}
