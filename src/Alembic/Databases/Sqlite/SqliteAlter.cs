using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Databases.Sqlite;

/// <summary>
/// Decides which changes of a table SQLite can make in place, and gathers the others into as few rebuilds as keep their order.
/// </summary>
internal static class SqliteAlter
{
    public static IEnumerable<Statement> Compile(SqliteDialect dialect, IReadOnlyList<Operation> operations, Recreate recreate,
        IMigrationSession session, Table? copyFrom = null)
    {
        // A script reads the tables that the script itself has created.
        session = Replica(dialect, operations, recreate, session, copyFrom) ?? session;
        // Lazily: each statement runs before the next step reads the database.
        List<Operation> pending = [];
        foreach (var operation in operations.SelectMany(RenameLast))
        {
            var inPlace = InPlace(operation)
                || (recreate != Recreate.Always && pending.Count == 0
                    && (session.IsOffline ? InPlaceByItself(operation) : InPlace(dialect, operation, session)));
            if (operation is AlterColumn { NewName: not null } or RenameTable || !inPlace)
            {
                if (!inPlace && session.IsOffline)
                    throw Offline(operation, dialect);
                if (!inPlace && recreate == Recreate.Never)
                    throw new AlembicException(
                        $"SQLite cannot do {operation.GetType().Name} in place on table '{SqliteRebuild.TableOf(operation).Table}', and "
                            + "the batch says Recreate.Never");
            }
            if (!inPlace)
            {
                pending.Add(operation);
                continue;
            }
            if (pending.Count > 0 && (operation is CreateIndex or DropIndex || Folds(dialect, operation, pending, session)))
            {
                pending.Add(operation);
                continue;
            }
            foreach (var statement in Rebuild(dialect, pending, session))
                yield return statement;
            pending.Clear();
            // Without its unique index, columns may no longer be a valid target of a foreign key.
            if (operation is DropIndex drop && !session.IsOffline && IsUnique(dialect, drop, session))
                dialect.BeforeUserSql(session);
            if (operation is DropColumn)
                session.BeforeLoss();
            foreach (var statement in operation is AlterColumn { NewName: not null } rename
                ? SqliteViews.Around(dialect, session, rename.Schema, [Rename(dialect, rename)]) : Statements(dialect, operation))
                yield return statement;
        }
        foreach (var statement in Rebuild(dialect, pending, session))
            yield return statement;
    }

    /// <summary>Tells whether an operation copies its table, whatever the database contains.</summary>
    public static bool Rebuilds(Operation operation) => !RenameLast(operation).All(o => InPlace(o) || InPlaceByItself(o));

    private static IMigrationSession? Replica(
        SqliteDialect dialect, IReadOnlyList<Operation> operations, Recreate recreate, IMigrationSession session, Table? copyFrom)
    {
        if (recreate != Recreate.Always
            && operations.SelectMany(RenameLast).All(o => InPlace(o) || (o is not DropColumn && InPlaceByItself(o))))
            return null;
        if (operations.Count == 0 || session.Replica is not { } replica)
            return null;
        // If nothing is known of the table, the script uses the statement in place that may work.
        if (replica.IsOffline && recreate != Recreate.Always
            && operations.SelectMany(RenameLast).All(o => InPlace(o) || InPlaceByItself(o)))
            return null;
        var (schema, table) = SqliteRebuild.TableOf(operations[0]);
        if (dialect.HasTable(replica, schema, table))
            return replica;
        foreach (var statement in copyFrom is null ? [] : new CreateTable(copyFrom).Statements(dialect))
            replica.Query(statement);
        return copyFrom is null ? null : replica;
    }

    private static IEnumerable<Statement> Rebuild(SqliteDialect dialect, List<Operation> pending, IMigrationSession session) =>
        pending.Count == 0 ? [] : Told(session, pending, new SqliteRebuild(dialect, session, pending).Statements());

    private static IEnumerable<Statement> Told(IMigrationSession session, List<Operation> pending, IEnumerable<Statement> statements)
    {
        var (schema, table) = SqliteRebuild.TableOf(pending[0]);
        session.BeforeRebuild(schema, table);
        return statements;
    }

    private static IEnumerable<Statement> Statements(SqliteDialect dialect, Operation operation) => operation switch
    {
        AlterColumn => [],
        // A foreign key on a new column needs no rebuild.
        AddColumn add =>
        [
            new Statement(
                $"ALTER TABLE {dialect.Quote(add.Schema, add.Table)} ADD COLUMN "
                    + $"{dialect.ColumnDefinition(add.Column)}{dialect.InlineReferences(add.Column)}"),
            .. add.Indexes.SelectMany(index => new CreateIndex(add.Table, index, add.Schema).Statements(dialect)),
        ],
        _ => operation.Statements(dialect).Select(s => s with { ReadsStoredTexts = operation is DropColumn }),
    };

