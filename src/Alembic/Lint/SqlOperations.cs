using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Lint;

/// <summary>Reads the user's SQL as operations. It leaves out what no rule checks, and what it does not understand.</summary>
internal sealed class SqlOperations
{
    private static readonly IReadOnlySet<string> Verbs = StatementWords.Set("CREATE ALTER DROP TRUNCATE DELETE UPDATE RENAME");
    private static readonly IReadOnlySet<string> OfRows = StatementWords.Set("UPDATE DELETE INSERT SELECT MERGE");
    private static readonly IReadOnlySet<string> TableKinds = StatementWords.Set("TEMP TEMPORARY UNLOGGED GLOBAL LOCAL VIRTUAL");
    private static readonly IReadOnlySet<string> IndexKinds =
        StatementWords.Set("FULLTEXT SPATIAL CLUSTERED NONCLUSTERED COLUMNSTORE ONLINE OFFLINE");
    private static readonly IReadOnlySet<string> RowModifiers = StatementWords.Set("LOW_PRIORITY QUICK IGNORE");
    private static readonly IReadOnlySet<string> Conditions = StatementWords.Set("WHERE LIMIT JOIN USING TOP");

    private readonly SqlCursor _cursor;
    private readonly Dialect _dialect;

    private SqlOperations(SqlStatement statement, Dialect dialect) =>
        (_cursor, _dialect) = (new SqlCursor(statement.Tokens, dialect), dialect);

    /// <summary>The operations, in their order.</summary>
    /// <param name="text">One or more statements.</param>
    /// <param name="dialect">The database's dialect.</param>
    public static IEnumerable<Operation> Of(string text, Dialect dialect) =>
        SqlStatement.In(text, dialect).SelectMany(statement => new SqlOperations(statement, dialect).Read());

    private IEnumerable<Operation> Read()
    {
        // IF EXISTS (…) DROP TABLE …; WITH … AS (…) DELETE FROM …
        if (_cursor.Is("IF") || _cursor.Is("BEGIN"))
            _cursor.Until(t => t.IsAny(Verbs));
        else if (_cursor.Is("WITH"))
            _cursor.Until(t => t.IsAny(OfRows));
        return _cursor.Take("CREATE") ? Create()
            : _cursor.Take("ALTER TABLE") ? AlterTable()
            : _cursor.Take("ALTER TYPE") ? AlterType()
            : _cursor.Take("DROP") ? Drop()
            : _cursor.Take("RENAME TABLE") ? Items(item => Rename(item.QualifiedName(), item))
            : _cursor.Take("TRUNCATE") ? Truncate()
            : _cursor.Take("DELETE") ? Delete()
            : _cursor.Take("UPDATE") ? Update()
            : [];
    }

    private IEnumerable<Operation> Create()
    {
        _cursor.Take("OR REPLACE");
        _cursor.TakeAny(TableKinds);
        if (_cursor.Take("TABLE"))
            return CreateTable();
        var isUnique = _cursor.Take("UNIQUE");
        var kind = SqlTableChanges.IndexKind(_cursor);
        _cursor.TakeAny(IndexKinds);
        return _cursor.Take("INDEX") ? CreateIndex(isUnique, kind) : [];
    }

    private IEnumerable<Operation> CreateTable()
    {
        _cursor.Take("IF NOT EXISTS");
        if (_cursor.QualifiedName() is var (schema, name))
        {
            IEnumerable<SchemaItem?> items = _cursor.Inside() is { } inside ? inside.Items().Select(i => SqlColumn.Of(i, _dialect)) : [];
            yield return new CreateTable(new Table(name, [.. items.OfType<SchemaItem>()], schema));
        }
    }

    private IEnumerable<Operation> CreateIndex(bool isUnique, string? kind)
    {
        var isConcurrent = _cursor.Take("CONCURRENTLY");
        _cursor.Take("IF NOT EXISTS");
        var name = _cursor.Is("ON") ? null : _cursor.Name();
        var method = _cursor.Take("USING") ? _cursor.Name() : kind;
        if (!_cursor.Take("ON"))
            yield break;
        _cursor.Take("ONLY");
        if (_cursor.QualifiedName() is not var (schema, table))
            yield break;
        method = _cursor.Take("USING") ? _cursor.Name() : method;
        var index = SqlTableChanges.Index(name, _cursor, isUnique) with { Method = method };
        IReadOnlyList<string> include = _cursor.Take("INCLUDE") ? _cursor.Names() : [];
        _cursor.Until(t => t.Is("WHERE"));
        var where = _cursor.Take("WHERE") ? _cursor.Text : null;
        yield return new CreateIndex(table, index with { Include = include, Where = where }, schema) { Concurrently = isConcurrent };
    }

