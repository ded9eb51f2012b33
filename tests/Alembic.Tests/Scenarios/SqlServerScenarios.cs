using System.Text.RegularExpressions;
using Alembic.Databases.SqlServer;
using Alembic.Operations;
using Alembic.Schema;
using Alembic.Tests.Databases;
using Alembic.Tests.Databases.SqlServer;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Alembic.Tests.Scenarios;

/// <summary>There is no SQL Server here: its own parser has to take the scripts of each scenario.</summary>
[TestClass]
public sealed class SqlServerScenarios : OperationScenarios
{
    private protected override Dialect Dialect { get; } = new SqlServerDialect();

    private protected override void Play(Scenario scenario, Answer answer)
    {
        foreach (var spelling in Enum.GetValues<RoundTripped>())
        {
            var names = new Names(Dialect, spelling, spelling == RoundTripped.Hostile ? Names.Hostile : null,
                scenario.MakesNames ? name => name : Longest);
            Parse(op => scenario.Before(op, names));
            if (answer.ScriptError is { } error)
            {
                var exception = Assert.Throws<AlembicException>(() => Parse(op => scenario.Up(op, names)));
                if (names.IsPlain)
                    Assert.AreEqual(error, exception.Message);
                continue;
            }
            Parse(op => scenario.Up(op, names));
            Parse(op => scenario.Down(op, names));
            if (names.IsPlain && answer.Sql is { } sql)
                Assert.AreEqual(sql, Scripts.Squeezed(Dialect, op => scenario.Up(op, names)));
        }
    }

    [TestMethod]
    public void Hostile_text_in_a_script_stays_text()
    {
        foreach (var (i, text) in HostileText.All.Index())
        {
            var plain = Statements(op => DatabaseScenarios.Make(op, $"plain{i}", "plain", "plain", isAltered: true));
            Assert.AreEqual(plain, Statements(op => DatabaseScenarios.Make(op, $"plain{i}", text, text, isAltered: true)), text);
            if (text.Split('\n') is [_, .. var lines, _] && lines.Any(line => line.TrimEnd() is "GO" or "go" or "GO 2"))
                Assert.Contains("A name has a line of GO in it",
                    Assert.ThrowsExactly<AlembicException>(() => Statements(op => op.DropTable(text))).Message);
            else
                Assert.AreEqual(plain, Statements(op => DatabaseScenarios.Make(op, text + i, text, text, isAltered: true)), text);
        }
    }

    // As sqlcmd reads it, which knows no quotation marks when it looks for lines of its own.
    private string Statements(Action<Op> directives)
    {
        var script = Scripts.Of(Dialect, directives);
        return string.Join(", ", Regex.Split(script, @"^[ \t]*GO(?:[ \t]+\d+)?[ \t]*\r?$", RegexOptions.Multiline | RegexOptions.IgnoreCase)
            .SelectMany(batch => ((TSqlScript)TransactSql.Parse(batch)).Batches).SelectMany(batch => batch.Statements)
            .Select(statement => statement.GetType().Name));
    }

    private void Parse(Action<Op> directives)
    {
        var script = Scripts.Of(Dialect, directives);
        new TSql160Parser(initialQuotedIdentifiers: true).Parse(new StringReader(script), out var errors);
        Assert.IsEmpty(errors, string.Join('\n', errors.Select(e => $"{e.Line}: {e.Message}")) + "\n" + script);
    }

    private protected override string Longest(string name) => name + new string('表', 128 - name.Length);

    private protected override string? TooLong(string name) => $"The name '{name}' is {name.Length} characters long; SQL Server allows 128";

    private protected override string CollationName => "Latin1_General_CS_AS";

    private protected override SqlType SpanType => SqlServerType.Time();

    private protected override IEnumerable<SqlType> OwnTypes => MembersOf(typeof(SqlServerType));

    private protected override Answer TypeAltered => Answer.AsStated;

    private protected override Answer NullabilityAltered => Answer.AsStated;

    private protected override Answer DefaultAltered => Answer.AsStated;

    private protected override Answer ColumnRenamed => Answer.AsStated;

    private protected override Answer CommentAltered => Answer.AsStated;

