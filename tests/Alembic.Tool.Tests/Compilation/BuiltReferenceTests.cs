using System.Diagnostics;
using Alembic.Tool.Compilation;
using Alembic.Tool.Tests.Commands;

namespace Alembic.Tool.Tests.Compilation;

/// <summary>
/// A model in an assembly that was really built, with a package that has one assembly for compiling and another for running: only the
/// deps.json says which.
/// </summary>
[TestClass]
public sealed class BuiltReferenceTests
{
    private const string Framework = "net10.0";

    [TestMethod]
    public void What_a_reference_needs_is_found_by_its_deps_json()
    {
        using var project = new Project();
        Write(project, "Base/Base.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>{Framework}</TargetFramework></PropertyGroup>
            </Project>
            """);
        Write(project, "Base/Entity.cs",
            "namespace Base { public abstract class Entity { public int Id { get; set; } public int FOR_COMPILING { get; set; } } }");
        Build(project, "Base", "build", "-o", project.Path("compiling"));
        Write(project, "Base/Entity.cs",
            "namespace Base { public abstract class Entity { public int Id { get; set; } public System.DateOnly ForRunning { get; set; } "
                + "} }");
        Build(project, "Base", "build", "-o", project.Path("running"));
        Write(project, "Base/Base.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>{Framework}</TargetFramework><IncludeBuildOutput>false</IncludeBuildOutput><NoWarn>NU5100;NU5128</NoWarn>
              </PropertyGroup>
              <ItemGroup>
                <None Include="{project.Path("compiling/Base.dll")}" Pack="true" PackagePath="lib/{Framework}" />
                <None Include="{project.Path("running/Base.dll")}" Pack="true"
                      PackagePath="runtimes/any/lib/{Framework};runtimes/unix/lib/{Framework};runtimes/win/lib/{Framework}" />
              </ItemGroup>
            </Project>
            """);
        Build(project, "Base", "pack", "-o", project.Path("packages"));
        Write(project, "Shop/nuget.config",
            $"""<configuration><packageSources><clear /><add key="local" value="{project.Path("packages")}" /></packageSources></configuration>""");
        Write(project, "Shop/Shop.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>{Framework}</TargetFramework><CopyLocalLockFileAssemblies>true</CopyLocalLockFileAssemblies>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Base" Version="1.0.0" />
                <Reference Include="Alembic"><HintPath>{HostAssemblies.Library}</HintPath><Private>false</Private></Reference>
              </ItemGroup>
            </Project>
            """);
        Write(project, "Shop/Customer.cs", """
            using Alembic.Schema;
            namespace Shop;
            public sealed class Customer : Base.Entity { public string Name { get; set; } = ""; }
            public static class Models { public static MetaData MetaData => MetaData.FromTypes([typeof(Customer)], Naming.SnakeCase); }
            """);
        Build(project, "Shop", "build", "-o", project.Path("out"));
        Assert.IsTrue(File.Exists(project.Path("out/Shop.deps.json")));

        var ini = File.ReadAllText(project.Path("alembic.ini"));
        project.Write("alembic.ini", ini.Replace("[alembic]", "[alembic]\nreferences = %(here)s/out/Shop.dll", StringComparison.Ordinal));
        project.Write("alembic/env.cs",
            "public sealed class Env : Alembic.MigrationEnvironment { public override Alembic.Schema.MetaData? TargetMetadata => "
                + "Shop.Models.MetaData; }");
        project.Run("revision", "--autogenerate", "-m", "first").Ok();
        project.Run("upgrade", "head").Ok();
        project.Run("check").Ok();
        Assert.AreEqual("id for_running name", string.Join(' ', project.Rows("SELECT name FROM pragma_table_info('customer')")));

        File.Delete(project.Path("out/Shop.deps.json"));
        var check = project.Run("check");
        Assert.AreEqual(2, check.Code);
        Assert.Contains("customer.for_compiling", check.Error);
    }

    [TestMethod]
    public void A_library_is_found_by_a_pattern_with_its_packages_and_ASP_NET_Core()
    {
        using var project = new Project();
        project.Environment["NUGET_PACKAGES"] = project.Path("cache");
        Write(project, "Base/Base.csproj",
            $"<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><TargetFramework>{Framework}</TargetFramework></PropertyGroup></Project>");
        Write(project, "Base/Entity.cs", "namespace Base { public abstract class Entity { public int Id { get; set; } } }");
        Build(project, "Base", "pack", "-o", project.Path("packages"));
        Write(project, "src/Shop/nuget.config",
            $"""<configuration><packageSources><clear /><add key="local" value="{project.Path("packages")}" /></packageSources></configuration>""");
        Write(project, "src/Shop/Shop.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>{Framework}</TargetFramework></PropertyGroup>
              <ItemGroup>
                <FrameworkReference Include="Microsoft.AspNetCore.App" />
                <PackageReference Include="Base" Version="1.0.0" />
                <Reference Include="Alembic"><HintPath>{HostAssemblies.Library}</HintPath><Private>false</Private></Reference>
              </ItemGroup>
            </Project>
            """);
        Write(project, "src/Shop/Customer.cs", """
            using Alembic.Schema;
            namespace Shop;
            public sealed class Customer : Base.Entity { public string Name { get; set; } = ""; }
            public static class Web { public static int Port(Microsoft.AspNetCore.Http.HostString host) => host.Port ?? 80; }
            public static class Models { public static MetaData MetaData => MetaData.FromTypes([typeof(Customer)], Naming.SnakeCase); }
            """);
        Build(project, "src/Shop", "build");
        Assert.IsFalse(File.Exists(project.Path($"src/Shop/bin/Debug/{Framework}/Base.dll")));

        var ini = File.ReadAllText(project.Path("alembic.ini"));
        project.Write("alembic.ini",
            ini.Replace("[alembic]", "[alembic]\nreferences = %(here)s/src/*/bin/**/Shop*.dll", StringComparison.Ordinal));
        project.Write("alembic/env.cs", """
            public sealed class Env : Alembic.MigrationEnvironment
            {
                public override Alembic.Schema.MetaData? TargetMetadata => new Shop.Customer().Id == 0 ? Shop.Models.MetaData : null;
                public override void Configure(Alembic.EnvironmentOptions options)
                {
                    if (XArguments.ContainsKey("port"))
                        Config.PrintStdout($"{Shop.Web.Port(new Microsoft.AspNetCore.Http.HostString("a:8080"))}");
                }
            }
            """);
        project.Run("revision", "--autogenerate", "-m", "first").Ok();
        project.Run("upgrade", "head").Ok();
        Assert.StartsWith("8080", project.Run("-x", "port=1", "check").Ok().Out);
        Assert.AreEqual("id name", string.Join(' ', project.Rows("SELECT name FROM pragma_table_info('customer')")));

        Directory.Delete(project.Path("cache/base"), recursive: true);
        project.Run("downgrade", "base").Ok();
        project.Run("upgrade", "head").Ok();
        const string Hint =
            "Base.dll of the package Base 1.0.0, which Shop.deps.json lists, is not in <DIR>/src/Shop/bin/Debug/net10.0 and not in "
                + "<DIR>/cache: restore the packages";
        project.Run("check").Fails(1, "Could not load file or assembly 'Base, ", Hint);
        File.AppendAllText(project.Path("alembic/env.cs"), "// compiled again");
        Assert.Contains("error CS0012", project.Run("check").Fails(1, "2 errors in <DIR>/alembic/env.cs", Hint).Error);
    }

    private static void Write(Project project, string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(project.Path(name))!);
        project.Write(name, text);
    }

    // Packages into the project's folder: the user's cache is not for tests.
    private static void Build(Project project, string folder, params string[] arguments)
    {
        Servers.LeaveOutBuilds();
        var start = new ProcessStartInfo("dotnet",
            [.. arguments, "--nologo", "-v", "q", "-p:UseSharedCompilation=false", "-nodeReuse:false"])
        {
            WorkingDirectory = project.Path(folder), RedirectStandardOutput = true, RedirectStandardError = true,
            Environment = { ["NUGET_PACKAGES"] = project.Path("cache") },
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.AreEqual(0, process.ExitCode, output + error.Result);
    }
}
