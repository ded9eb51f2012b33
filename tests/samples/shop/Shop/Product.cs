using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop;

public sealed class Category
{
    public int Id { get; set; }

    public required string Name { get; set; }

    // A key to the table itself.
    public Category? Parent { get; set; }

    // Many to many: a table between them.
    public List<Product> Products { get; set; } = [];
}

public sealed class Product
{
    public int Id { get; set; }

    public required string Name { get; set; }

    public string? Description { get; set; }

    public decimal Price { get; set; }

    public double Weight { get; set; }

    public byte[]? Image { get; set; }

    public TimeSpan PreparationTime { get; set; }

    public DateOnly AvailableFrom { get; set; }

    public List<Category> Categories { get; set; } = [];

    // The order that the columns are to have is said.
    public string Sku { get; set; } = "";
}

// A query, not a table.
public sealed class ProductSales
{
    public int ProductId { get; set; }

    public long Sold { get; set; }
}

// A table that others make.
public sealed class StockLevel
{
    public int Id { get; set; }

    public int Pieces { get; set; }
}

public sealed class CategoryConfiguration : IEntityTypeConfiguration<Category>
{
    public void Configure(EntityTypeBuilder<Category> category) => category.Property(c => c.Name).HasMaxLength(60);
}

public sealed class ProductConfiguration : IEntityTypeConfiguration<Product>
{
    public void Configure(EntityTypeBuilder<Product> product)
    {
        product.Property(p => p.Sku).HasMaxLength(20).HasColumnOrder(1);
        product.Property(p => p.Id).HasColumnOrder(0);
        product.Property(p => p.Price).HasPrecision(10, 2);
        product.HasIndex(p => p.Sku).IsUnique();
        product.HasMany(p => p.Categories).WithMany(c => c.Products);
    }
}

public sealed class ProductSalesConfiguration : IEntityTypeConfiguration<ProductSales>
{
    public void Configure(EntityTypeBuilder<ProductSales> sales) => sales.HasNoKey().ToView("product_sales");
}

public sealed class StockLevelConfiguration : IEntityTypeConfiguration<StockLevel>
{
    public void Configure(EntityTypeBuilder<StockLevel> stock) => stock.ToTable("stock_levels", table => table.ExcludeFromMigrations());
}