    private protected override Answer AutoincrementAltered =>
        Answer.Refuses("Column 'account.id': SQL Server cannot make an existing column an identity");

    private protected override Answer AllAltered => Answer.AsStated;

    private protected override Answer ValuesConverted => Answer.AsStated;

    private protected override Answer ColumnAdded => Answer.AsStated;

    private protected override Answer ColumnAddedWithKeys => Answer.AsStated;

    private protected override Answer ColumnAddedIfNotExists => Answer.AsStated;

    private protected override Answer ColumnAddedWithoutValue => Answer.AsStated;

    private protected override Answer ColumnDropped => Answer.AsStated;

    private protected override Answer ColumnComputed => Answer.AsStated;

    private protected override Answer ColumnComputedWhenRead => Answer.AsStated;

    private protected override Answer ColumnNumbered => Answer.AsStated;

    private protected override Answer ColumnCollated => Answer.AsStated;

    private protected override Answer PrimaryKeyCreated => Answer.AsStated;

    private protected override Answer UniqueCreated => Answer.AsStated;

    private protected override Answer CheckCreated => Answer.AsStated;

    private protected override Answer CheckValidated => Answer.Refuses("Constraint 'ck': mssql has no NOT VALID");

    private protected override Answer ForeignKeyCreated => Answer.AsStated;

    private protected override Answer ForeignKeyDeferred => Answer.Refuses("Foreign key 'fk': SQL Server has no deferrable constraints");

    private protected override Answer ForeignKeyMatchesFully => Answer.Refuses("Foreign key 'fk': SQL Server has no MATCH FULL");

    private protected override Answer ConstraintDroppedIfExists => Answer.AsStated;

    private protected override Answer SqlExecuted => Answer.AsStated;

    private protected override Answer RowsInserted => Answer.AsStated;

    private protected override Answer RowsQueried => Answer.Refuses("op.Query needs a database and cannot be used with --sql");

    private protected override Answer OwnOperation => Answer.AsStated;

    private protected override Answer BatchDone => Answer.AsStated;

    private protected override Answer ValuesKept => Answer.AsStated;

    private protected override Answer IndexCreated => Answer.AsStated;

    private protected override Answer IndexRenamed => Answer.AsStated;

    private protected override Answer IndexCreatedIfNotExists => Answer.AsStated;

    private protected override Answer IndexPartial => Answer.AsStated;

    private protected override Answer IndexPartialUnique => Answer.AsStated;

    private protected override Answer IndexOfExpressions => Answer.Refuses("Index 'ix': SQL Server has no indexes on expressions");

    private protected override Answer IndexDescending => Answer.AsStated;

    private protected override Answer IndexIncludes => Answer.AsStated;

    private protected override Answer IndexMethod =>
        Answer.Refuses("Index 'ix': SQL Server has no method 'hash'; it has clustered and nonclustered");

    private protected override Answer IndexConcurrently => Answer.AsStated;

    private protected override Answer IndexConcurrentlyInTransaction => Answer.AsStated;

    private protected override Answer TableCreated => Answer.AsStated;

    private protected override Answer TableCreatedIfNotExists => Answer.AsStated;

    private protected override Answer TableDropped => Answer.AsStated;

    private protected override Answer TableRenamed => Answer.AsStated;

    private protected override Answer TableCommented => Answer.AsStated;

    private protected override Answer TypesCreated => Answer.AsStated;

    private protected override Answer OwnTypesCreated => Answer.AsStated;

    private protected override Answer EnumCreated => Answer.AsStated;

    private protected override Answer BatchOfConstraints => Answer.AsStated;

    private protected override Answer BatchRecreated => Answer.AsStated;

    private protected override Answer BatchInPlace => Answer.AsStated;

    private protected override Answer BatchInPlaceImpossible => Answer.AsStated;

    private protected override Answer Backfilled => Answer.Refuses("op.Backfill needs a database and cannot be used with --sql");

    private protected override Answer ConnectionUsed => Answer.Refuses("op.Connection needs a database and cannot be used with --sql");

    private protected override Answer WhereItIsKnown => Answer.AsStated;

    private protected override Answer ConstraintDroppedByName => Answer.AsStated;

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
