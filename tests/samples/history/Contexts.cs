using Microsoft.EntityFrameworkCore;

namespace History;

/// <summary>Models that grow: MODEL_STEP says how far. Each step is a migration that <c>dotnet ef</c> writes.</summary>
public abstract class Growing : DbContext
{
    /// <summary>The last step of all.</summary>
    public const int Last = 12;

    protected static int Step => int.Parse(Environment.GetEnvironmentVariable("MODEL_STEP") ?? $"{Last}", null);

    protected static string Connection(string usual) => Environment.GetEnvironmentVariable("MODEL_DATABASE") ?? usual;
}

public sealed class ShopOnSqlite : Growing
{
    protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite(Connection("Data Source=:memory:"));

    // To a table with rows SQLite adds no stored column.
    protected override void OnModelCreating(ModelBuilder model) => Shop.Configure(model, Step, isStored: false);
}

public sealed class ShopOnPostgreSql : Growing
{
    protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseNpgsql(Connection("Host=localhost"));

    protected override void OnModelCreating(ModelBuilder model)
    {
        Shop.Configure(model, Step, isStored: true);
        if (Step >= 10)
            model.Entity<Product>().ToTable("Goods", table => table.HasComment("what is sold"));
        if (Step >= 11)
            model.Entity<Product>().Property(p => p.Title).HasComment("as it stands on the label");
    }
}

public sealed class Archive : Growing
{
    protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseNpgsql(Connection("Host=localhost"));

    protected override void OnModelCreating(ModelBuilder model) => Papers.Configure(model, Step);
}

public static class Program
{
    public static void Main()
    {
    }
}
