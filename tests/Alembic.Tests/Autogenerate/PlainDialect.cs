using System.Data.Common;
using Alembic.Databases;
using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Tests.Autogenerate;

/// <summary>Standard SQL under any name.</summary>
internal sealed class PlainDialect(string name) : Dialect
{
    public static readonly PlainDialect Sqlite = new("sqlite");
    public static readonly PlainDialect PostgreSql = new("postgresql");
    public static readonly PlainDialect MySql = new("mysql");

    public override string Name => name;

    public override string ImplementationName => name;

    internal override ComparisonRules Comparison { get; } = Dialects.Find(name)!.Comparison;

    public override bool HasComments => name != "sqlite";

    public override bool HasTransactionalDdl => true;

    internal override string UtcNow => "CURRENT_TIMESTAMP";

    internal override ILookup<ColumnName, ColumnUser> UsersOf(IMigrationSession session, IReadOnlyList<ColumnName> columns) =>
        Enumerable.Empty<ColumnName>().ToLookup(c => c, _ => default(ColumnUser)!);

    internal override MetaData Inspect(IMigrationSession session, bool allSchemas) => new([]);

    internal override bool HasTable(IMigrationSession session, string? schema, string table) => false;

    internal override MigrationLock Lock(LockScope scope) => throw new NotSupportedException();

    internal override IReadOnlyList<UnmappedObject> UnmappedObjects(IMigrationSession session, MetaData inspected, bool allSchemas) => [];

    internal override SqlType ReadType(string text, IReadOnlyDictionary<string, SqlType> enums) => SqlType.Raw(text);

    internal override string? CurrentSchema(IMigrationSession session) => null;

    internal override string? EnsureSchemaText(string schema) => null;

    internal override IReadOnlyList<NameHolder> NameHolders(IMigrationSession session) => [];

    internal override string? WhyReadOnly(IMigrationSession session) => null;

    protected override IReadOnlySet<string> ReservedWords { get; } = new HashSet<string>();
}
