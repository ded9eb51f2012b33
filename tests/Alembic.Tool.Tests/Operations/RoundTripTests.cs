using System.Reflection;
using Alembic.Compiler;
using Alembic.Dialects.Sqlite;
using Alembic.Operations;
using Alembic.Tests.Operations;
using Alembic.Tool.Compilation;

namespace Alembic.Tool.Tests.Operations;

/// <summary>The C# that an operation is written as, compiled and run, is the operation again: whatever it is called, and nothing else runs.</summary>
[TestClass]
public sealed class RoundTripTests
{
    [TestMethod]
    public void Rendered_code_compiled_and_recorded_is_the_operation()
    {
        var operations = Samples.All.ToList();
        var rendered = operations.Select(o => new CodeWriter().Write(o)).ToList();
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
        Assert.HasCount(operations.Count, all);
        var sink = new Recorder();
        var op = new Op(new SqliteDialect(), sink, null!);
        foreach (var (operation, code, record) in operations.Zip(rendered, all))
        {
            sink.Operations.Clear();
            record(op);
            Assert.AreEqual(operation, sink.Operations.Single(), code);
        }
    }

    [TestMethod]
    public void Rendered_code_has_no_character_that_an_editor_would_hide_or_move()
    {
        foreach (var code in Samples.All.Select(o => new CodeWriter().Write(o)))
            Assert.IsFalse(code.Any(c => c is '\u2028' or '\u2029' or '\u0085' or '\u202E' or '\uFEFF' || (char.IsControl(c) && c != '\n')), code);
    }

    private sealed class Recorder : IOperationSink
    {
        public List<Operation> Operations { get; } = [];

        public void Accept(Operation operation) => Operations.Add(operation);
    }
}
