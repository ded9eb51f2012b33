using System.Diagnostics;
using Alembic.Databases.MySql;
using Alembic.Operations;
using Alembic.Migrations;
using Alembic.Schema;
using Alembic.Tests.Databases.MySql;
using Microsoft.Extensions.Logging.Abstractions;
using MySqlConnector;

namespace Alembic.Tests.Scenarios;

[TestClass]
public class MariaDbScenarios : DatabaseScenarios
{
    private protected virtual MySqlServer Server => MySqlServer.MariaDb;

    private string Own => new MySqlConnectionStringBuilder(Server.Shared).Database;

    private protected override Dialect Dialect { get; } = new MySqlDialect(isMariaDb: true);

    // Another database; on a server that others use too it must be ours alone.
    private protected override string OtherSchema => Names.Hostile + Environment.ProcessId;

    private protected override Database Empty(string? schema)
    {
        using var session = new OnlineSession(Open(), NullLogger.Instance);
        foreach (var name in new[] { OtherSchema, Own }.Select(Dialect.Quote))
        {
            session.Execute(new Statement($"DROP DATABASE IF EXISTS {name}"));
            session.Execute(new Statement($"CREATE DATABASE {name} CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci"));
        }
        return Open();
    }

    private TestDatabase Open() => new(
        Dialect,
        () =>
        {
            var connection = new MySqlConnection(Server.Shared);
            connection.Open();
            return connection;
        },
        "mariadb://");

    private protected override IReadOnlyList<string> Unconditional => ["PREPARE x FROM 'DO 0'", "LOCK TABLES account READ"];

    // It stops unless it is told not to.
    private protected override (int Code, string Errors) Run(string script, bool stops = true)
    {
        var settings = new MySqlConnectionStringBuilder(Server.Shared);
        return Feed(new("mariadb", ["--no-defaults", "--protocol=tcp", "--default-character-set=utf8mb4", "-h", settings.Server, "-P",
            $"{settings.Port}", "-u", settings.UserID, "--skip-ssl", settings.Database])
        {
            Environment = { ["MYSQL_PWD"] = settings.Password },
        }, script);
    }

    private protected override IEnumerable<string> Definitions(OnlineSession session, IEnumerable<Table> tables) =>
        tables.Select(
            t => (string)session.Query(new Statement($"SHOW CREATE TABLE {Dialect.Quote(t.Schema, t.Name)}"))[0]["Create Table"]!);

    // Other tests create users of their own meanwhile.
    private protected override string Surroundings =>
        """
        SELECT CONCAT('role ', user, host) FROM mysql.user WHERE user NOT LIKE '%alembic\_test\_%'
        UNION ALL SELECT CONCAT('routine ', routine_name) FROM information_schema.routines WHERE routine_schema = DATABASE()
        UNION ALL SELECT CONCAT('trigger ', trigger_name) FROM information_schema.triggers WHERE trigger_schema = DATABASE()
        UNION ALL SELECT CONCAT('relation ', table_name) FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type <> 'BASE TABLE'
        """;

    private protected override int Every => 7;

    // In files' names, which are as long as may be too, other letters count several times.
    private protected override string Longest(string name) => name + new string('x', 64 - name.Length);

    private protected override string? TooLong(string name) => $"The name '{name}' is {name.Length} characters long; MySQL allows 64";

    // The names of enums are kept nowhere.
    private new const string Mood = "Enum(null, [\"glad\", \"it's \\\\ \\\"so\\\"\", \"ada\", \"bob\"])";

    private protected override string CollationName => "utf8mb4_bin";

    private protected override SqlType SpanType => SqlType.Time;

    private protected override IEnumerable<SqlType> OwnTypes => MembersOf(typeof(MySqlType));

    private protected override Answer TypeAltered => Answer.AsStated;

    private protected override Answer NullabilityAltered => Answer.AsStated;

    private protected override Answer DefaultAltered => Answer.AsStated;

    private protected override Answer ColumnRenamed => Answer.AsStated;

    private protected override Answer CommentAltered => Answer.AsStated;

    private protected override Answer AutoincrementAltered =>
        Answer.Reads("- account.id Integer not null not numbered", "+ account.id Integer not null numbered");

    private protected override Answer AllAltered => Answer.AsStated;

    private protected override Answer ValuesConverted =>
        new() { Error = "Truncated incorrect INTEGER value: 'x'", ClientError = "Truncated incorrect INTEGER value: 'x'" };

    private protected override Answer ColumnAdded => Answer.AsStated;

