using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Lint;

/// <summary>Reads what <c>ALTER TABLE</c> does.</summary>
/// <param name="schema">The table's schema, or null.</param>
/// <param name="table">The table.</param>
/// <param name="dialect">The database's dialect.</param>
internal sealed class SqlTableChanges(string? schema, string table, Dialect dialect)
{
    private static readonly IReadOnlySet<string> Verbs = StatementWords.Set("ADD DROP ALTER MODIFY CHANGE RENAME VALIDATE");
    private static readonly IReadOnlySet<string> NoColumns =
        StatementWords.Set("INDEX KEY PRIMARY FOREIGN CHECK PARTITION PERIOD SYSTEM DEFAULT IDENTITY EXPRESSION");
    private static readonly IReadOnlySet<string> Actions = StatementWords.Set("CASCADE RESTRICT NO ACTION SET NULL DEFAULT");

    public IEnumerable<Operation> Of(SqlCursor cursor)
    {
        var isUnchecked = cursor.Take("WITH NOCHECK");
        cursor.Take("WITH CHECK");
        // ADD x INTEGER, y INTEGER and DROP COLUMN x, y continue with the same verb.
        var verb = "";
        var what = "";
        foreach (var item in cursor.Items())
        {
            var isNew = item.IsAny(Verbs);
            verb = isNew ? item.Next().ToString().ToUpperInvariant() : verb;
            what = item.Take("COLUMN") ? "COLUMN" : item.Take("CONSTRAINT") ? "CONSTRAINT" : isNew ? "" : what;
            foreach (var operation in verb switch
            {
                "ADD" => Add(item, what == "CONSTRAINT", isUnchecked),
                "DROP" => One(Drop(item, what)),
                "ALTER" when what != "CONSTRAINT" => One(Alter(item)),
                "MODIFY" => One(Modify(item, null)),
                "CHANGE" => One(Modify(item, item.Name())),
                "RENAME" => One(Rename(item, what)),
                "VALIDATE" => One(item.Name() is { } name ? new ValidateConstraint(name, table, schema) : null),
                _ => [],
            })
            {
                yield return operation;
            }
        }
    }

    /// <summary>Reads the columns of an index, in their parentheses.</summary>
    public static TableIndex Index(string? name, SqlCursor cursor, bool isUnique) => new(
        name, [.. (cursor.Inside()?.Items() ?? []).Select(Element)], isUnique);

    /// <summary>Takes the kind of an index that other databases write as its method; null if none comes next.</summary>
    public static string? IndexKind(SqlCursor cursor) =>
        cursor.Take("FULLTEXT") ? "fulltext" : cursor.Take("SPATIAL") ? "spatial" : null;

    private static IEnumerable<Operation> One(Operation? operation) => operation is null ? [] : [operation];

    private static IndexElement Element(SqlCursor item)
    {
        var text = item.Text;
        return item.Name() is { } column && item.IsEnd ? column : Sql.Text(text);
    }

    private IEnumerable<Operation> Add(SqlCursor item, bool isConstraint, bool isUnchecked)
    {
        // Not every database needs a name for a constraint.
        var name = isConstraint && !IsConstraint(item) ? item.Name() : null;
        if (item.Is("PARTITION") || item.Is("PERIOD"))
            return [];
        var kind = IndexKind(item);
        if (item.Take("INDEX") || item.Take("KEY") || kind is not null)
        {
            item.Take("INDEX");
            item.Take("KEY");
            return [new CreateIndex(table, Index(item.Name(), item, isUnique: false) with { Method = kind }, schema)];
        }
        if (IsConstraint(item))
            return One(Constraint(item, name, isUnchecked) is { } constraint ? new CreateConstraint(table, constraint, schema) : null);
        item.Take("IF NOT EXISTS");
        return (item.Inside() is { } several ? several.Items() : [item])
            .Select(column => SqlColumn.Of(column, dialect)).OfType<Column>().Select(column => new AddColumn(table, column, schema));
    }

    private static bool IsConstraint(SqlCursor item) =>
        item.Is("PRIMARY") || item.Is("UNIQUE") || item.Is("FOREIGN") || item.Is("CHECK") || item.Is("EXCLUDE");

