using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Databases.Sqlite;

/// <summary>
/// Finds the constraint that a name means: the one with that name, or an unnamed one that would get it (<c>fk_address_user_id_user</c>).
/// SQLite allows several constraints of one name.
/// </summary>
internal static class ConstraintNames
{
    public static DdlConstraint? Find(CreateTableStatement table, DropConstraint drop)
    {
        var constraints = table.Constraints.Where(c => c is DdlKey or DdlForeignKey or DdlCheck or DdlNotNull).ToList();
        var named = constraints.FindAll(c => DdlName.Comparer.Equals(c.Name ?? "", drop.Name));
        var typed = named.FindAll(c => Constraint(c) is { } constraint && Matches(drop.Type, constraint));
        if (typed.Count > 1)
            throw new AlembicException(
                $"Table '{table.Name}' has {typed.Count} constraints '{drop.Name}', and which one is meant is unclear");
        return typed.Concat(named).FirstOrDefault()
            ?? constraints.Find(c => c.Name is null && Constraint(c) is { } constraint && Matches(drop.Type, constraint)
                && DdlName.Comparer.Equals(NamingConvention.NameOfUnnamed(constraint, new Table(drop.Table, [])), drop.Name));
    }

    private static bool Matches(ConstraintType? type, Constraint constraint) => type is null || type == DropConstraint.TypeOf(constraint);

    private static Constraint? Constraint(DdlConstraint constraint) => constraint switch
    {
        DdlPrimaryKey key => new PrimaryKeyConstraint(key.Columns),
        DdlUnique unique => new UniqueConstraint(unique.Columns),
        // The referenced columns do not affect the name.
        DdlForeignKey key => new ForeignKeyConstraint(key.Columns,
            [.. key.Columns.Select(c => ForeignKeyConstraint.TargetOf(null, key.ReferencedTable, c))]),
        DdlCheck check => new CheckConstraint(check.Expression.Trim()),
        _ => null,
    };
}