    private protected override Answer ColumnAddedWithKeys => Answer.Reads(
        "+ account foreign key (boss) -> account (id) on delete SET NULL fk",
        "+ account index ix_account_boss (boss)",
        "+ account unique index code (code)",
        "+ account.boss Integer",
        "+ account.code String(9)");

    private protected override Answer ColumnAddedIfNotExists => Answer.AsStated;

    private protected override Answer ColumnAddedWithoutValue => Answer.AsStated with { Rows = "account: 1|ada|x|0; 2|bob|∅|0" };

    private protected override Answer ColumnDropped => Answer.AsStated;

    private protected override Answer ColumnComputed => Answer.AsStated;

    private protected override Answer ColumnComputedWhenRead => Answer.AsStated;

    private protected override Answer ColumnNumbered =>
        new()
        {
            After = ["+ item", "+ item primary key (key)", "+ item.a Integer", "+ item.key Integer not null numbered"],
            Rows = "account: 1|ada|x; 2|bob|∅\nitem: 1|4; 2|5"
        };

    private protected override Answer ColumnCollated => Answer.AsStated;

    private protected override Answer PrimaryKeyCreated => Answer.Reads("+ item primary key (line, key)");

    private protected override Answer UniqueCreated => Answer.Reads("+ account unique index uq (name, id)");

    private protected override Answer CheckCreated => Answer.AsStated;

    private protected override Answer CheckValidated => Answer.Refuses($"Constraint 'ck': {Dialect.Name} has no NOT VALID");

    private protected override Answer ForeignKeyCreated => Answer.Reads(
        "+ item foreign key (other) -> account (id) on delete SET NULL on update SET NULL fk2",
        "+ item foreign key (owner) -> account (id) on delete CASCADE on update CASCADE fk",
        "+ item index fk (owner)",
        "+ item index fk2 (other)");

    private protected override Answer ForeignKeyDeferred =>
        Answer.Refuses($"Foreign key 'fk': {Dialect.Name} has no deferrable constraints");

    private protected override Answer ForeignKeyMatchesFully => Answer.Refuses($"Foreign key 'fk': {Dialect.Name} has no MATCH FULL");

    private protected override Answer ConstraintDroppedIfExists => Answer.AsStated;

    private protected override Answer SqlExecuted => Answer.AsStated;

    private protected override Answer RowsInserted => Answer.AsStated;

    private protected override Answer RowsQueried =>
        Answer.AsStated with { ScriptError = "op.Query needs a database and cannot be used with --sql" };

    private protected override Answer OwnOperation => Answer.AsStated;

    private protected override Answer BatchDone => Answer.Reads(
        "- account.name String(20) not null",
        "- account.note Text",
        "- account.old Integer",
        "+ account check (age > 0) ck",
        "+ account index ix (age)",
        "+ account unique index uq (name)",
        "+ account.age Integer not null default 1",
        "+ account.name String(40)",
        "+ account.remark Text");

    private protected override Answer ValuesKept => new()
    {
        Rows = ValueRows(ValueTexts.Replace("2026-02-28", "2026-02-28 00:00:00", StringComparison.Ordinal)
            .Replace("00112233-4455-6677-8899-aabbccddeeff", "00112233445566778899aabbccddeeff", StringComparison.Ordinal)),
    };

    private protected override Answer IndexCreated => Answer.AsStated;

    private protected override Answer IndexRenamed => Answer.AsStated;

    private protected override Answer IndexCreatedIfNotExists => Answer.AsStated;

    private protected override Answer IndexPartial => Answer.Reads("+ account index ix (name)");

    private protected override Answer IndexPartialUnique =>
        Answer.Refuses(
            $"Index 'ix': {Dialect.Name} has no partial indexes, and without its condition a unique one would refuse other rows");

    private protected override Answer IndexOfExpressions => Answer.Refuses($"Index 'ix': {Dialect.Name} has no indexes on expressions");

    private protected override Answer IndexDescending => Answer.AsStated;

    private protected override Answer IndexIncludes => Answer.Reads("+ account index ix (name)");

    private protected override Answer IndexMethod => Answer.Reads("+ account index ix (name)");

    private protected override Answer IndexConcurrently => Answer.AsStated;

    private protected override Answer IndexConcurrentlyInTransaction => Answer.AsStated;

    private protected override Answer TableCreated => Answer.Reads(
        "+ item -- what they're \\ for; --",
        "+ item check (price > 0) ck_item",
        "+ item foreign key (owner) -> account (id) on delete CASCADE fk_owner",
        "+ item index ix_item (price, code)",
        "+ item primary key (key)",
        "+ item unique index code (code)",
        "+ item unique index uq_item (owner, price)",
        "+ item.code String(10) not null",
        "+ item.key Integer not null numbered",
        "+ item.live Boolean default 1 -- it's \\ \"on\"",
        "+ item.owner Integer not null",
        "+ item.price Numeric(10, 2) default 1.50");

