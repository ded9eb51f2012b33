using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Databases.MySql;

/// <content>Indexes.</content>
public sealed partial class MySqlDialect
{
    /// <inheritdoc/>
    public override string CreateIndexText(CreateIndex operation)
    {
        var index = operation.Index;
        if (operation.IfNotExists && !isMariaDb)
            throw Lacks("CREATE INDEX IF NOT EXISTS");
        // Without its condition, an index is as good, only larger; a unique one would refuse valid rows.
        if (index is { Unique: true, Where: not null })
            throw new AlembicException(
                $"Index '{operation.Name}': {Name} has no partial indexes, and without its condition a unique one would refuse other rows");
        var method = index.Method?.ToUpperInvariant();
        var text = base.CreateIndexText(
            operation with { Index = index with { Where = null, Columns = [.. index.Columns.Select(c => Element(c, operation.Name))] } });
        return method switch
        {
            null => text,
            "FULLTEXT" or "SPATIAL" when !index.Unique => $"CREATE {method}{text["CREATE".Length..]}",
            // Before the options, where both servers accept it.
            "BTREE" or "HASH" => text.Insert(text.Length - IndexOptions(operation).Length, $" USING {method}"),
            _ => throw new AlembicException($"Index '{operation.Name}': {Name} has no method '{index.Method}'"),
        };
    }

    // MySQL requires parentheses around an expression; the start of a column and a direction are not expressions.
    private IndexElement Element(IndexElement element, string index)
    {
        if (element.Expression is not { } text || MySqlToken.Read(text) is not [_, ..] tokens)
            return element;
        var direction = tokens[^1].Is("ASC") || tokens[^1].Is("DESC") ? tokens[^1].Start : text.Length;
        var isColumn = tokens.Where(t => t.Start < direction).ToList() is [{ Kind: MySqlTokenKind.Name or MySqlTokenKind.Word }]
            or [_, _, { Kind: MySqlTokenKind.Number }, _];
        if (!isColumn && isMariaDb)
            throw new AlembicException($"Index '{index}': {Name} has no indexes on expressions")
            {
                Hint = "use an index on a computed column"
            };
        return isColumn || text.StartsWith('(') ? element : Schema.Sql.Text($"({text[..direction].Trim()}) {text[direction..]}".Trim());
    }

    /// <inheritdoc/>
    public override string DropIndexText(DropIndex operation)
    {
        if (operation.IfExists && !isMariaDb)
            throw Lacks("DROP INDEX IF EXISTS");
        var table = operation.Table ?? throw new AlembicException($"{Name} needs the table of the index '{operation.Name}' to drop it");
        return $"DROP INDEX {(operation.IfExists ? "IF EXISTS " : "")}{Quote(operation.Name)} ON {Quote(operation.Schema, table)}";
    }

    /// <inheritdoc/>
    public override string RenameIndexText(RenameIndex operation)
    {
        var table = operation.Table ?? throw new AlembicException($"{Name} needs the table of the index '{operation.From}' to rename it");
        return $"ALTER TABLE {Quote(operation.Schema, table)} RENAME INDEX {Quote(operation.From)} TO {Quote(operation.To)}";
    }
}
