using Alembic.Autogenerate;
using Alembic.Migrations;
using Alembic.Operations;
using Alembic.Schema;
using Microsoft.Extensions.Logging;

namespace Alembic.Testing;

/// <summary>
/// What a database looked like at a moment: tables as records, the rest (views, triggers, …) as the operations that create it.
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
        // Of views and triggers a baseline has no operation everywhere: there it warns, by their names.
        _others =
        [
            .. operations.Where(o => o is not CreateTable).Select(new CodeWriter().Write),
            .. baseline.Log.Where(line => line.Level == LogLevel.Warning).Select(line => line.Message),
        ];
    }

    public static SchemaSnapshot Of(Migrator migrator) => new(migrator.Dialect, migrator.Baseline());

    /// <summary>How many rows each table has, a line each.</summary>
    public IEnumerable<string> CountRows(Migrator migrator) => _tables.Tables.Select(table =>
    {
        var rows = migrator.Session!.Query(new($"SELECT count(*) AS n FROM {_dialect.Quote(table.Schema, table.Name)}"));
        return $"{table.Name}: {Convert.ToInt64(rows[0]["n"], null)} rows";
    });

    /// <summary>What would make this schema the expected one, as directives.</summary>
    public IReadOnlyList<string> DifferencesTo(SchemaSnapshot expected) =>
    [
        .. Compare.Schemas(expected._tables, _tables, _dialect).UpgradeOperations.Select(new CodeWriter().Write),
        .. expected._others.Except(_others),
        .. _others.Except(expected._others).Select(other => $"without: {other}"),
    ];
}
