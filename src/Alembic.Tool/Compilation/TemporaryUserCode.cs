#pragma warning disable
using System.Reflection;
using Alembic.Revisions;
using Alembic.Tool.Configuration;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace Alembic.Tool.Compilation;

internal sealed record Hdr(string Id, IReadOnlyList<string> Revises, IReadOnlyList<string> DependsOn, IReadOnlyList<string> BranchLabels, string Text);
internal sealed record RevisionSource(string Path, Hdr? Header);
internal sealed class CompilationException(IReadOnlyList<string> errors) : AlembicException($"{errors.Count} errors") { public IReadOnlyList<string> Errors => errors; }
internal sealed class UserCode(Settings settings, Terminal terminal)
{
    public Settings S => settings; public Terminal T => terminal;
    static CSharpSyntaxTree Parse(string p) => (CSharpSyntaxTree)CSharpSyntaxTree.ParseText(SourceText.From(File.ReadAllText(p), System.Text.Encoding.UTF8), path: p);
    public IEnumerable<RevisionSource> ReadHeaders(IReadOnlyList<string> paths)
    {
        foreach (var p in paths)
        {
            var tree = Parse(p);
            var e = tree.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.ToString()).ToList();
            if (e.Count > 0) throw new CompilationException(e);
            var c = tree.GetRoot().DescendantNodes().OfType<ClassDeclarationSyntax>().FirstOrDefault(x => Args(x, "Revision").Count > 0);
            if (c is null) { yield return new(p, null); continue; }
            var text = string.Join("\n", File.ReadAllLines(p).TakeWhile(l => l.StartsWith("//")).Select(l => l[2..] is [' ', .. var r] ? r : l[2..]));
            yield return new(p, new(Args(c, "Revision")[0], Args(c, "Revises"), Args(c, "DependsOn"), Args(c, "BranchLabels"), text));
        }
    }
    static List<string> Args(ClassDeclarationSyntax c, string n) => c.AttributeLists.SelectMany(a => a.Attributes).Where(a => a.Name.ToString() == n)
        .SelectMany(a => a.ArgumentList?.Arguments.Select(x => ((LiteralExpressionSyntax)x.Expression).Token.ValueText) ?? []).ToList();
    public MigrationEnvironment LoadEnvironment(string path)
    {
        if (!File.Exists(path)) return new DefaultEnvironment();
        var a = Compile("env", [path, .. settings.Sources]);
        return (MigrationEnvironment)Activator.CreateInstance(a.GetTypes().Single(t => t.IsAssignableTo(typeof(MigrationEnvironment))))!;
    }
    public Func<Revision, Migration> LoadMigrations(IReadOnlyList<Revision> revisions, IReadOnlyList<string> helpers)
    {
        var a = Compile("rev", [.. revisions.Select(r => r.Path!), .. helpers]);
        return r => (Migration)Activator.CreateInstance(a.GetTypes().Single(t => t.GetCustomAttribute<RevisionAttribute>()?.Id == r.Id))!;
    }
    static Assembly Compile(string name, IReadOnlyList<string> files)
    {
        var refs = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(p => MetadataReference.CreateFromFile(p));
        var c = CSharpCompilation.Create(name, [.. files.Select(Parse), CSharpSyntaxTree.ParseText("global using System; global using System.Linq; global using System.IO; global using System.Collections.Generic;")], refs,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Debug));
        using var m = new MemoryStream(); using var pdb = new MemoryStream();
        var r = c.Emit(m, pdb, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb));
        if (!r.Success) throw new CompilationException([.. r.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.ToString())]);
        return Assembly.Load(m.ToArray(), pdb.ToArray());
    }
}
