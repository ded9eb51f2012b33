namespace Alembic.Compiler;

/// <summary>The sources of one assembly. Plain data, so that it can be sent to another process.</summary>
/// <param name="AssemblyName">The simple name of the assembly.</param>
/// <param name="Sources">The files, in a fixed order: equal requests give equal bytes.</param>
/// <param name="References">Paths of the assemblies to compile against.</param>
/// <param name="GlobalUsings">A compilation unit of global usings that every source sees.</param>
/// <param name="Images">Further assemblies to compile against, which are not in files.</param>
/// <param name="WithoutModel">Whether to leave out the environment's TargetMetadata, and usings of unknown namespaces, because an
/// assembly that they need is missing.</param>
public sealed record CompileRequest(
    string AssemblyName,
    IReadOnlyList<SourceFile> Sources,
    IReadOnlyList<string> References,
    string GlobalUsings = CompileRequest.ImplicitUsings,
    bool WithoutModel = false,
    IReadOnlyList<byte[]>? Images = null)
{
    /// <summary>The namespaces that the SDK's ImplicitUsings give a project, without the web.</summary>
    public const string ImplicitUsings =
        """
        global using global::System;
        global using global::System.Collections.Generic;
        global using global::System.IO;
        global using global::System.Linq;
        global using global::System.Threading;
        global using global::System.Threading.Tasks;
        """;
}
