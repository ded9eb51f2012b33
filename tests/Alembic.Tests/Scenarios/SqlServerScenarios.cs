using Alembic.Databases.SqlServer;
using Alembic.Migrations;
using Alembic.Operations;
using Alembic.Schema;
using Alembic.SqlServer;
using Alembic.Tests.Databases.SqlServer;

namespace Alembic.Tests.Scenarios;

/// <summary>On the SQL Server that a variable names; without one, <see cref="SqlServerTextTests"/> has the scripts parsed.</summary>
[TestClass]
[TestCategory(SqlServerServer.Category)]
public sealed class SqlServerScenarios : DatabaseScenarios
{
    private string? _database;

    // One database for each test, emptied before each part.
    private string Own => _database ??= SqlServerServer.NewDatabase(SqlServerServer.Exact);

    /// <summary>What is done with each scenario in place of playing it on the server.</summary>
    internal Action<Scenario, Answer>? InPlaceOfServer { get; init; }

    [TestCleanup]
    public void Drop()
    {
        if (_database is not null)
            SqlServerServer.Drop(_database);
    }

    private protected override void Play(Scenario scenario, Answer answer) => (InPlaceOfServer ?? base.Play)(scenario, answer);

    private protected override Dialect Dialect { get; } = new SqlServerDialect();

    private protected override string OtherSchema => Names.Hostile;

    private protected override Database Empty(string? schema)
    {
        var create = schema is null ? [] : new[] { $"CREATE SCHEMA {Dialect.Quote(schema)}" };
        SqlServerServer.Execute(Own, [SqlServerServer.Emptying, .. create]);
        return new SqlServerDatabase(Own);
    }

    private protected override (int Code, string Errors) Run(string script, bool stops = true) =>
        SqlServerServer.Run(Own, SqlServerServer.Batches(script), stops);

    private protected override IEnumerable<string> Definitions(OnlineSession session, IEnumerable<Table> tables) =>
        session.Query(new Statement(SqlServerServer.Definitions)).Select(row => (string)row["text"]!);

    private protected override string Surroundings => SqlServerServer.Surroundings;

    private protected override IReadOnlyList<string> Unconditional => ["SET NOCOUNT ON", "USE master", "SELECT 1 AS one INTO #t"];

    private protected override bool IsNoName(string name) => SqlServerDialect.EndOfBatch().IsMatch(name);

    // A time is one of a day.
    private protected override (TimeSpan, TimeSpan) Spans => (new(1, 2, 3), new(23, 59, 59));

    private static Answer RefusedByServer(string error) => new() { Error = error, ClientError = error };

    private static Answer CascadesTwice(string key, string table) => RefusedByServer(
        $"Introducing FOREIGN KEY constraint '{key}' on table '{table}' may cause cycles or multiple cascade paths");

    private protected override string Longest(string name) => AsLongAsCanBe(name);

    internal static string AsLongAsCanBe(string name) => name + new string('表', 128 - name.Length);

    private protected override string? TooLong(string name) => $"The name '{name}' is {name.Length} characters long; SQL Server allows 128";

    private protected override string CollationName => "Latin1_General_CS_AS";

    private protected override SqlType SpanType => SqlServerType.Time();

    private protected override IEnumerable<SqlType> OwnTypes => MembersOf(typeof(SqlServerType));

    private protected override Answer TypeAltered => Answer.AsStated;

    private protected override Answer NullabilityAltered => Answer.AsStated;

    private protected override Answer DefaultAltered => Answer.Reads(
        "- account.age Integer",
        "- account.name String(20) not null default 'it's' -- who's",
        "+ account.age Integer default (3)*(4)",
        "+ account.name String(20) not null -- who's");

    private protected override Answer ColumnRenamed => Answer.AsStated;

    private protected override Answer CommentAltered => Answer.AsStated;

    private protected override Answer AutoincrementAltered =>
        Answer.Refuses("Column 'account.id': SQL Server cannot make an existing column an identity");

    private protected override Answer AllAltered => Answer.AsStated;

    private protected override Answer ValuesConverted =>
        RefusedByServer("Conversion failed when converting the varchar value 'x' to data type int");

    private protected override Answer ColumnAdded => Answer.AsStated;

