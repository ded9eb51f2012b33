namespace Alembic.Schema;

/// <summary>Adds a note to a table or a column for the project's own use; see <see cref="SchemaInfo"/>.</summary>
/// <param name="key">Any text.</param>
/// <param name="value">The value.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property | AttributeTargets.Parameter, AllowMultiple = true)]
public sealed class InfoAttribute(string key, object? value) : Attribute
{
    /// <summary>The key.</summary>
    public string Key => key;

    /// <summary>The value.</summary>
    public object? Value => value;
}
