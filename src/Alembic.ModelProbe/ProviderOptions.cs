using System.Reflection;

namespace Alembic.ModelProbe;

/// <summary>
/// Creates the options of a context for a dialect, with the provider that the application references. Nothing connects with them.
/// </summary>
internal sealed class ProviderOptions(Application application, EntityFramework framework)
{
    private static readonly (string Dialect, string Assembly, string Method, string ConnectionString)[] Providers =
    [
        ("sqlite", "Microsoft.EntityFrameworkCore.Sqlite", "UseSqlite", "Data Source=:memory:"),
        ("postgresql", "Npgsql.EntityFrameworkCore.PostgreSQL", "UseNpgsql", "Host=localhost"),
        ("mssql", "Microsoft.EntityFrameworkCore.SqlServer", "UseSqlServer", "Server=localhost"),
        ("mysql", "Pomelo.EntityFrameworkCore.MySql", "UseMySql", "Server=localhost"),
        ("mysql", "Microting.EntityFrameworkCore.MySql", "UseMySql", "Server=localhost"),
        ("mysql", "MySql.EntityFrameworkCore", "UseMySQL", "Server=localhost"),
    ];

    /// <summary>Packages that work only if the application's own options turn them on, and then change the model.</summary>
    public static readonly (string Assembly, string Call)[] Extensions =
    [
        ("EFCore.NamingConventions", "UseSnakeCaseNamingConvention or another of its calls"),
        ("Npgsql.EntityFrameworkCore.PostgreSQL.NetTopologySuite", "UseNetTopologySuite"),
        ("Npgsql.EntityFrameworkCore.PostgreSQL.NodaTime", "UseNodaTime"),
        ("Microsoft.EntityFrameworkCore.SqlServer.NetTopologySuite", "UseNetTopologySuite"),
        ("Microsoft.EntityFrameworkCore.SqlServer.HierarchyId", "UseHierarchyId"),
        ("Microsoft.EntityFrameworkCore.Sqlite.NetTopologySuite", "UseNetTopologySuite"),
    ];

    public object Build(Type context, string dialect)
    {
        var builder = Activator.CreateInstance(framework.CoreType("DbContextOptionsBuilder`1").MakeGenericType(context))!;
        var (assembly, provider) = Providers.Where(p => p.Dialect == (dialect == "mariadb" ? "mysql" : dialect))
            .Select(p => (Application.Find(p.Assembly), p)).FirstOrDefault(p => p.Item1 is not null);
        if (assembly is null)
            throw NoProvider(dialect);
        var use = assembly.GetExportedTypes().SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public))
            .First(m => m.Name == provider.Method && !m.IsGenericMethod && m.GetParameters() is [_, var second, ..]
                && second.ParameterType == typeof(string));
        use.Invoke(null, [builder, provider.ConnectionString,
            .. use.GetParameters().Skip(2).Select(p => p.ParameterType.Name == "ServerVersion" ? Version(p, dialect) : null)]);
        return builder.GetType()
            .GetProperty("Options", BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)!.GetValue(builder)!;
    }

    // A version that nobody named. Without one, this provider would connect to find out.
    private static object Version(ParameterInfo parameter, string dialect)
    {
        var (name, version) = dialect == "mariadb" ? ("MariaDbServerVersion", new Version(10, 11))
            : ("MySqlServerVersion", new Version(8, 0, 36));
        return Activator.CreateInstance(parameter.ParameterType.Assembly.GetExportedTypes().First(type => type.Name == name), version)!;
    }

    private ProbeException NoProvider(string dialect)
    {
        var present = Providers.Where(p => Application.Find(p.Assembly) is not null).ToList();
        var wanted =
            string.Join(" or ", Providers.Where(p => p.Dialect == (dialect == "mariadb" ? "mysql" : dialect)).Select(p => p.Assembly));
        var others = present.Count == 0 ? "" : $", only {string.Join(", ", present.Select(p => p.Assembly))}";
        return new(
            $"{application.Main.GetName().Name} has no EF Core provider for {dialect}{others}",
            $"add the package {wanted}, or correct the dialect of the database in the ini file");
    }
}
