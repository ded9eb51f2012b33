using System.Diagnostics;
using System.Text;
using Alembic.Databases.PostgreSql;
using Alembic.Operations;
using Alembic.Migrations;
using Alembic.Schema;
using Alembic.Tests.Databases.PostgreSql;
using Npgsql;

namespace Alembic.Tests.Scenarios;

[TestClass]
public class PostgreSqlScenarios : DatabaseScenarios
{
    private OnlineSession? _shared;

    // One database for all, emptied before each: to make another takes longer than most scenarios do.
    private string Url => PostgreSqlServer.Of(Version).Shared;

    private protected virtual int Version => 15;

    private protected override Dialect Dialect => PostgreSqlDatabase.Dialect;

    private protected override string OtherSchema => Names.Hostile;

    private protected override Database Empty(string? schema)
    {
        using var session = new OnlineSession(PostgreSqlDatabase.At(Url),
            Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        var other = Dialect.Quote(OtherSchema);
        session.Execute(
            new Statement(
                $"SET client_min_messages = warning; DROP SCHEMA IF EXISTS {other} CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA "
                    + $"public; CREATE SCHEMA {other}"));
        return PostgreSqlDatabase.At(Url);
    }

    private protected override OnlineSession Shared => _shared ??= new OnlineSession(PostgreSqlDatabase.At(Url),
        Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);

    [TestCleanup]
    public void Close() => _shared?.Dispose();

    private protected override (int Code, string Errors) Run(string script, bool stops = true)
    {
        var settings = new NpgsqlConnectionStringBuilder(PostgreSqlServer.ConnectionString(Url));
        string[] stopping = stops ? ["-v", "ON_ERROR_STOP=1"] : [];
        return Feed(new(PostgreSqlServer.Program("psql"), ["-X", "-q", .. stopping, "-h", settings.Host!, "-p", $"{settings.Port}",
            "-U", settings.Username!, "-d", settings.Database!])
        {
            Environment = { ["PGPASSWORD"] = settings.Password ?? "", ["PGCLIENTENCODING"] = "UTF8" },
        }, script);
    }

    private protected override IEnumerable<string> Definitions(OnlineSession session, IEnumerable<Table> tables) =>
        session.Query(new Statement(
        """
        SELECT c.relkind::text || ' ' || c.relname || ' ' || coalesce(pg_get_indexdef(i.indexrelid), '') AS text
        FROM pg_class c LEFT JOIN pg_index i ON i.indexrelid = c.oid
        WHERE c.relnamespace::regnamespace::text !~ '^(pg_|information_schema)' AND c.relname !~ '_journal'
        UNION ALL
        SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
        WHERE conrelid <> 0 AND connamespace::regnamespace::text !~ '^(pg_|information_schema)' AND conname !~ '_journal'
        ORDER BY 1
        """)).Select(row => (string)row["text"]!);

    private protected override string Surroundings =>
        """
        SELECT 'role ' || rolname FROM pg_roles
        UNION ALL SELECT 'schema ' || nspname FROM pg_namespace WHERE nspname !~ '^pg_(toast_)?temp'
        UNION ALL SELECT 'routine ' || proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace
        UNION ALL SELECT 'trigger ' || tgname FROM pg_trigger WHERE NOT tgisinternal
        UNION ALL SELECT 'relation ' || relkind::text || relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind NOT IN ('r', 'i', 'S')
        """;

    private protected override string Longest(string name)
    {
        var room = 63 - Encoding.UTF8.GetByteCount(name);
        return name + new string('é', room / 2) + new string('x', room % 2);
    }

    private protected override string? TooLong(string name) =>
        $"The name '{name}' is {Encoding.UTF8.GetByteCount(name)} bytes long; PostgreSQL allows 63";

    private const string Nulls = "column \"due\" of relation \"account\" contains null values";

    private protected override string CollationName => "C";

    private protected override SqlType SpanType => SqlType.Interval;

    // All but those of extensions and the other name of DateTimeTz.
    private protected override IEnumerable<SqlType> OwnTypes =>
        MembersOf(typeof(PostgreSqlType)).Except([PostgreSqlType.HStore, PostgreSqlType.CiText, PostgreSqlType.TimestampTz]);

    private protected override Answer TypeAltered => Answer.AsStated;

    private protected override Answer NullabilityAltered => Answer.AsStated;

    private protected override Answer DefaultAltered => Answer.AsStated;

    private protected override Answer ColumnRenamed => Answer.AsStated;

    private protected override Answer CommentAltered => Answer.AsStated;

    private protected override Answer AutoincrementAltered =>
        Answer.Reads("- account.id Integer not null not numbered", "+ account.id Integer not null");

    private protected override Answer AllAltered => Answer.AsStated;

    private protected override Answer ValuesConverted => Answer.AsStated;

    private protected override Answer ColumnAdded => Answer.AsStated;

    private protected override Answer ColumnAddedWithKeys => Answer.AsStated;

    private protected override Answer ColumnAddedIfNotExists => Answer.AsStated;

    private protected override Answer ColumnAddedWithoutValue => new() { Error = Nulls, ClientError = Nulls };

    private protected override Answer ColumnDropped => Answer.AsStated;

    private protected override Answer ColumnComputed => Answer.AsStated;

    private protected override Answer ColumnComputedWhenRead =>
        new()
        {
            Error = "PostgreSQL before version 18 has no virtual computed columns: column 'next'",
            ClientError = "syntax error at or near \"VIRTUAL\""
        };

    private protected override Answer ColumnNumbered => Answer.AsStated;

    private protected override Answer ColumnCollated => Answer.AsStated;

    private protected override Answer PrimaryKeyCreated => Answer.AsStated;

    private protected override Answer UniqueCreated => Answer.AsStated;

    private protected override Answer CheckCreated => Answer.AsStated;

    private protected override Answer CheckValidated => Answer.AsStated;

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

    private protected override Answer ValuesKept => Answer.AsStated;

    private protected override Answer IndexCreated => Answer.AsStated;

    private protected override Answer IndexRenamed => Answer.AsStated;

    private protected override Answer IndexCreatedIfNotExists => Answer.AsStated;

    private protected override Answer IndexPartial => Answer.AsStated;

    private protected override Answer IndexPartialUnique => Answer.AsStated;

    private protected override Answer IndexOfExpressions => Answer.Reads("+ account index ix (lower(name::text), id DESC)");

    private protected override Answer IndexDescending => Answer.AsStated;

    private protected override Answer IndexIncludes => Answer.AsStated;

    private protected override Answer IndexMethod => Answer.AsStated;

    private protected override Answer IndexConcurrently => Answer.AsStated;

    private protected override Answer IndexConcurrentlyInTransaction =>
        new()
        {
            Error = "PostgreSQL cannot create or drop an index concurrently inside a transaction",
            ClientError = "CREATE INDEX CONCURRENTLY cannot run inside a transaction block"
        };

    private protected override Answer TableCreated => Answer.Reads(
        "+ item -- what they're \\ for; --",
        "+ item check (price > (0)::numeric) ck_item",
        "+ item foreign key (owner) -> account (id) on delete CASCADE fk_owner",
        "+ item index ix_item (price, code)",
        "+ item primary key (key)",
        "+ item unique (code)",
        "+ item unique (owner, price) uq_item",
        "+ item.code String(10) not null",
        "+ item.key Integer not null",
        "+ item.live Boolean default true -- it's \\ \"on\"",
        "+ item.owner Integer not null",
        "+ item.price Numeric(10, 2) default 1.5");

    private protected override Answer TableCreatedIfNotExists => Answer.AsStated;

    private protected override Answer TableDropped => Answer.AsStated;

    private protected override Answer TableRenamed => Answer.AsStated;

    private protected override Answer TableCommented => Answer.AsStated;

    private protected override Answer TypesCreated => Answer.Reads(
        "+ item", "+ item.c0 SmallInteger", "+ item.c1 Integer", "+ item.c10 Text", "+ item.c11 String(8)", "+ item.c12 Text",
        "+ item.c13 LargeBinary()",
        "+ item.c14 LargeBinary()", "+ item.c15 Date", "+ item.c16 Time", "+ item.c17 TimeTz", "+ item.c18 DateTime",
        "+ item.c19 DateTimeTz", "+ item.c2 BigInteger",
        "+ item.c20 Interval", "+ item.c21 Json", "+ item.c22 Uuid", "+ item.c3 Boolean", "+ item.c4 Double", "+ item.c5 Double",
        "+ item.c6 Numeric()",
        "+ item.c7 Numeric(5, 0)", "+ item.c8 Numeric(5, 2)", "+ item.c9 String(7)");

    private protected override Answer OwnTypesCreated => Answer.AsStated;

    private protected override Answer EnumCreated => Answer.Reads(
        "- account.name String(20) not null",
        $"+ account.name {Mood} not null",
        "+ enum mood (glad, it's \\ \"so\", ada, bob)",
        "+ item",
        $"+ item.m {Mood} not null default 'it's \\ \"so\"'",
        $"+ item.o {Mood}");

    private protected override Answer BatchOfConstraints => Answer.AsStated;

    private protected override Answer BatchRecreated => Answer.AsStated;

    private protected override Answer BatchInPlace => Answer.AsStated;

    private protected override Answer BatchInPlaceImpossible => Answer.AsStated;

    private protected override Answer Backfilled =>
        Answer.AsStated with { ScriptError = "op.Backfill needs a database and cannot be used with --sql" };

    private protected override Answer ConnectionUsed =>
        Answer.AsStated with { ScriptError = "op.Connection needs a database and cannot be used with --sql" };

    private protected override Answer WhereItIsKnown => Answer.AsStated;

    private protected override Answer ConstraintDroppedByName => Answer.AsStated;

    private protected override Answer KeysDeferred => Answer.AsStated;

    private protected override Answer UniqueWithNull => Answer.AsStated;

    private protected override Answer ExclusionCreated => Answer.AsStated;

    private protected override Answer IndexWithNull => Answer.AsStated;

    private protected override Answer IndexWithOptions => Answer.Reads("+ account index ix (name) postgresql_with=fillfactor=50");

    private protected override Answer IndexDroppedByName => Answer.AsStated;

    private protected override Answer TableWithOptions => Answer.Reads(
        "+ item -- it's \\",
        "+ item postgresql_unlogged=True",
        "+ item postgresql_with=fillfactor=70",
        "+ item primary key (key)",
        "+ item.key Integer not null",
        "+ item.note Text",
        "+ part",
        "+ part postgresql_partition_by=RANGE (key)",
        "+ part.key Integer not null");

    private protected override Answer SchemasCreated => Answer.AsStated;

    private protected override Answer EnumTypesCreated => Answer.Reads("- enum old (x)", "+ enum kind (a, it's \\ $$)");

    private protected override Answer EnumTypesAltered => Answer.Reads(
        "- account.m Enum(\"mood\", [\"glad\", \"it's\"]) default 'it's'",
        "- enum kind (b)",
        "- enum mood (glad, it's)",
        "+ account.m Enum(\"mood\", [\"new\", \"it's\", \"glad\"]) default 'it's'",
        "+ enum kind (a, b, it's \\)",
        "+ enum mood (new, it's, glad)");
}

/// <summary>The same on version 18.</summary>
[TestClass]
public sealed class PostgreSql18Scenarios : PostgreSqlScenarios
{
    private protected override int Version => 18;

    private protected override Answer ColumnComputedWhenRead => Answer.AsStated;
}

/// <summary>And on those between.</summary>
[TestClass]
[TestCategory("AllServers")]
public sealed class PostgreSql16Scenarios : PostgreSqlScenarios
{
    private protected override int Version => 16;
}

[TestClass]
[TestCategory("AllServers")]
public sealed class PostgreSql17Scenarios : PostgreSqlScenarios
{
    private protected override int Version => 17;
}