    private IEnumerable<Operation> AlterTable()
    {
        _cursor.Take("IF EXISTS");
        _cursor.Take("ONLY");
        if (_cursor.QualifiedName() is not var (schema, table))
            return [];
        _cursor.Take('*');
        return new SqlTableChanges(schema, table, _dialect).Of(_cursor);
    }

    private IEnumerable<Operation> AlterType()
    {
        if (_cursor.QualifiedName() is var (schema, name) && _cursor.Take("ADD VALUE"))
        {
            _cursor.Take("IF NOT EXISTS");
            yield return new AlterEnumType(name, [_cursor.Until(t => t.Kind != SqlTokenKind.Text).Text.Trim('\'')], [], schema);
        }
    }

    private IEnumerable<Operation> Drop()
    {
        if (_cursor.Take("TABLE"))
            return Names(name => new DropTable(name.Name, name.Schema));
        if (_cursor.Take("SCHEMA") || _cursor.Take("DATABASE"))
            return Names(name => new DropSchema(name.Name));
        return _cursor.Take("INDEX") ? DropIndex() : [];
    }

    private IEnumerable<Operation> DropIndex()
    {
        var isConcurrent = _cursor.Take("CONCURRENTLY");
        _cursor.Take("IF EXISTS");
        return Items(item =>
        {
            if (item.QualifiedName() is not var (schema, name))
                return null;
            var table = item.Take("ON") ? item.QualifiedName() : null;
            return new DropIndex(name, table?.Name, table?.Schema ?? schema) { Concurrently = isConcurrent };
        });
    }

    private static RenameTable? Rename((string? Schema, string Name)? from, SqlCursor item) =>
        from is var (schema, name) && item.Take("TO") && item.QualifiedName() is { } to ? new RenameTable(name, to.Name, schema) : null;

    private IEnumerable<Operation> Truncate()
    {
        _cursor.Take("TABLE");
        return Names(name => new ChangedRows(name.Name, name.Schema, null, IsOfAll: true) { IsTruncated = true });
    }

    private IEnumerable<Operation> Delete()
    {
        _cursor.TakeAny(RowModifiers);
        var isOfAll = !IsConditional();
        _cursor.Take("FROM");
        _cursor.Take("ONLY");
        if (_cursor.QualifiedName() is var (schema, table))
            yield return new ChangedRows(table, schema, null, isOfAll);
    }

    private IEnumerable<Operation> Update()
    {
        _cursor.TakeAny(RowModifiers);
        var isOfAll = !IsConditional();
        _cursor.Take("ONLY");
        if (_cursor.QualifiedName() is not var (schema, table))
            yield break;
        _cursor.Until(t => t.Is("SET"));
        _cursor.Take("SET");
        // SET a.x = 1, (y, z) = (2, 3)
        var columns = _cursor.Until(t => t.Is("WHERE") || t.Is("FROM")).Items()
            .SelectMany(item => item.Inside() is { } several ? several.Items() : [item]).Select(item => item.QualifiedName()?.Name);
        yield return new ChangedRows(table, schema, [.. columns.OfType<string>()], isOfAll);
    }

    // WHERE true is no condition.
    private bool IsConditional()
    {
        var cursor = new SqlCursor(_cursor.Rest, _dialect);
        cursor.Until(t => t.IsAny(Conditions));
        return !cursor.IsEnd && string.Concat(cursor.Rest.Skip(1)).ToUpperInvariant() is not ("TRUE" or "1=1" or "1");
    }

    private IEnumerable<Operation> Names(Func<(string? Schema, string Name), Operation> operation)
    {
        _cursor.Take("IF EXISTS");
        return Items(item =>
        {
            item.Take("ONLY");
            return item.QualifiedName() is { } name ? operation(name) : null;
        });
    }

    private IEnumerable<Operation> Items(Func<SqlCursor, Operation?> operation) => _cursor.Items().Select(operation).OfType<Operation>();
}
