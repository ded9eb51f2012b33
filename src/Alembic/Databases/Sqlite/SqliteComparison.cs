using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Databases.Sqlite;

/// <summary>SQLite keeps a definition word for word, and checks foreign keys only when rows change.</summary>
internal sealed class SqliteComparison : ComparisonRules
{
    public override NameCase NameCase => NameCase.Ignored;

    public override AutoincrementKind Autoincrement => AutoincrementKind.Word;

    public override bool AltersIdentity => false;

    public override bool RebuildsTables => true;

    public override bool AllowsDanglingKeys => true;

    // A type is only a word: SQLite does not add missing arguments in parentheses.
    public override bool HasTypeArguments => false;

    public override bool KeepsExpressions => true;

    public override bool ReadsUsualCollation => true;

    public override bool NeedsKey(Table table) => table.Options.Of("sqlite").Contains(("with_rowid", false));

    public override NameScope ScopeOf(SchemaItem item) => item is TableIndex ? NameScope.Tables : NameScope.Table;

    public override string? Collation(string? name) => name?.ToUpperInvariant() is var given && given == "BINARY" ? null : given;
}
