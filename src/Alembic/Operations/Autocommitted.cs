namespace Alembic.Operations;

/// <summary>An operation that a migration runs in an <see cref="Op.AutocommitBlock"/>.</summary>
internal sealed record Autocommitted(Operation Operation) : Operation
{
    /// <inheritdoc/>
    public override Operation Reverse() => new Autocommitted(Operation.Reverse());

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Sql(Dialect dialect) => Operation.Sql(dialect);

    /// <inheritdoc/>
    protected internal override string CSharp(CodeWriter code) => $"op.AutocommitBlock(() => {code.Write(Operation)})";
}
