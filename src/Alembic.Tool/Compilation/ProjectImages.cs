namespace Alembic.Tool.Compilation;

/// <summary>A project that was compiled as a whole.</summary>
/// <param name="Environment">What env.cs and the sources became; null where there are none.</param>
/// <param name="Revisions">What all revisions became, with the helpers beside them.</param>
/// <param name="Needed">What these need.</param>
internal sealed record ProjectImages(CompiledAssembly? Environment, CompiledAssembly Revisions, NeededAssemblies Needed);

/// <summary>The assemblies that user code needs, apart from those of .NET.</summary>
/// <param name="Files">The paths of the user's own, and of the native libraries beside them.</param>
/// <param name="Shared">The simple names of those that come from the tool.</param>
/// <param name="Frameworks">The folders of the frameworks, besides the runtime's own, that others come from.</param>
internal sealed record NeededAssemblies(IReadOnlyList<string> Files, IReadOnlySet<string> Shared, IReadOnlySet<string> Frameworks);
