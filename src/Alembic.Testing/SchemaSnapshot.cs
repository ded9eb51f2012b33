using Alembic.Autogenerate;
using Alembic.Migrations;
using Alembic.Operations;
using Alembic.Schema;
using Microsoft.Extensions.Logging;

namespace Alembic.Testing;

/// <summary>
/// The schema of a database at a moment: tables as records, other objects (views, triggers, …) as the operations that create them.
/// </summary>
internal sealed class SchemaSnapshot
{
    private readonly Dialect _dialect;
    private readonly MetaData _tables;
    private readonly IReadOnlyList<string> _others;

    private SchemaSnapshot(Dialect dialect, Comparison baseline)
    {
        _dialect = dialect;
        var operations = baseline.UpgradeOperations;
        _tables = new MetaData([.. operations.OfType<CreateTable>().Select(create => create.Table)]);
        // A baseline does not have operations for views and triggers on every database. It warns about them by name.
        _others =
        [
            .. operations.Where(o => o is not CreateTable).Select(new CodeWriter().Write),
            .. baseline.Log.Where(line => line.Level == LogLevel.Warning).Select(line => line.Message),
        ];
    }

    public static SchemaSnapshot Of(Migrator migrator) => new(migrator.Dialect, migrator.Baseline());

    /// <summary>Counts the rows of each table, one line each.</summary>
    public IEnumerable<string> CountRows(Migrator migrator) => _tables.Tables.Select(table =>
    {
        var rows = migrator.Session!.Query(new($"SELECT count(*) AS n FROM {_dialect.Quote(table.Schema, table.Name)}"));
        return $"{table.Name}: {Convert.ToInt64(rows[0]["n"], null)} rows";
    });

    /// <summary>Finds the operations, as directives, that would turn this schema into the expected one.</summary>
    public IReadOnlyList<string> DifferencesTo(SchemaSnapshot expected) =>
    [
        .. Compare.Schemas(expected._tables, _tables, _dialect).UpgradeOperations.Select(new CodeWriter().Write),
        .. expected._others.Except(_others),
        .. _others.Except(expected._others).Select(other => $"without: {other}"),
    ];
}