    private protected override Answer TableCreatedIfNotExists => Answer.AsStated;

    private protected override Answer TableDropped => Answer.AsStated;

    private protected override Answer TableRenamed => Answer.Reads(
        "- account",
        "- account index ix (name)",
        "- account primary key (id)",
        "- account.id Integer not null numbered",
        "- account.name String(20) not null",
        "- account.note Text",
        "- item foreign key (owner) -> account (id) fk",
        "+ customer",
        "+ customer index ix (name)",
        "+ customer primary key (id)",
        "+ customer.id Integer not null numbered",
        "+ customer.name String(20) not null",
        "+ customer.note Text",
        "+ item foreign key (owner) -> customer (id) fk");

    private protected override Answer TableCommented => Answer.AsStated;

    private protected override Answer TypesCreated => Answer.Reads(
        "+ item", "+ item.c0 SmallInteger", "+ item.c1 Integer", "+ item.c10 Text", "+ item.c11 String(8)", "+ item.c12 Text",
        "+ item.c13 LargeBinary()",
        "+ item.c14 MySqlType.TinyBlob", "+ item.c15 Date", "+ item.c16 Time", "+ item.c17 Time", "+ item.c18 DateTime",
        "+ item.c19 DateTime",
        "+ item.c2 BigInteger", "+ item.c20 DateTime", "+ item.c21 Json", "+ item.c22 MySqlType.Char(32)", "+ item.c3 Boolean",
        "+ item.c4 Float", "+ item.c5 Double",
        "+ item.c6 Numeric(10, 0)", "+ item.c7 Numeric(5, 0)", "+ item.c8 Numeric(5, 2)", "+ item.c9 String(7)");

    private protected override Answer OwnTypesCreated => Answer.AsStated;

    private protected override Answer EnumCreated => Answer.Reads(
        "- account.name String(20) not null",
        "+ account.name " + Mood + " not null",
        "+ item",
        "+ item.m " + Mood + " not null default 'it's \\ \"so\"'",
        "+ item.o " + Mood);

    private protected override Answer BatchOfConstraints =>
        Answer.Reads("+ item foreign key (owner) -> account (id) on delete CASCADE fk", "+ item index fk (owner)",
            "+ item primary key (line, key)");

    private protected override Answer BatchRecreated => Answer.AsStated;

    private protected override Answer BatchInPlace => Answer.AsStated;

    private protected override Answer BatchInPlaceImpossible => Answer.AsStated;

    private protected override Answer Backfilled =>
        Answer.AsStated with { ScriptError = "op.Backfill needs a database and cannot be used with --sql" };

    private protected override Answer ConnectionUsed =>
        Answer.AsStated with { ScriptError = "op.Connection needs a database and cannot be used with --sql" };

    private protected override Answer WhereItIsKnown => Answer.AsStated;

    private protected override Answer ConstraintDroppedByName => Answer.AsStated;

    private protected override Answer KeysDeferred => Answer.Refuses($"Primary key 'pk': {Dialect.Name} has no deferrable keys");

    private protected override Answer UniqueWithNull => Answer.Refuses($"Unique constraint 'uq': {Dialect.Name} has no NULLS NOT DISTINCT");

    private protected override Answer ExclusionCreated =>
        Answer.Refuses($"Exclusion constraint 'ex': {Dialect.Name} has no exclusion constraints");

    private protected override Answer IndexWithNull => Answer.Refuses($"Index 'ux': {Dialect.Name} has no NULLS NOT DISTINCT");

    private protected override Answer IndexWithOptions => Answer.Reads("+ account index ix (name) mysql_comment=it's \\");

    private protected override Answer IndexDroppedByName => Answer.Refuses($"{Dialect.Name} needs the table of the index 'ix' to drop it");

    private protected override Answer TableWithOptions => Answer.Reads(
        "+ item -- it's \\",
        "+ item mysql_collate=latin1_swedish_ci",
        "+ item mysql_engine=MyISAM",
        "+ item mysql_max_rows=1000",
        "+ item mysql_page_checksum=1",
        "+ item mysql_row_format=FIXED",
        "+ item primary key (key)",
        "+ item.key Integer not null numbered",
        "+ item.note Text",
        "+ part",
        "+ part.key Integer not null");

    private protected override Answer SchemasCreated => Answer.AsStated;

    private protected override Answer EnumTypesCreated => Answer.AsStated;

    private protected override Answer EnumTypesAltered => Answer.AsStated;
}
