using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Shop;

public sealed class ShopContext(DbContextOptions<ShopContext> options) : DbContext(options)
{
    public DbSet<Customer> Customers => Set<Customer>();

    public DbSet<Order> Orders => Set<Order>();

    public DbSet<OrderStatus> OrderStatuses => Set<OrderStatus>();

    public DbSet<Product> Products => Set<Product>();

    public DbSet<Category> Categories => Set<Category>();

    public DbSet<Payment> Payments => Set<Payment>();

    public DbSet<Document> Documents => Set<Document>();

    public DbSet<Invoice> Invoices => Set<Invoice>();

    public DbSet<Van> Vans => Set<Van>();

    public DbSet<Bike> Bikes => Set<Bike>();

    public static void Use(DbContextOptionsBuilder options, string dialect, string database) =>
        _ = dialect == "sqlite" ? options.UseSqlite(database) : options.UseNpgsql(database);

    private bool IsPostgreSql => Database.ProviderName == "Npgsql.EntityFrameworkCore.PostgreSQL";

    protected override void OnConfiguring(DbContextOptionsBuilder options) =>
        options.ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.ModelValidationKeyDefaultValueWarning));

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.ApplyConfigurationsFromAssembly(typeof(ShopContext).Assembly);
        if (IsPostgreSql)
            PostgreSql.Configure(model);
    }
}
