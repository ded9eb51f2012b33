using Alembic.Revisions;

namespace Alembic.Tool.Compilation;

/// <summary>The project's own code: what its revision files declare, its environment, its migrations.</summary>
internal interface IUserCode
{
    /// <summary>Reads what revision files declare, in the order of their paths.</summary>
    IReadOnlyList<RevisionSource> ReadHeaders(IReadOnlyList<string> paths);

    /// <summary>Starts to load the environment in parallel with other work.</summary>
    void Prepare(string environmentFile, bool usesModel);

    /// <summary>Loads the environment of env.cs; without such a file, the default one.</summary>
    MigrationEnvironment LoadEnvironment(string path);

    /// <summary>Prepares the migrations of these steps, and gets a function from a revision to its migration.</summary>
    Func<Revision, Migration> LoadMigrations(IReadOnlyList<Step> steps, IReadOnlyList<string> helpers);

    /// <summary>Explains why an assembly is missing, and the fix, if that made the exception; else null.</summary>
    string? Explain(Exception exception);
}
