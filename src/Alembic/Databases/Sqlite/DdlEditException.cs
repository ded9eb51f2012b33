namespace Alembic.Databases.Sqlite;

/// <summary>A change that does not fit the table's definition; nothing has been written.</summary>
internal class DdlEditException(string table, string reason) : AlembicException($"Can't change table '{table}': {reason}")
{
    public string Table => table;
}
