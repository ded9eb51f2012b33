using Alembic.Operations;

namespace Alembic.Autogenerate;

/// <summary>Gives rows that have NULL in a column another value: all at once, or batch by batch.</summary>
/// <param name="Table">The table.</param>
/// <param name="Column">The column.</param>
/// <param name="Text">The statement for all rows, which ends with its condition.</param>
/// <param name="Schema">The table's schema, or null.</param>
internal sealed record FillRows(string Table, string Column, string Text, string? Schema) : Operation
{
    /// <summary>The column that divides the rows into batches, and the condition for a batch; null without a primary key.</summary>
    public (string Column, string Condition)? Key { get; init; }

    /// <summary>Tells whether it works batch by batch, if it can.</summary>
    public bool IsInBatches { get; init; }

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Sql(Dialect dialect) => [Text];

    /// <inheritdoc/>
    protected internal override string CSharp(CodeWriter code) => this is { IsInBatches: true, Key: var (key, condition) }
        ? $"op.AutocommitBlock(() => op.Backfill({code.Value(Table)}, {code.Value(key)},\n    {code.Value($"{Text} AND {condition}")}"
            + $"{(Schema is null ? "" : $", schema: {code.Value(Schema)}")}))"
        : code.Call("op.Execute", CodeWriter.Sql(Text));
}
