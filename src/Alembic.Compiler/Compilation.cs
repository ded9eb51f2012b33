using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace Alembic.Compiler;

internal static class Compilation
{
    private static readonly CSharpCompilationOptions Options = new(
        OutputKind.DynamicallyLinkedLibrary,
        optimizationLevel: OptimizationLevel.Debug,
        deterministic: true,
        nullableContextOptions: NullableContextOptions.Enable,
        specificDiagnosticOptions:
        [
            // The runtime, too, accepts a newer patch than was asked for.
            new("CS1701", ReportDiagnostic.Suppress),
            new("CS1702", ReportDiagnostic.Suppress),
        ]);

    // The last compilation is kept, because the next one reuses what it found out about the references.
    private static CSharpCompilation? _last;

    public static CompileResult Emit(CompileRequest request)
    {
        var sources = request.Sources.Append(new SourceFile("GlobalUsings.g.cs", request.GlobalUsings)).ToArray();
        var compilation = CSharpCompilation.Create(
            request.AssemblyName,
            Syntax.Map(sources, Syntax.Parse),
            References.Open(request.References).Concat((request.Images ?? []).Select(image => MetadataReference.CreateFromImage(image))),
            Options);
        if (request.WithoutModel)
            compilation = ModelRemoval.From(compilation);
        _last = compilation;

        using var assembly = new MemoryStream();
        using var pdb = new MemoryStream();
        EmitResult result;
        try
        {
            result = compilation.Emit(assembly, pdb, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb));
        }
        catch (InsufficientExecutionStackException)
        {
            return new CompileResult([], [], [new SourceError("", 0, 0, "CS8078", "An expression is too long or complex to compile")], []);
        }

        var warnings = result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Warning).ToSourceErrors();
        return result.Success
            ? new CompileResult(assembly.ToArray(), pdb.ToArray(), [], warnings)
            : new CompileResult([], [], result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).ToSourceErrors(), warnings);
    }
}