    // SQLite always does a rename itself: it follows the name into views, triggers and other tables.
    public static Statement Rename(SqliteDialect dialect, AlterColumn rename) =>
        new($"ALTER TABLE {dialect.Quote(rename.Schema, rename.Table)} RENAME COLUMN {dialect.Quote(rename.Column)} TO "
            + $"{dialect.Quote(rename.NewName!)}");

    private static IEnumerable<Operation> RenameLast(Operation operation)
    {
        if (operation is not AlterColumn { NewName: { } name } alter)
            return [operation];
        var rest = alter with { NewName = null };
        return HasEffect(rest) ? [rest, new AlterColumn(alter.Table, alter.Column, alter.Schema) { NewName = name }] : [alter];
    }

    // A rebuild can do its renames first if the column exists from the beginning and its new name is free by then.
    private static bool Folds(SqliteDialect dialect, Operation operation, List<Operation> pending, IMigrationSession session)
    {
        if (operation is not AlterColumn { NewName: { } name } rename)
            return false;
        var names = StoredTable.Read(dialect, session, rename.Schema, rename.Table).Statement.Columns.Select(c => c.Name)
            .ToHashSet(DdlName.Comparer);
        foreach (var earlier in pending.OfType<AlterColumn>().Where(o => o.NewName is not null))
        {
            names.Remove(earlier.Column);
            names.Add(earlier.NewName!);
        }
        return names.Contains(rename.Column) && (!names.Contains(name) || DdlName.Comparer.Equals(rename.Column, name))
            && !pending.OfType<DropColumn>().Any(o => DdlName.Comparer.Equals(o.Column, rename.Column));
    }

    private static bool IsUnique(SqliteDialect dialect, DropIndex drop, IMigrationSession session) => session.Query(
        new Statement(
            $"SELECT sql FROM {dialect.Quote(drop.Schema, "sqlite_schema")} WHERE type = 'index' AND sql IS NOT NULL AND name = @name "
                + "COLLATE NOCASE") { Parameters = Parameter.Of(("name", drop.Name)) })
        is [var row] && CreateIndexStatement.Parse((string)row["sql"]!).Unique;

    private static bool HasEffect(AlterColumn alter) =>
        alter.Nullable is not null || alter.Type is not null || alter.ServerDefault is not null || alter.Autoincrement is not null
        || alter.Collation is not null || alter.SqliteUsing is not null;

    private static bool InPlace(Operation operation) =>
        operation is AlterColumn { NewName: not null } or CreateIndex or DropIndex || (operation is AlterColumn alter && !HasEffect(alter));

    private static bool InPlaceByItself(Operation operation) => operation switch
    {
        AddColumn { Column: { PrimaryKey: false, Unique: false } column, IfNotExists: false } => column.Computed?.Persisted != true
            && (column.Nullable || column.ServerDefault is not null)
            && (column.ServerDefault is null || (column.ForeignKey is null && IsConstant(column.ServerDefault))),
        DropColumn { IfExists: false } => true,
        _ => false,
    };

    private static bool IsConstant(ServerDefault value) =>
        value.Kind != ServerDefaultKind.Sql
        || (SqliteDialect.IsSimple(value.Value) && !value.Value.StartsWith("CURRENT_", StringComparison.OrdinalIgnoreCase)
            && !value.Value.StartsWith('('));

    private static bool InPlace(SqliteDialect dialect, Operation operation, IMigrationSession session)
    {
        if (!InPlaceByItself(operation))
            return false;
        if (operation is not DropColumn drop)
            return true;
        var stored = StoredTable.Read(dialect, session, drop.Schema, drop.Table);
        var column = stored.Statement.FindColumn(drop.Column);
        return column is not null
            && !column.Constraints.Any(c => c is DdlKey or DdlForeignKey)
            && stored.Statement.ConstraintsUsing(drop.Column).Count == 0
            && !stored.Indexes.Any(i => DdlIdentifiers.In(i.Sql).Contains(drop.Column))
            && stored.TriggersUsing(drop.Column).Count == 0
            && stored.Views.Count == 0
            && !stored.HasTriggersElsewhere;
    }

    private static AlembicException Offline(Operation operation, SqliteDialect dialect) => new(
        $"This operation cannot proceed in --sql mode; {operation.GetType().Name} with dialect {dialect.Name} rebuilds the table "
        + $"\"{SqliteRebuild.TableOf(operation).Table}\", which requires a live database connection to read what it looks like.")
    {
        Hint =
            "start the script at base, describe the table with copyFrom:, read it from a database that is where the script "
                + "starts with --from-database, "
            + "or run the migration on the database",
    };
}
