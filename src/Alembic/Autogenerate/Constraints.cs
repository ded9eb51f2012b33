using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Autogenerate;

/// <summary>The operations that make and drop a constraint of a table that is there.</summary>
internal static class Constraints
{
    public static CreateConstraint Create(Constraint constraint, TablePair pair) => Create(constraint, pair.Model);

    // What has no name could not be dropped again, so it gets one. Comparisons match the unnamed by what they are.
    public static CreateConstraint Create(Constraint constraint, Table table) =>
        new(table.Name, constraint with { Name = constraint.Name ?? NamingConvention.NameOfUnnamed(constraint, table) }, table.Schema);

    public static DropConstraint Drop(Constraint constraint, TablePair pair) => Drop(constraint, pair.Database);

    public static DropConstraint Drop(Constraint constraint, Table table) =>
        new(constraint.Name ?? NamingConvention.NameOfUnnamed(constraint, table), table.Name, DropConstraint.TypeOf(constraint),
            table.Schema) { Definition = constraint };
}
