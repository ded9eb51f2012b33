using Microsoft.EntityFrameworkCore;

namespace History;

public sealed class Product
{
    public int Id { get; set; }

    public string Title { get; set; } = "";

    public decimal Price { get; set; }

    public int Stock { get; set; }

    public string? Remark { get; set; }

    public decimal Net { get; set; }

    public Category? Category { get; set; }

    public List<Label> Labels { get; set; } = [];
}

public sealed class Category
{
    public int Id { get; set; }

    public string Name { get; set; } = "";

    public int Rank { get; set; }
}

public sealed class Label
{
    public int Id { get; set; }

    public string Text { get; set; } = "";
}

/// <summary>What both databases can do.</summary>
public static class Shop
{
    public static void Configure(ModelBuilder model, int step, bool isStored)
    {
        model.Entity<Product>(product =>
        {
            product.ToTable(step >= 4 ? "Goods" : "Products", table =>
            {
                if (step >= 9)
                    table.HasCheckConstraint("ck_price", step >= 10 ? "\"Price\" > 0" : "\"Price\" >= 0");
            });
            product.Property(p => p.Title).HasColumnName(step >= 3 ? "Title" : "Name").HasMaxLength(step >= 8 ? 80 : 40);
            product.Property(p => p.Price).HasPrecision(step >= 8 ? 12 : 10, 2);
            if (step >= 7)
                product.Property(p => p.Stock).HasDefaultValue(1);
            else
                product.Ignore(p => p.Stock);
            if (step >= 12)
                product.Ignore(p => p.Remark);
            else
                product.Property(p => p.Remark).IsRequired(step >= 8).HasDefaultValue(step >= 8 ? "none" : null);
            if (step >= 10)
                product.Property(p => p.Net).HasPrecision(12, 2).HasComputedColumnSql("\"Price\" * 2", stored: isStored);
            else
                product.Ignore(p => p.Net);
            if (step >= 2)
                product.HasOne(p => p.Category).WithMany().OnDelete(step >= 9 ? DeleteBehavior.SetNull : DeleteBehavior.NoAction);
            else
                product.Ignore(p => p.Category);
            if (step >= 9)
                product.HasIndex(p => p.Title).IsUnique().HasDatabaseName(step >= 11 ? "ux_goods_title" : "ux_title");
            if (step is >= 5 and < 12)
                product.HasIndex(p => p.Price).IsDescending().HasFilter("\"Price\" > 0");
            if (step >= 11)
                product.HasMany(p => p.Labels).WithMany();
            else
                product.Ignore(p => p.Labels);
        });
        if (step >= 2)
            model.Entity<Category>(category => Configure(category, step));
        else
            model.Ignore<Category>();
        if (step < 11)
            model.Ignore<Label>();
    }

    private static void Configure(Microsoft.EntityFrameworkCore.Metadata.Builders.EntityTypeBuilder<Category> category, int step)
    {
        category.ToTable("Categories");
        if (step >= 6)
            category.HasAlternateKey(c => c.Name);
        if (step >= 5)
        {
            category.HasData(
                new Category { Id = 1, Name = "books", Rank = 1 },
                new Category { Id = 2, Name = step >= 6 ? "it's music" : "music", Rank = step >= 6 ? 20 : 2 });
        }
        if (step == 5)
            category.HasData(new Category { Id = 3, Name = "films" });
        if (step >= 6)
            category.HasData(new Category { Id = 4, Name = "games" });
    }
}
