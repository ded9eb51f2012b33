using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Autogenerate;

/// <summary>Keeps a column and the one that takes its place the same until the old one is dropped.</summary>
/// <param name="Copy">The columns.</param>
/// <param name="Triggers">The statements, each with the one that undoes it.</param>
internal sealed record SyncColumns(ColumnCopy Copy, IReadOnlyList<(string Create, string Drop)> Triggers) : Operation
{
    /// <summary>Gets the copy of a renamed column.</summary>
    /// <exception cref="AlembicException">The column cannot be copied.</exception>
    public static SyncColumns Of(Table model, Table database, string old, string @new, Dialect dialect, bool isAlike, bool isReferenced)
    {
        var column = database.Columns.Single(c => c.Name == old);
        var key = database.PrimaryKey?.Columns ?? [];
        var copy = new ColumnCopy(model.Name, old, @new, key, model.Schema);
        var triggers = dialect.Online.Triggers(copy, dialect);
        var why = triggers is null ? "no triggers are written for this database"
            : key.Count == 0 ? "the table has no primary key"
            : key.Contains(old) ? "it is in the primary key"
            : isReferenced ? "a foreign key references it"
            : column is { Computed: not null } or { Identity: not null } or { Autoincrement: true } ? "the database generates its values"
            : !isAlike ? "it has another type, too: change name and type one after the other"
            : null;
        return why is null ? new(copy, triggers!)
            : throw new AlembicException($"--zero-downtime cannot rename '{model.Name}.{old}' to '{@new}': {why}")
            {
                Hint = "rename it in a revision without --zero-downtime",
            };
    }

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Sql(Dialect dialect) => Triggers.Select(t => t.Create);
}
