using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Tool.EntityFramework;

/// <summary>Translates columns of EF Core and its providers.</summary>
/// <param name="dialect">The database's dialect.</param>
/// <param name="provider">The database's provider.</param>
/// <param name="enums">The enum types of the model, by the names that columns use.</param>
internal sealed class EfColumns(Dialect dialect, EfProvider provider, IReadOnlyDictionary<string, SqlType> enums)
{
    public SqlType Type(EfOperation column) => column.Text("ColumnType") is { } text ? dialect.ReadType(text, enums)
        : throw new AlembicException($"EF Core gives the column '{column.Name}' no type");

    public Column Read(EfOperation column)
    {
        var expression = column.Text("ComputedColumnSql");
        var isBare = provider.ComputesWithoutType && expression is not null;
        return new(
            column.Name,
            isBare ? dialect.ReadType("", enums) : Type(column),
            nullable: isBare || column.Flag("IsNullable"),
            serverDefault: column.Default(dialect)
                ?? (provider.GeneratedDefault(column) is { } generated ? (ServerDefault)Sql.Text(generated) : null),
            autoincrement: provider.IsAutoincrement(column) ? true : null,
            comment: dialect.HasComments ? column.Text("Comment") : null,
            computed: expression is null ? null : new Computed(expression, column.FlagOrNull("IsStored") ?? provider.StoresComputed),
            identity: provider.Identity(column),
            collation: provider.Collation(column));
    }
}
