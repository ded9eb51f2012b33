using System.Text;
using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Databases.PostgreSql;

/// <content>Indexes.</content>
public sealed partial class PostgreSqlDialect
{
    /// <inheritdoc/>
    public override string CreateIndexText(CreateIndex operation)
    {
        var index = operation.Index;
        var text = new StringBuilder("CREATE ").Append(index.Unique ? "UNIQUE " : "").Append("INDEX ")
            .Append(operation.Concurrently ? "CONCURRENTLY " : "")
            .Append(operation.IfNotExists ? "IF NOT EXISTS " : "").Append(Quote(operation.Name)).Append(" ON ")
            .Append(Quote(operation.Schema, operation.Table));
        if (index.Method is { } method)
            text.Append(" USING ").Append(Quote(method));
        text.Append(" (").AppendJoin(", ", operation.Elements(this)).Append(')');
        if (index.Include.Count > 0)
            text.Append(" INCLUDE (").Append(QuoteAll(index.Include)).Append(')');
        text.Append(index.NullsNotDistinct ? " NULLS NOT DISTINCT" : "").Append(PostgreSqlOptions.Of(operation, this));
        if (index.Where is { } where)
            text.Append(" WHERE ").Append(where);
        return text.ToString();
    }

    private string? IndexElementText(IndexElement element) => element.Column is { } column ? Quote(column) : element.Expression;

    /// <inheritdoc/>
    public override string DropIndexText(DropIndex operation) =>
        "DROP INDEX "
        + $"{(operation.Concurrently ? "CONCURRENTLY " : "")}{(operation.IfExists ? "IF EXISTS " : "")}"
        + $"{Quote(operation.Schema, operation.Name)}";
}
