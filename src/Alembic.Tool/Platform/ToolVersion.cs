using System.Reflection;

namespace Alembic.Tool;

internal static class ToolVersion
{
    /// <summary>For example "0.1.0"; what the build adds behind a plus sign is left out.</summary>
    public static string Text { get; } =
        typeof(ToolVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
