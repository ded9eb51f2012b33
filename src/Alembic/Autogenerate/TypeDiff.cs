using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Autogenerate;

internal static class TypeDiff
{
    public static ColumnChange? Of(ColumnPair column)
    {
        var dialect = column.Table.Dialect;
        if (!dialect.Comparison.DeclaresComputedType && column is { Model.Computed: not null, Database.Computed: not null })
            return null;
        var given = column.ToCompare();
        var model = dialect.StoredType(column.Model, column.Table.Model);
        column = column with { Model = column.Model with { Type = model } };
        TypeText Of(Column c) => TypeText.Of(c.Type, dialect);
        bool IsSame(Column a, Column b) => Of(a).IsSameAs(Of(b));
        var options = column.Table.Options;
        bool Agree() => column.Agree(dialect.Comparison.HasTypeArguments ? (a, b) => Of(a).Equals(Of(b)) : IsSame, IsSame);
        if (!options.CompareType || !(options.IsTypeChanged(given) ?? !Agree()))
            return null;
        var (from, to) = (dialect.TypeName(column.Database.Type), dialect.TypeName(model));
        return new("types", $"Detected type change from {from} to {to} on '{column.LogName}'",
            alter => alter with { Type = model });
    }
}
