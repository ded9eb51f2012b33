using System.Reflection;
using System.Runtime.CompilerServices;
using Alembic.Revisions;

namespace Alembic.Tool.Compilation;

/// <summary>Finds the environment and the migrations in compiled assemblies, and creates them.</summary>
internal static class UserTypes
{
    /// <summary>Gets the one environment of an assembly.</summary>
    /// <param name="assembly">Gives the assembly; null for none.</param>
    /// <param name="path">The file that should declare it.</param>
    public static MigrationEnvironment Environment(Func<Assembly?> assembly, string path)
    {
        var types = Guarded(() => assembly()?.GetTypes() ?? [])
            .Where(type => type.IsAssignableTo(typeof(MigrationEnvironment)) && !type.IsAbstract).ToList();
        return types switch
        {
            [var type] => (MigrationEnvironment)Guarded(() => Create(type)),
            [] => throw new AlembicException($"{path} has no class that derives from MigrationEnvironment"),
            _ => throw new AlembicException(
                $"{path} has several classes that derive from MigrationEnvironment: "
                    + $"{string.Join(", ", types.Select(type => type.FullName))}"),
        };
    }

    /// <summary>Creates the migrations of an assembly by their revisions.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="steps">The steps that they are for. Their code is prepared.</param>
    /// <param name="prepare">Runs work in parallel with the command.</param>
    public static Func<Revision, Migration> Migrations(Assembly assembly, IReadOnlyList<Step> steps, Action<Action> prepare)
    {
        var types = Guarded(() => new RevisionTypes(assembly));
        // Each is prepared while those before it run.
        if (steps.Count > 1)
            prepare(() => CompileAhead(steps.SelectMany(step => Methods(types[step.Revision!.Id], step))));
        return revision => Guarded(() => Create(types[revision.Id])) as Migration
            ?? throw new AlembicException($"{revision.Path}: the class with [Revision(\"{revision.Id}\")] does not derive from Migration");
    }

    private static IEnumerable<MethodBase?> Methods(Type migration, Step step) =>
        [migration.GetConstructor(Type.EmptyTypes),
            migration.GetMethod(step.IsUpgrade ? nameof(Migration.Upgrade) : nameof(Migration.Downgrade), [typeof(Op)])];

    private static void CompileAhead(IEnumerable<MethodBase?> methods)
    {
        foreach (var method in methods.OfType<MethodBase>())
            RuntimeHelpers.PrepareMethod(method.MethodHandle);
    }

    private static T Guarded<T>(Func<T> load)
    {
        try
        {
            return load();
        }
        catch (Exception exception) when (NewerAssemblyNeededException.In(exception) is { } newer && newer != exception)
        {
            throw newer;
        }
    }

    // An exception of the constructor is not wrapped, and so has the user's line.
    private static object Create(Type type)
    {
        try
        {
            return Activator.CreateInstance(type,
                BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DoNotWrapExceptions, null, null, null)!;
        }
        catch (MissingMethodException exception) when (type.IsAbstract
            || type.GetConstructor(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, []) is null)
        {
            throw new AlembicException(
                $"{type.FullName} cannot be created: it must not be abstract and needs a constructor without parameters", exception);
        }
    }
}
