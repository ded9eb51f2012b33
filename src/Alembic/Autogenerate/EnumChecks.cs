using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Autogenerate;

/// <summary>The checks that columns of enums need if the database has no enums; a new column brings its own.</summary>
internal static class EnumChecks
{
    public static Table With(Table model, Table database, Dialect dialect) => dialect.HasEnums ? model : model with
    {
        Items =
        [
            .. model.Items,
            .. model.Columns.Where(c => c.Type is { Kind: SqlTypeKind.Enum, Check: true } && database.Columns.Any(d => d.Name == c.Name))
                .Select(c => new CheckConstraint(dialect.EnumCondition(c), c.Type.Name)),
        ],
    };
}
