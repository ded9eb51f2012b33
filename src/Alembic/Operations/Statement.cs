namespace Alembic.Operations;

/// <summary>One statement for the database, without its terminator.</summary>
/// <param name="Text">The SQL.</param>
public sealed record Statement(string Text)
{
    /// <summary>The values of the parameters that the text names (<c>@name</c>); empty for none.</summary>
    public IReadOnlyDictionary<string, object?> Parameters { get; init; } = Parameter.None;

    /// <summary>Gets the text to show in an error instead, if the statement is a block that the user did not write; else null.</summary>
    internal string? Shown { get; init; }

    /// <summary>Tells whether it makes the database read its stored texts; see <see cref="Migrations.Database.ReadStoredTexts"/>.
    /// </summary>
    internal bool ReadsStoredTexts { get; init; }
}

/// <summary>Takes statements: runs them, writes them into a script or keeps them.</summary>
public interface IStatementSink
{
    /// <summary>Takes the next statement.</summary>
    /// <param name="statement">The statement.</param>
    void Accept(Statement statement);
}

/// <summary>Takes operations: compiles them into statements, collects them for a batch or keeps them.</summary>
public interface IOperationSink
{
    /// <summary>Takes the next operation, which is done when the call returns.</summary>
    /// <param name="operation">The operation.</param>
    void Accept(Operation operation);
}
