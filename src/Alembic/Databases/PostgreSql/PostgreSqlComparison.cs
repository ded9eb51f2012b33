using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Databases.PostgreSql;

/// <summary>PostgreSQL rewrites every expression, and knows keys by the names of their indexes.</summary>
internal sealed class PostgreSqlComparison : ComparisonRules
{
    public override NameCase NameCase => NameCase.Matters;

    public override AutoincrementKind Autoincrement => AutoincrementKind.Sequence;

    public override bool MergesUniqueWithPrimaryKey => true;

    public override bool HasKeyOptions => true;

    protected override IReadOnlyDictionary<string, string> TypeSynonyms { get; } = new Dictionary<string, string>
    {
        ["INT2"] = "SMALLINT", ["INT4"] = "INTEGER", ["INT8"] = "BIGINT", ["FLOAT"] = "DOUBLE PRECISION", ["FLOAT8"] = "DOUBLE PRECISION",
        ["FLOAT4"] = "REAL",
        ["BPCHAR"] = "CHAR", ["TIMESTAMP WITHOUT TIME ZONE"] = "TIMESTAMP", ["TIMESTAMPTZ"] = "TIMESTAMP WITH TIME ZONE",
        ["TIME WITHOUT TIME ZONE"] = "TIME",
        ["TIMETZ"] = "TIME WITH TIME ZONE", ["SERIAL"] = "INTEGER", ["BIGSERIAL"] = "BIGINT", ["SMALLSERIAL"] = "SMALLINT",
        ["VARBIT"] = "BIT VARYING",
        ["SERIAL2"] = "SMALLINT", ["SERIAL4"] = "INTEGER", ["SERIAL8"] = "BIGINT",
    };

    public override NameScope ScopeOf(SchemaItem item) =>
        item is TableIndex or PrimaryKeyConstraint or UniqueConstraint or ExcludeConstraint ? NameScope.Tables : NameScope.Table;

    // The older JSON type has no comparison operator.
    public override bool IsComparedAsText(SqlType type) => type.Kind == SqlTypeKind.Json;

    public override bool ComparesLikeTypes => true;

    public override bool IsReadAsText(SqlType type) =>
        type.Kind is not (SqlTypeKind.SmallInteger or SqlTypeKind.Integer or SqlTypeKind.BigInteger
        or SqlTypeKind.Boolean or SqlTypeKind.String or SqlTypeKind.Text or SqlTypeKind.Numeric);

    // An array has any number of dimensions, and its elements have synonyms too.
    public override string TypeName(string name) =>
        name.EndsWith(']') ? base.TypeName(name[..name.IndexOf('[', StringComparison.Ordinal)].Trim()) + "[]" : base.TypeName(name);

    public override IEnumerable<(string? Schema, string Name)> Parents(Table table) => PostgreSqlOptions.Parents(table);

    public override string Simplified(string expression) => PostgreSqlCasts.Without(expression);
}
