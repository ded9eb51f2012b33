using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Alembic.Migrations;

/// <summary>The <c>env.cs</c> that is compiled into an assembly, so that application and tool use the same version table.</summary>
[RequiresUnreferencedCode(CompiledRevisions.WhenTrimmed)]
internal static class CompiledEnvironment
{
    public static IEnumerable<MigrationEnvironment> Of(Assembly assembly, EnvironmentContext context)
    {
        var types = assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(MigrationEnvironment)) && !type.IsAbstract).ToList();
        if (types.Count > 1)
            throw new AlembicException(
                $"{assembly.GetName().Name}.dll has several classes that derive from MigrationEnvironment: "
                    + $"{string.Join(", ", types.Select(t => t.FullName))}");
        foreach (var type in types)
        {
            var environment = (MigrationEnvironment)Activator.CreateInstance(type, nonPublic: true)!;
            environment.Attach(context);
            yield return environment;
        }
    }
}
