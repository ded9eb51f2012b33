namespace Journeys;

[TestClass]
public sealed class NothingToDoTests
{
    // A start-up hook runs in the tool's process before its Main and tells at the end which assemblies were loaded.
    private const string Hook = """
        using System;
        using System.IO;
        using System.Linq;

        internal static class StartupHook
        {
            public static void Initialize() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
                File.WriteAllLines(Environment.GetEnvironmentVariable("HOOK_OUT")!, AppDomain.CurrentDomain.GetAssemblies().Select(a => a.GetName().Name!));
        }
        """;

    [TestMethod]
    public void An_upgrade_with_nothing_to_do_loads_no_Roslyn()
    {
        var project = Project.Begun();
        project.Alembic("revision", "--autogenerate", "-m", "one").Ok();
        project.Alembic("upgrade", "head").Ok();

        var hook = InstalledTool.NewFolder();
        File.WriteAllText(Path.Combine(hook, "Hook.cs"), Hook);
        File.WriteAllText(Path.Combine(hook, "Hook.csproj"),
            """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><Nullable>enable</Nullable></PropertyGroup>
            </Project>
            """);
        InstalledTool.Start("dotnet", ["build", "-o", Path.Combine(hook, "out")], hook).Ok();
        string[] Loaded(params string[] arguments)
        {
            var output = Path.Combine(hook, "assemblies.txt");
            // In process, so that compiling would show.
            InstalledTool.Start(InstalledTool.Program, arguments, project.Folder, new Dictionary<string, string>
            {
                ["DOTNET_STARTUP_HOOKS"] = Path.Combine(hook, "out", "Hook.dll"), ["HOOK_OUT"] = output, ["ALEMBIC_NATIVE_COMPILER"] = "0",
                ["ALEMBIC_MANAGED"] = "1",
            }).Ok();
            return File.ReadAllLines(output);
        }

        foreach (var command in new[] { "upgrade head", "current", "history", "heads" })
        {
            var loaded = Loaded(command.Split(' '));
            Assert.Contains("dotnet-alembic", loaded);
            Assert.IsEmpty(loaded.Where(name => name.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal)).ToList(), command);
            Assert.IsEmpty(loaded.Where(name => name.StartsWith("Scriban", StringComparison.Ordinal)).ToList(), command);
            // Those that read an application's settings: nobody asked for a connection string by its name.
            Assert.IsEmpty(
                loaded.Intersect(["Microsoft.Extensions.Configuration.Json", "Microsoft.Extensions.Configuration.UserSecrets",
                    "Microsoft.Extensions.Configuration.EnvironmentVariables"]).ToList(), command);
        }
        // The hook would have seen it: a changed file is compiled.
        project.Edit("alembic/env.cs", "public sealed class Env", "// changed\npublic sealed class Env");
        Assert.Contains("Microsoft.CodeAnalysis.CSharp", Loaded("upgrade", "head"));
    }
}
