using System.Reflection;
using Alembic.Revisions;
using Alembic.Tool.Compilation;

namespace Alembic.Tool.Bundles;

/// <summary>The compiled code of a project, as a bundle has it.</summary>
internal sealed class BundledCode(Bundle bundle, Func<string, string?> environment, Action<Action> prepare) : IUserCode
{
    private readonly Lazy<UserLoadContext> _context = new(() => new(new ReferenceSet(References(bundle.References), environment)));

    private readonly Lock _lock = new();
    private Assembly? _environment;

    private string EnvironmentImage => Path.Combine(bundle.Project, Bundle.EnvironmentImage);

    public IReadOnlyList<RevisionSource> ReadHeaders(IReadOnlyList<string> paths) => bundle.Contents.Revisions;

    public void Prepare(string environmentFile, bool usesModel)
    {
        if (File.Exists(EnvironmentImage))
            prepare(() => LoadEnvironment());
    }

    public MigrationEnvironment LoadEnvironment(string path) => bundle.Contents.HasEnvironment
        ? UserTypes.Environment(LoadEnvironment, EnvironmentImage)
        : new DefaultEnvironment();

    public Func<Revision, Migration> LoadMigrations(IReadOnlyList<Step> steps, IReadOnlyList<string> helpers)
    {
        // Revisions find what they use of it by its name.
        if (File.Exists(EnvironmentImage))
            LoadEnvironment();
        return UserTypes.Migrations(Load(Path.Combine(bundle.Project, Bundle.RevisionsImage)), steps, prepare);
    }

    public string? Explain(Exception exception) => MissingAssembly.Name(exception) is { } name
        ? $"{name}.dll is not in this bundle: add it to 'references' in the project's alembic.ini, and write the bundle again"
        : null;

    private static List<string> References(string folder) =>
        Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*.dll").Where(ReferenceFiles.IsAssembly)] : [];

    private Assembly LoadEnvironment()
    {
        lock (_lock)
            return _environment ??= Load(EnvironmentImage);
    }

    private Assembly Load(string image) =>
        _context.Value.Load(new(File.ReadAllBytes(image), File.ReadAllBytes(Path.ChangeExtension(image, ".pdb"))));
}
