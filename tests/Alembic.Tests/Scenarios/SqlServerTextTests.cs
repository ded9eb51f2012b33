using Alembic.Databases.SqlServer;
using Alembic.Operations;
using Alembic.Schema;
using Alembic.Tests.Databases;
using Alembic.Tests.Databases.SqlServer;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Alembic.Tests.Scenarios;

/// <summary>There is no SQL Server here: its own parser has to take the scripts of each scenario.</summary>
[TestClass]
public sealed class SqlServerTextTests
{
    private static readonly SqlServerDialect Dialect = new();

    public static IEnumerable<object[]> Scenarios => typeof(OperationScenarios).GetMethods()
        .Where(method => method.IsDefined(typeof(TestMethodAttribute), inherit: false)).Select(method => new object[] { method.Name });

    [TestMethod]
    [DynamicData(nameof(Scenarios))]
    public void Its_own_parser_takes_the_scripts_of(string scenario)
    {
        var scenarios = new SqlServerScenarios { InPlaceOfServer = Parse };
        typeof(OperationScenarios).GetMethod(scenario)!.CreateDelegate<Action>(scenarios)();
    }

    [TestMethod]
    [DataRow(SqlServerServer.Emptying)]
    [DataRow(SqlServerServer.Definitions)]
    [DataRow(SqlServerServer.Surroundings)]
    public void It_takes_what_the_tests_on_a_server_ask_too(string query) => TransactSql.Parse(query);

    [TestMethod]
    public void It_takes_the_sample_of_the_baseline()
    {
        foreach (var batch in SqlServerServer.Batches(File.ReadAllText(
            Path.Combine(Repository.Root, "tests", "samples", "schemas", "mssql", "blog.sql"))))
            TransactSql.Parse(batch);
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

    private static string Statements(Action<Op> directives) => string.Join(", ", SqlServerServer.Batches(Scripts.Of(Dialect, directives))
        .SelectMany(batch => ((TSqlScript)TransactSql.Parse(batch)).Batches).SelectMany(batch => batch.Statements)
        .Select(statement => statement.GetType().Name));

    private static void Parse(Scenario scenario, Answer answer)
    {
        foreach (var spelling in Enum.GetValues<RoundTripped>())
        {
            var names = new Names(Dialect, spelling, spelling == RoundTripped.Hostile ? Names.Hostile : null,
                scenario.MakesNames ? name => name : SqlServerScenarios.AsLongAsCanBe);
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

    private static void Parse(Action<Op> directives)
    {
        var script = Scripts.Of(Dialect, directives);
        new TSql160Parser(initialQuotedIdentifiers: true).Parse(new StringReader(script), out var errors);
        Assert.IsEmpty(errors, string.Join('\n', errors.Select(e => $"{e.Line}: {e.Message}")) + "\n" + script);
    }
}
