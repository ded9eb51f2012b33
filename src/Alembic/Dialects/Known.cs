using Alembic.Dialects.MySql;
using Alembic.Dialects.PostgreSql;
using Alembic.Dialects.Sqlite;
using Alembic.Dialects.SqlServer;
using Alembic.Operations;

namespace Alembic.Dialects;

/// <summary>The dialects there are: the list.</summary>
public static class Known
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Dialect> Dialects { get; } =
        [new SqliteDialect(), new PostgreSqlDialect(), new MySqlDialect(), new MySqlDialect(isMariaDb: true), new SqlServerDialect()];

    /// <summary>The dialect of a name.</summary>
    /// <param name="name">For example "sqlite".</param>
    /// <returns>The dialect, or null if there is none of that name.</returns>
    public static Dialect? Find(string name) => Dialects.FirstOrDefault(d => d.Name == name);
}
