using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Autogenerate;

/// <summary>A constraint that the database has not checked on all rows, although the model says that all rows meet it.</summary>
internal static class Validation
{
    public static Difference Of(Constraint old, TablePair pair) => new(
        Phase.CreateForeignKey, "constraints", $"Detected constraint '{old.Name}' on table '{pair.LogName}' that is not validated",
        new ValidateConstraint(old.Name!, pair.Name, pair.Schema) { Definition = old },
        "This fails while rows do not meet the constraint: correct them first.");
}