    private protected override Answer ColumnAddedWithKeys => CascadesTwice("fk", "account");

    private protected override Answer ColumnAddedIfNotExists => Answer.AsStated;

    private protected override Answer ColumnAddedWithoutValue =>
        RefusedByServer("ALTER TABLE only allows columns to be added that can contain nulls");

    private protected override Answer ColumnDropped => Answer.AsStated;

    private protected override Answer ColumnComputed => Answer.Reads(
        "+ item.next Integer stored line+(1)", "+ sum", "+ sum.a Integer", "+ sum.twice Integer stored a*(2)");

    private protected override Answer ColumnComputedWhenRead => Answer.Reads("+ item.next Integer virtual line+(1)");

    private protected override Answer ColumnNumbered => Answer.AsStated;

    private protected override Answer ColumnCollated => Answer.AsStated;

    private protected override Answer PrimaryKeyCreated => Answer.AsStated;

    private protected override Answer UniqueCreated => Answer.AsStated;

    private protected override Answer CheckCreated => Answer.Reads("+ item check (line>(0)) ck");

    private protected override Answer CheckValidated => Answer.Refuses("Constraint 'ck': mssql has no NOT VALID");

    private protected override Answer ForeignKeyCreated => CascadesTwice("fk2", "item");

    private protected override Answer ForeignKeyDeferred => Answer.Refuses("Foreign key 'fk': SQL Server has no deferrable constraints");

    private protected override Answer ForeignKeyMatchesFully => Answer.Refuses("Foreign key 'fk': SQL Server has no MATCH FULL");

    private protected override Answer ConstraintDroppedIfExists => Answer.Reads("- account check (id>(0)) ck");

    private protected override Answer SqlExecuted => Answer.AsStated;

    private protected override Answer RowsInserted => Answer.AsStated;

    private protected override Answer RowsQueried =>
        Answer.AsStated with { ScriptError = "op.Query needs a database and cannot be used with --sql" };

    private protected override Answer OwnOperation => Answer.AsStated;

    private protected override Answer BatchDone => Answer.Reads(
        "- account.name String(20) not null",
        "- account.note Text",
        "- account.old Integer",
        "+ account check (age>(0)) ck",
        "+ account index ix (age)",
        "+ account unique (name) uq",
        "+ account.age Integer not null default 1",
        "+ account.name String(40)",
        "+ account.remark Text");

    private protected override Answer ValuesKept => new()
    {
        // The driver gives a day as a time, and a time with an offset as it was.
        Rows = ValueRows(ValueTexts.Replace("2026-02-28", "2026-02-28 00:00:00", StringComparison.Ordinal)
            .Replace("1.02:03:04|-02:03:04", "01:02:03|23:59:59", StringComparison.Ordinal)
            .Replace("2026-01-02 01:04:05|2026-01-02 03:04:05", "01/02/2026 03:04:05 +02:00|01/02/2026 03:04:05 +00:00",
                StringComparison.Ordinal)),
    };

    private protected override Answer IndexCreated => Answer.AsStated;

    private protected override Answer IndexRenamed => Answer.AsStated;

    private protected override Answer IndexCreatedIfNotExists => Answer.AsStated;

    private protected override Answer IndexPartial => Answer.Reads("+ account index ix (name) where id>(1)");

    private protected override Answer IndexPartialUnique => Answer.Reads("+ account unique index ix (name) where id>(1)");

    private protected override Answer IndexOfExpressions => Answer.Refuses("Index 'ix': SQL Server has no indexes on expressions");

    private protected override Answer IndexDescending => Answer.AsStated;

    private protected override Answer IndexIncludes => Answer.AsStated;

    private protected override Answer IndexMethod =>
        Answer.Refuses("Index 'ix': SQL Server has no method 'hash'; it has clustered and nonclustered");

    private protected override Answer IndexConcurrently => Answer.AsStated;

    private protected override Answer IndexConcurrentlyInTransaction => Answer.AsStated;

