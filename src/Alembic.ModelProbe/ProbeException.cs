namespace Alembic.ModelProbe;

/// <summary>The model can't be read: what went wrong, in words for the user, and the way out.</summary>
internal sealed class ProbeException(string message, string? hint = null, Exception? inner = null) : Exception(message, inner)
{
    public string? Hint { get; } = hint;
}
