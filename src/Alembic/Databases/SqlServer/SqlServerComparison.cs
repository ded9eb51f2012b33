using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Databases.SqlServer;

/// <summary>SQL Server gives a computed column the type of its expression, and a constraint's name is unique in its schema.</summary>
internal sealed class SqlServerComparison : ComparisonRules
{
    public override NameCase NameCase => NameCase.Ignored;

    public override AutoincrementKind Autoincrement => AutoincrementKind.Fixed;

    public override bool AltersIdentity => false;

    public override bool HasRestrict => false;

    public override bool HoldsNamesInExpressions => true;

    public override bool DeclaresComputedType => false;

    protected override IReadOnlyDictionary<string, string> TypeSynonyms { get; } =
        new Dictionary<string, string> { ["DOUBLE PRECISION"] = "FLOAT", ["ROWVERSION"] = "TIMESTAMP" };

    public override IReadOnlyList<Table> Modelled(IReadOnlyList<Table> model, IReadOnlyList<Table> database) =>
        SqlServerModel.Of(model, database);

    public override NameScope ScopeOf(SchemaItem item) => item is Constraint ? NameScope.Tables : NameScope.Table;

    public override string? Collation(string? name) => name?.ToUpperInvariant();
}