    private protected override Answer TableCreated => Answer.Reads(
        "+ item -- what they're \\ for; --",
        "+ item check (price>(0)) ck_item",
        "+ item foreign key (owner) -> account (id) on delete CASCADE fk_owner",
        "+ item index ix_item (price, code)",
        "+ item primary key (key)",
        "+ item unique (code)",
        "+ item unique (owner, price) uq_item",
        "+ item.code String(10) not null",
        "+ item.key Integer not null",
        "+ item.live Boolean default 1 -- it's \\ \"on\"",
        "+ item.owner Integer not null",
        "+ item.price Numeric(10, 2) default 1.5");

    private protected override Answer TableCreatedIfNotExists => Answer.AsStated;

    private protected override Answer TableDropped => Answer.AsStated;

    private protected override Answer TableRenamed => Answer.AsStated;

    private protected override Answer TableCommented => Answer.AsStated;

    private protected override Answer TypesCreated => Answer.Reads(
        "+ item", "+ item.c0 SmallInteger", "+ item.c1 Integer", "+ item.c10 Text", "+ item.c11 Unicode(8)", "+ item.c12 UnicodeText",
        "+ item.c13 LargeBinary()", "+ item.c14 LargeBinary(9)", "+ item.c15 Date", "+ item.c16 Time", "+ item.c17 Time",
        "+ item.c18 DateTime", "+ item.c19 DateTimeTz", "+ item.c2 BigInteger", "+ item.c20 DateTime", "+ item.c21 UnicodeText",
        "+ item.c22 Uuid", "+ item.c3 Boolean", "+ item.c4 Float", "+ item.c5 Float", "+ item.c6 Numeric(18, 0)",
        "+ item.c7 Numeric(5, 0)", "+ item.c8 Numeric(5, 2)", "+ item.c9 String(7)");

    private protected override Answer OwnTypesCreated => Answer.Reads(
        ["+ item", .. OwnTypes.Select((type, i) => $"+ item.c{i} {SchemaText.Type(SqlServerTypes.Read(Dialect.TypeName(type)))}")
            .Order(StringComparer.Ordinal)]);

    private protected override Answer EnumCreated => Answer.Reads(
        "- account.name String(20) not null", "+ account.name String(11) not null", "+ item",
        "+ item.m String(11) not null default 'it's \\ \"so\"'", "+ item.o String(11)");

    private protected override Answer BatchOfConstraints => Answer.AsStated;

    private protected override Answer BatchRecreated => Answer.AsStated;

    private protected override Answer BatchInPlace => Answer.AsStated;

    private protected override Answer BatchInPlaceImpossible => Answer.AsStated;

    private protected override Answer Backfilled =>
        Answer.AsStated with { ScriptError = "op.Backfill needs a database and cannot be used with --sql" };

    private protected override Answer ConnectionUsed =>
        Answer.AsStated with { ScriptError = "op.Connection needs a database and cannot be used with --sql" };

    private protected override Answer WhereItIsKnown => Answer.AsStated;

    private protected override Answer ConstraintDroppedByName => Answer.Reads("- account check (id>(0)) ck");

    private protected override Answer KeysDeferred => Answer.Refuses("Primary key 'pk': mssql has no deferrable keys");

    private protected override Answer UniqueWithNull => Answer.Refuses("Unique constraint 'uq': mssql has no NULLS NOT DISTINCT");

    private protected override Answer ExclusionCreated => Answer.Refuses("Exclusion constraint 'ex': mssql has no exclusion constraints");

    private protected override Answer IndexWithNull => Answer.Refuses("Index 'ux': mssql has no NULLS NOT DISTINCT");

    private protected override Answer IndexWithOptions => Answer.AsStated;

    private protected override Answer IndexDroppedByName => Answer.Refuses("SQL Server needs the table of the index 'ix' to drop it");

    private protected override Answer TableWithOptions => Answer.AsStated;

    private protected override Answer SchemasCreated => Answer.Writes(
        "CREATE SCHEMA space; GO IF SCHEMA_ID('space') IS NULL EXEC('CREATE SCHEMA space'); GO IF SCHEMA_ID('other') IS NULL "
            + "EXEC('CREATE SCHEMA other'); GO "
        + "CREATE TABLE space.item ( [key] INTEGER NULL ); GO DROP SCHEMA other; GO DROP SCHEMA IF EXISTS other; GO");

    private protected override Answer EnumTypesCreated => Answer.AsStated;

    private protected override Answer EnumTypesAltered => Answer.AsStated;
}
