using System.Reflection;
using Alembic.Autogenerate;
using Alembic.Compiler;
using Alembic.Databases;
using Alembic.Databases.Sqlite;
using Alembic.Migrations;
using Alembic.Operations;
using Alembic.Tests.Autogenerate;
using Alembic.Tests.Operations;
using Alembic.Tool.Compilation;
using CsCheck;

namespace Alembic.Tool.Tests.Operations;

/// <summary>
/// The C# that an operation is written as, compiled and run, is the operation again: whatever it is called, and nothing else runs.
/// </summary>
[TestClass]
public sealed class RoundTripTests
{
    [TestMethod]
    public void Rendered_code_compiled_and_recorded_is_the_operation()
    {
        var operations = Samples.All.ToList();
        var rendered = operations.Select(o => new CodeWriter().Write(o)).ToList();
        foreach (var (operation, code, recorded) in operations.Zip(rendered, Recorded(rendered)))
            Assert.AreEqual(operation, recorded, code);
    }

    [TestMethod]
    public void What_autogenerate_writes_for_any_two_schemas_compiles_and_is_the_same_again()
    {
        var rendered = new List<string>();
        foreach (var dialect in Dialects.All.Where(d => d.Name is "sqlite" or "postgresql" or "mariadb"))
        {
            Gen.Select(new RandomSchemas(dialect).Schemas, new RandomSchemas(dialect).Schemas).Check(7,
                (from, to) => rendered.AddRange(Written(Compare.Schemas(from, to, dialect))));
        }
        CollectionAssert.AreEqual(rendered, Recorded(rendered).Select(o => new CodeWriter().Write(o)).ToList());
    }

    private static IEnumerable<string> Written(Comparison comparison) =>
        comparison.UpgradeOperations.Concat(comparison.DowngradeOperations).Select(o => new CodeWriter().Write(o));

    private static List<Operation> Recorded(List<string> rendered)
    {
        var compiled = new SourceCompiler().Compile(new CompileRequest(
            "RoundTrip",
            [new SourceFile("/roundtrip.cs", $$"""
                using Alembic;
                using Alembic.Schema;

                public static class Recorded
                {
                    public static Action<Op>[] All { get; } =
                    [
                        {{string.Join("\n", rendered.Select(code => $"op => {code},"))}}
                    ];
                }
                """)],
            [.. HostAssemblies.Visible.Select(name => HostAssemblies.PathOf(name)!).Append(HostAssemblies.Library).Distinct()]));
        Assert.AreEqual("", string.Join('\n', compiled.Errors.Take(10)));

        var all = (Action<Op>[])Assembly.Load(compiled.Assembly).GetType("Recorded")!.GetProperty("All")!.GetValue(null)!;
        Assert.HasCount(rendered.Count, all);
        var sink = new Recorder();
        var dialect = new SqliteDialect();
        var op = new Op(dialect, sink, new ScriptSession(dialect, new EnvironmentOptions(), new StringWriter()));
        foreach (var record in all)
            record(op);
        return sink.Operations;
    }

    [TestMethod]
    public void Rendered_code_has_no_character_that_an_editor_would_hide_or_move()
    {
        foreach (var code in Samples.All.Select(o => new CodeWriter().Write(o)))
            Assert.IsFalse(code.Any(c => c is '\u2028' or '\u2029' or '\u0085' or '\u202E' or '\uFEFF' || (char.IsControl(c) && c != '\n')),
                code);
    }

    private sealed class Recorder : IOperationSink
    {
        public List<Operation> Operations { get; } = [];

        public void Accept(Operation operation) => Operations.Add(operation);
    }
}
