using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Alembic.Databases.MySql;
using Alembic.Databases.PostgreSql;
using Alembic.Databases.Sqlite;
using Alembic.Databases.SqlServer;
using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Databases;

/// <summary>The list of the dialects.</summary>
public static class Dialects
{
    /// <summary>Gets all dialects.</summary>
    public static IReadOnlyList<Dialect> All { get; } =
        [new SqliteDialect(), new PostgreSqlDialect(), new MySqlDialect(), new MySqlDialect(isMariaDb: true), new SqlServerDialect()];

    /// <summary>Gets their names, for messages.</summary>
    internal static string Names => string.Join(", ", All.Select(d => d.Name));

    /// <summary>Gets the dialect of a name.</summary>
    /// <param name="name">For example "sqlite"; case does not matter.</param>
    /// <returns>The dialect, or null if there is none of that name.</returns>
    public static Dialect? Find(string name) => All.FirstOrDefault(d => d.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Gets the dialect of a name.</summary>
    /// <param name="name">For example "sqlite"; case does not matter.</param>
    /// <exception cref="AlembicException">There is no dialect of that name.</exception>
    public static Dialect Named(string name) => Find(name) ?? throw new UnknownDialectException(name);

    // A model may be the first part of this library that a program uses, and it already checks the names of its options.
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "It only says who is asked later; nothing is created while the library loads.")]
    internal static void Register() => OptionPrefixes.Known = static () => [.. All.Select(dialect => dialect.Name + "_")];
}

/// <summary>There is no dialect of a name.</summary>
internal sealed class UnknownDialectException(string name)
    : AlembicException($"the dialect '{name}' is not known; known are {Dialects.Names}");
