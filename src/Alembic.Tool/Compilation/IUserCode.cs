using Alembic.Revisions;

namespace Alembic.Tool.Compilation;

/// <summary>The project's own code: what its revision files declare, its environment, its migrations.</summary>
internal interface IUserCode
{
    /// <summary>What revision files declare, in the order of their paths.</summary>
    IReadOnlyList<RevisionSource> ReadHeaders(IReadOnlyList<string> paths);

    /// <summary>Has the environment loaded while something else is done.</summary>
    void Prepare(string environmentFile, bool usesModel);

    /// <summary>The environment that env.cs holds; without such a file the default one.</summary>
    MigrationEnvironment LoadEnvironment(string path);

    /// <summary>Makes the migrations of these steps ready, and gives each for its revision.</summary>
    Func<Revision, Migration> LoadMigrations(IReadOnlyList<Step> steps, IReadOnlyList<string> helpers);

    /// <summary>Why an assembly is missing where that is what failed, and the way out; else null.</summary>
    string? Explain(Exception exception);
}
