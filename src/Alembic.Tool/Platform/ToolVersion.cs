using System.Reflection;

namespace Alembic.Tool;

internal static class ToolVersion
{
    /// <summary>The version, for example "0.1.0", without the part that the build adds after a plus sign.</summary>
    public static string Text { get; } =
        typeof(ToolVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
