using Alembic.Operations;

namespace Alembic.Databases.Sqlite;

/// <summary>SQLite has no ALTER INDEX: an index is dropped and created from its own text with another name.</summary>
internal static class SqliteIndexRename
{
    public static IEnumerable<Statement> Compile(SqliteDialect dialect, RenameIndex rename, IMigrationSession session)
    {
        var database = session.IsOffline ? session.Replica : session;
        if (database is null or { IsOffline: true })
        {
            throw new AlembicException(
                $"SQLite cannot rename the index '{rename.From}' in a script: its definition can only be read from the database")
            {
                Hint = "start the script at base, read the database with --from-database, or write op.DropIndex and op.CreateIndex",
            };
        }
        var found = database.Query(
            new Statement(
                $"SELECT sql, tbl_name FROM {dialect.Quote(rename.Schema, "sqlite_schema")} WHERE type = 'index' AND sql IS NOT NULL "
                    + "AND name = @name COLLATE NOCASE")
            {
                Parameters = Parameter.Of(("name", rename.From)),
            });
        if (found is not [var row])
            throw new AlembicException($"There is no index '{rename.From}'")
            {
                Hint = "the index of a key or a UNIQUE constraint has no name of its own on SQLite"
            };
        var columns = StoredTable.Read(dialect, database, rename.Schema, (string)row["tbl_name"]!).Statement.Columns.Select(c => c.Name);
        return
        [
            new($"DROP INDEX {dialect.Quote(rename.Schema, rename.From)}"),
            new(CreateIndexStatement.Parse((string)row["sql"]!).WithPlainStrings(columns)
                .Renamed(dialect.Quote(rename.Schema, rename.To)).Sql),
        ];
    }
}
