using System.Diagnostics;
using Alembic.Databases.Sqlite;
using Alembic.Operations;
using Alembic.Migrations;
using Alembic.Schema;
using Alembic.Sqlite;
using Microsoft.Data.Sqlite;

namespace Alembic.Tests.Scenarios;

[TestClass]
public sealed class SqliteScenarios : DatabaseScenarios, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("alembic-scenarios-");
    private int _files;

    private string File => Path.Combine(_folder.FullName, $"{_files}.db");

    private protected override Dialect Dialect { get; } = new SqliteDialect();

    // There are no schemas but databases, and this is the name of the one that is open.
    private protected override string OtherSchema => "main";

    private protected override bool HasConditions => false;

    private protected override Database? Replica(bool withTables) =>
        new SqliteDatabase($"Data Source={File};Pooling=False").Replica(withTables);

    private protected override Database Empty(string? schema)
    {
        _files++;
        return new TestDatabase(Dialect, Open, "sqlite://");
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        return connection;
    }

    private protected override (int Code, string Errors) Run(string script, bool stops = true)
    {
        string[] stopping = stops ? ["-bail"] : [];
        return Feed(new("sqlite3", [.. stopping, "-batch", File]), script);
    }

    private protected override IEnumerable<string> Definitions(OnlineSession session, IEnumerable<Table> tables) =>
        session.Query(
            new Statement("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND tbl_name NOT LIKE '%journal' ORDER BY type, name"))
        .Select(row => (string)row["sql"]!);

    private protected override string Surroundings =>
        "SELECT type || name FROM sqlite_schema WHERE type NOT IN ('table', 'index') UNION ALL SELECT name FROM pragma_database_list";

    private protected override string Longest(string name) => name + new string('表', 200);

    private protected override string? TooLong(string name) => null;

    public void Dispose() => _folder.Delete(recursive: true);

    private protected override string CollationName => "NOCASE";

    private protected override SqlType SpanType => SqlType.Interval;

    private protected override IEnumerable<SqlType> OwnTypes => [SqlType.Raw("ANY"), SqlType.Raw("INT")];

    private protected override ulong MostUnsigned => long.MaxValue;

    private protected override Answer TypeAltered => Answer.AsStated;

    private protected override Answer NullabilityAltered => Answer.AsStated;

    private protected override Answer DefaultAltered => Answer.AsStated;

    private protected override Answer ColumnRenamed => Answer.AsStated;

    private protected override Answer CommentAltered => Answer.AsStated;

    private protected override Answer AutoincrementAltered => Answer.AsStated;

    private protected override Answer AllAltered => Answer.AsStated;

    private protected override Answer ValuesConverted => Answer.AsStated with { Rows = "account: 1|ada|x; 2|bob|∅" };

    private protected override Answer ColumnAdded => Answer.Reads(
        "+ account.age Integer",
        "+ account.rank String(30) not null default 'it's \\ \"new\"; -- %s\n表'");

    private protected override Answer ColumnAddedWithKeys => Answer.AsStated;

    private protected override Answer ColumnAddedIfNotExists => Answer.AsStated;

    private protected override Answer ColumnAddedWithoutValue =>
        Answer.Refuses(
            "Cannot add the NOT NULL column 'due' without a server default to table 'account': it has 2 rows that would have no value in "
                + "it") with
        {
            ClientError = "NOT NULL constraint failed: _alembic_tmp_account.due",
        };

    private protected override Answer ColumnDropped => Answer.AsStated;

    private protected override Answer ColumnComputed => Answer.AsStated;

    private protected override Answer ColumnComputedWhenRead => Answer.AsStated;

    private protected override Answer ColumnNumbered =>
        new()
        {
            After = ["+ item", "+ item primary key (key)", "+ item.a Integer", "+ item.key Integer not null"],
            Rows = "account: 1|ada|x; 2|bob|∅\nitem: 1|4; 2|5"
        };

    private protected override Answer ColumnCollated => Answer.AsStated;

    private protected override Answer PrimaryKeyCreated => Answer.AsStated;

    private protected override Answer UniqueCreated => Answer.AsStated;

    private protected override Answer CheckCreated => Answer.AsStated;

    private protected override Answer CheckValidated =>
        Refused("Constraint 'ck': sqlite has no NOT VALID");

    private protected override Answer ForeignKeyCreated => Answer.AsStated;

    private protected override Answer ForeignKeyDeferred => Answer.AsStated;

    private protected override Answer ForeignKeyMatchesFully => Answer.AsStated;

    private protected override Answer ConstraintDroppedIfExists => Answer.AsStated;

    private protected override Answer SqlExecuted => Answer.AsStated;

    private protected override Answer RowsInserted => Answer.AsStated;

    private protected override Answer RowsQueried =>
        Answer.AsStated with { ScriptError = "op.Query needs a database and cannot be used with --sql" };

    private protected override Answer OwnOperation => Answer.AsStated;

    private protected override Answer BatchDone => Answer.AsStated;

    private protected override Answer ValuesKept => new()
    {
        Rows = ValueRows(ValueTexts.Replace("18446744073709551615|-12.500000", "9223372036854775807|-12.5", StringComparison.Ordinal)
            .Replace("2026-01-02 01:04:05", "2026-01-02 03:04:05+02:00", StringComparison.Ordinal)
            .Replace("aabbccddeeff", "AABBCCDDEEFF", StringComparison.Ordinal)),
    };

    private protected override Answer IndexCreated => Answer.AsStated;

    private protected override Answer IndexRenamed => Answer.AsStated;

    private protected override Answer IndexCreatedIfNotExists => Answer.AsStated;

    private protected override Answer IndexPartial => Answer.AsStated;

    private protected override Answer IndexPartialUnique => Answer.AsStated;

    private protected override Answer IndexOfExpressions => Answer.AsStated;

    private protected override Answer IndexDescending => Answer.AsStated;

    private protected override Answer IndexIncludes => Answer.Reads("+ account index ix (name)");

    private protected override Answer IndexMethod => Answer.Reads("+ account index ix (name)");

    private protected override Answer IndexConcurrently => Answer.AsStated;

    private protected override Answer IndexConcurrentlyInTransaction => Answer.AsStated;

    private protected override Answer TableCreated => Answer.Reads(
        "+ item",
        "+ item check (price > 0) ck_item",
        "+ item foreign key (owner) -> account (id) on delete CASCADE fk_owner",
        "+ item index ix_item (price, code)",
        "+ item primary key (key)",
        "+ item unique (code)",
        "+ item unique (owner, price) uq_item",
        "+ item.code String(10) not null",
        "+ item.key Integer not null",
        "+ item.live Boolean default 1",
        "+ item.owner Integer not null",
        "+ item.price Numeric(10, 2) default 1.5") with
    {
        Rows = "account: 1|ada|x; 2|bob|∅\nitem: 1|1|a|1.5|1; 2|2|b|1.5|1",
    };

    private protected override Answer TableCreatedIfNotExists => Answer.AsStated;

    private protected override Answer TableDropped => Answer.AsStated;

    private protected override Answer TableRenamed => Answer.AsStated;

    private protected override Answer TableCommented => Answer.AsStated;

    private protected override Answer TypesCreated => Answer.Reads(
        "+ item", "+ item.c0 SmallInteger", "+ item.c1 Integer", "+ item.c10 Text", "+ item.c11 String(8)", "+ item.c12 Text",
        "+ item.c13 LargeBinary()",
        "+ item.c14 LargeBinary()", "+ item.c15 Date", "+ item.c16 Time", "+ item.c17 Time", "+ item.c18 DateTime", "+ item.c19 DateTime",
        "+ item.c2 BigInteger",
        "+ item.c20 DateTime", "+ item.c21 Json", "+ item.c22 Raw(\"CHAR(32)\")", "+ item.c3 Boolean", "+ item.c4 Float",
        "+ item.c5 Double", "+ item.c6 Numeric()",
        "+ item.c7 Numeric(5)", "+ item.c8 Numeric(5, 2)", "+ item.c9 String(7)");

    private protected override Answer OwnTypesCreated => Answer.AsStated;

    private protected override Answer EnumCreated => Answer.AsStated with
    {
        After =
        [
            "- account.name String(20) not null", "+ account.name String(11) not null", "+ item",
            "+ item.m String(11) not null default 'it's \\ \"so\"'", "+ item.o String(11)",
        ],
    };

    private protected override Answer BatchOfConstraints => Answer.AsStated;

    private protected override Answer BatchRecreated => Answer.AsStated;

    private protected override Answer BatchInPlace => Answer.AsStated;

    private protected override Answer BatchInPlaceImpossible =>
        Refused("SQLite cannot do AlterColumn in place on table 'account', and the batch says Recreate.Never");

    private protected override Answer Backfilled =>
        Answer.AsStated with { ScriptError = "op.Backfill needs a database and cannot be used with --sql" };

    private protected override Answer ConnectionUsed =>
        Answer.AsStated with { ScriptError = "op.Connection needs a database and cannot be used with --sql" };

    private protected override Answer WhereItIsKnown => Answer.AsStated;

    private protected override Answer ConstraintDroppedByName => Answer.AsStated;

    private protected override Answer KeysDeferred => Refused("Primary key 'pk': sqlite has no deferrable keys");

    private protected override Answer UniqueWithNull => Refused("Unique constraint 'uq': sqlite has no NULLS NOT DISTINCT");

    private protected override Answer ExclusionCreated => Refused("Exclusion constraint 'ex': sqlite has no exclusion constraints");

    private protected override Answer IndexWithNull => Answer.Refuses("Index 'ux': sqlite has no NULLS NOT DISTINCT");

    private protected override Answer IndexWithOptions => Answer.AsStated;

    private protected override Answer IndexDroppedByName => Answer.AsStated;

    private protected override Answer TableWithOptions => Answer.Reads(
        "+ item", "+ item primary key (key)", "+ item sqlite_strict=True", "+ item sqlite_with_rowid=False", "+ item.key Integer not null",
        "+ item.note Text", "+ part",
        "+ part.key Integer not null");

    private protected override Answer SchemasCreated => Answer.Refuses("SQLite has no schemas: 'space'");

    private protected override Answer EnumTypesCreated => Answer.AsStated;

    private protected override Answer EnumTypesAltered => Answer.AsStated;

    private static Answer Refused(string error) => Answer.Refuses(error) with { ScriptError = error };
}
