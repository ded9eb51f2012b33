using Alembic.Tool.Tests.Commands;

namespace Alembic.Tool.Tests.Connections;

/// <summary>A project whose database is one of its own, for tests that do the same on each kind.</summary>
internal sealed class LiveProject : IDisposable
{
    private readonly Project? _sqlite;
    private readonly PostgreSqlProject? _postgreSql;
    private readonly MySqlProject? _mySql;

    public LiveProject(string dialect)
    {
        Dialect = dialect;
        switch (dialect)
        {
            case "sqlite":
                _sqlite = new Project();
                break;
            case "postgresql":
                _postgreSql = new PostgreSqlProject();
                break;
            default:
                _mySql = new MySqlProject(dialect);
                break;
        }
    }

    public static IEnumerable<object[]> Dialects => [["sqlite"], ["postgresql"], ["mariadb"], ["mysql"]];

    public string Dialect { get; }

    public Project Project => _sqlite ?? _postgreSql?.Project ?? _mySql!.Project;

    /// <summary>The database's URL, as the ini file has it.</summary>
    public string Url => File.ReadLines(Project.Path("alembic.ini"))
        .Single(line => line.StartsWith("sqlalchemy.url", StringComparison.Ordinal)).Split('=', 2)[1].Trim()
        .Replace("%(here)s", Project.Folder, StringComparison.Ordinal).Replace("%%", "%", StringComparison.Ordinal);

    /// <summary>The first value that a query gives.</summary>
    public string Row(string sql) => _sqlite?.Rows(sql)[0] ?? _postgreSql?.Row(sql) ?? _mySql!.Row(sql);

    public void Execute(string sql)
    {
        _sqlite?.Sql(sql);
        _postgreSql?.Execute(sql);
        _mySql?.Execute(sql);
    }

    /// <summary>The names of the tables in the database, in their order, between blanks.</summary>
    public string Tables() => string.Join(' ', Dialect switch
    {
        "sqlite" when !File.Exists(Project.Path("test.db")) => [],
        "sqlite" => Project.Rows("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"),
        "postgresql" => [Row("SELECT string_agg(tablename, ' ' ORDER BY tablename) FROM pg_tables WHERE schemaname = 'public'")],
        _ => [Row("SELECT group_concat(table_name ORDER BY table_name SEPARATOR ' ') FROM information_schema.tables "
            + "WHERE table_schema = DATABASE()")],
    });

    /// <summary>Whether the server has a database of that name.</summary>
    public bool Has(string database) => Dialect switch
    {
        "sqlite" => File.Exists(database),
        "postgresql" => Row($"SELECT count(*) FROM pg_database WHERE datname = '{database}'") != "0",
        _ => Row($"SELECT count(*) FROM information_schema.schemata WHERE schema_name = '{database}'") != "0",
    };

    public void Dispose()
    {
        _sqlite?.Dispose();
        _postgreSql?.Dispose();
        _mySql?.Dispose();
    }
}
