using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Autogenerate;

/// <summary>The operations that create and drop a constraint of an existing table.</summary>
internal static class Constraints
{
    public static CreateConstraint Create(Constraint constraint, TablePair pair) => Create(constraint, pair.Model);

    // An unnamed constraint could not be dropped again, so it gets a name. Comparisons match unnamed ones by their content.
    public static CreateConstraint Create(Constraint constraint, Table table) =>
        new(table.Name, constraint with { Name = constraint.Name ?? NamingConvention.NameOfUnnamed(constraint, table) }, table.Schema);

    public static DropConstraint Drop(Constraint constraint, TablePair pair) => Drop(constraint, pair.Database);

    public static DropConstraint Drop(Constraint constraint, Table table) =>
        new(constraint.Name ?? NamingConvention.NameOfUnnamed(constraint, table), table.Name, DropConstraint.TypeOf(constraint),
            table.Schema) { Definition = constraint };
}
