namespace Alembic.Tool.Compilation;

/// <summary>A project that was compiled completely.</summary>
/// <param name="Environment">The assembly of env.cs and the sources; null if there are none.</param>
/// <param name="Revisions">The assembly of all revisions and their helpers.</param>
/// <param name="Needed">The assemblies that these need.</param>
internal sealed record ProjectImages(CompiledAssembly? Environment, CompiledAssembly Revisions, NeededAssemblies Needed);

/// <summary>The assemblies that user code needs, without those of .NET.</summary>
/// <param name="Files">The paths of the user's own assemblies, and of the native libraries beside them.</param>
/// <param name="Shared">The simple names of the assemblies that come from the tool.</param>
/// <param name="Frameworks">The folders of further frameworks that assemblies come from, without the runtime's own.</param>
internal sealed record NeededAssemblies(IReadOnlyList<string> Files, IReadOnlySet<string> Shared, IReadOnlySet<string> Frameworks);