    private static Constraint? Constraint(SqlCursor item, string? name, bool isUnchecked)
    {
        if (item.Take("CHECK"))
        {
            var condition = item.Inside()?.Text ?? "";
            return new CheckConstraint(condition, name, isUnchecked || Has(item, "NOT VALID"), notEnforced: Has(item, "NOT ENFORCED"));
        }
        if (item.Take("FOREIGN KEY"))
            return ForeignKey(item, name, isUnchecked);
        var isPrimary = item.Take("PRIMARY KEY");
        if (!isPrimary && !item.Take("UNIQUE"))
            return null;
        item.Take("INDEX");
        item.Take("KEY");
        // USING INDEX takes an existing index.
        if (item.Is("USING"))
            return null;
        item.Take("CLUSTERED");
        item.Take("NONCLUSTERED");
        name = item.Name() ?? name;
        var columns = item.Names();
        return isPrimary ? new PrimaryKeyConstraint(columns, name) : new UniqueConstraint(columns, name);
    }

    private static ForeignKeyConstraint? ForeignKey(SqlCursor item, string? name, bool isUnchecked)
    {
        name = item.Name() ?? name;
        var columns = item.Names();
        if (!item.Take("REFERENCES") || item.QualifiedName() is not var (schema, referent))
            return null;
        var targets = item.Names();
        var (rest, onDelete, onUpdate) = (new SqlCursor(item.Rest, item.Dialect), (string?)null, (string?)null);
        while (!rest.IsEnd)
        {
            if (rest.Take("ON DELETE"))
                onDelete = Action(rest);
            else if (rest.Take("ON UPDATE"))
                onUpdate = Action(rest);
            else
                rest.Next();
        }
        return new(
            columns, [.. (targets.Count == 0 ? columns : targets).Select(c => ForeignKeyConstraint.TargetOf(schema, referent, c))], name,
            onDelete, onUpdate, notValid: isUnchecked || Has(item, "NOT VALID"), notEnforced: Has(item, "NOT ENFORCED"));
    }

    private static string Action(SqlCursor cursor) =>
        cursor.Until(t => !Actions.Contains(t.ToString())).Text.ToUpperInvariant();

    private static bool Has(SqlCursor item, string words)
    {
        for (var cursor = new SqlCursor(item.Rest, item.Dialect); !cursor.IsEnd; cursor.Next())
        {
            if (cursor.Take(words))
                return true;
        }
        return false;
    }

    private Operation? Drop(SqlCursor item, string what)
    {
        if (what.Length == 0 && item.IsAny(NoColumns))
            return null;
        item.Take("IF EXISTS");
        // SQL Server's DROP without a kind drops a constraint.
        return item.Name() is not { } name ? null
            : what == "CONSTRAINT" || (what.Length == 0 && dialect.HasBatches) ? new DropConstraint(name, table, null, schema)
            : new DropColumn(table, name, schema);
    }

    private AlterColumn? Alter(SqlCursor item)
    {
        if (item.Is("INDEX") || item.Name() is not { } column)
            return null;
        var alter = new AlterColumn(table, column, schema);
        if (item.Take("SET NOT NULL"))
            return alter with { Nullable = false };
        if (item.Take("SET DATA TYPE") || item.Take("TYPE"))
        {
            var type = SqlColumn.Type(item, dialect);
            item.Until(t => t.Is("USING"));
            return alter with { Type = type, PostgresqlUsing = item.Take("USING") ? item.Text : null };
        }
        return item.IsEnd || item.Is("SET") || item.Is("DROP") || item.Is("ADD") || item.Is("RESET") || item.Is("RESTART") ? null
            : Changed(alter, item);
    }

    private AlterColumn? Modify(SqlCursor item, string? old)
    {
        item.Take("IF EXISTS");
        if (item.Name() is not { } column)
            return null;
        var alter = Changed(new AlterColumn(table, old ?? column, schema), item);
        return old is null || old == column ? alter : alter with { NewName = column };
    }

    private AlterColumn Changed(AlterColumn alter, SqlCursor item)
    {
        var type = SqlColumn.Type(item, dialect);
        return alter with { Type = type, Nullable = Has(item, "NOT NULL") ? false : null };
    }

    private Operation? Rename(SqlCursor item, string what)
    {
        if (what == "CONSTRAINT" || item.Is("INDEX") || item.Is("KEY"))
            return null;
        if (what.Length == 0 && (item.Take("TO") || item.Take("AS")))
            return item.QualifiedName() is { } to ? new RenameTable(table, to.Name, schema) : null;
        return item.Name() is { } column && item.Take("TO") && item.Name() is { } name
            ? new AlterColumn(table, column, schema) { NewName = name }
            : null;
    }
}
