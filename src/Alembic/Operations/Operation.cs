using Alembic.Operations;

namespace Alembic;

/// <summary>
/// One change of a database, as data: it can be run, scripted, compared into existence, rendered as C# and reversed. Migrations make
/// them with the directives on <see cref="Op"/>; a type of your own is run with <see cref="Op.Invoke"/>.
/// </summary>
public abstract record Operation
{
    /// <summary>Gets the operation that undoes this one.</summary>
    /// <exception cref="IrreversibleOperationException">It does not hold what it takes, such as the definition of what it
    /// drops.</exception>
    public virtual Operation Reverse() => throw new IrreversibleOperationException(this);

    /// <summary>
    /// The operations that undo this one, in their order: more than <see cref="Reverse"/> where one does not say all of it, none where it
    /// goes with something else.
    /// </summary>
    /// <exception cref="IrreversibleOperationException">It does not hold what it takes.</exception>
    internal IReadOnlyList<Operation> Reversal => Back ?? [Reverse()];

    /// <summary>
    /// What undoes this one where <see cref="Reverse"/> does not say all of it; empty where it goes with something else. Null for
    /// <see cref="Reverse"/>.
    /// </summary>
    internal IReadOnlyList<Operation>? Back { get; init; }

    /// <summary>Writes the statements that do it, without their terminators, as most databases understand them.</summary>
    /// <param name="dialect">The database's way of writing names, types and literals.</param>
    protected internal abstract IEnumerable<string> Sql(Dialect dialect);

    /// <summary>Writes the statements that do it, with their parameters where they have any.</summary>
    /// <param name="dialect">The database's way of writing names, types and literals.</param>
    protected internal virtual IEnumerable<Statement> Statements(Dialect dialect) => Sql(dialect).Select(text => new Statement(text));

    /// <summary>Writes the C# statement that makes this operation in a migration, without the semicolon.</summary>
    /// <param name="code">Writes literals and calls.</param>
    protected internal virtual string CSharp(CodeWriter code) => throw new NotSupportedException($"{GetType().Name} has no C# form");
}

/// <summary>An operation cannot be undone: what it would take is not known.</summary>
/// <param name="operation">The operation.</param>
public sealed class IrreversibleOperationException(Operation operation) : AlembicException($"{operation.GetType().Name} cannot be reversed")
{
    /// <summary>The operation.</summary>
    public Operation Operation { get; } = operation;
}
