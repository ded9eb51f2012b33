using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop;

public enum Priority
{
    Low,
    Normal,
    High,
}

// Rows that belong to the model.
public sealed class OrderStatus
{
    public int Id { get; set; }

    public required string Name { get; set; }

    public bool IsFinal { get; set; }

    public decimal Fee { get; set; }

    public DateTime Since { get; set; }

    public Guid Token { get; set; }
}

// An owned type as JSON, with a list inside.
public sealed class Delivery
{
    public bool IsExpress { get; set; }

    public string? Instructions { get; set; }

    public List<Stop> Stops { get; set; } = [];
}

public sealed class Stop
{
    public string Place { get; set; } = "";
}

public sealed class Order
{
    public long Id { get; set; }

    public int CustomerId { get; set; }

    public Customer? Customer { get; set; }

    public int StatusId { get; set; }

    public OrderStatus? Status { get; set; }

    public Priority Priority { get; set; }

    public decimal Net { get; set; }

    public decimal Tax { get; set; }

    public decimal Total { get; set; }

    public Guid Reference { get; set; }

    public DateTime? ShippedAt { get; set; }

    public Delivery? Delivery { get; set; }

    public List<OrderLine> Lines { get; set; } = [];
}

// A composite key.
public sealed class OrderLine
{
    public long OrderId { get; set; }

    public int Number { get; set; }

    public int ProductId { get; set; }

    public Product? Product { get; set; }

    public int Quantity { get; set; }
}

public sealed class OrderStatusConfiguration : IEntityTypeConfiguration<OrderStatus>
{
    public void Configure(EntityTypeBuilder<OrderStatus> status)
    {
        status.Property(s => s.Name).HasMaxLength(40);
        status.Property(s => s.Fee).HasPrecision(8, 2);
        status.HasData(
            new OrderStatus
            {
                Id = 1, Name = "new", IsFinal = false, Fee = 0m, Since = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc),
                Token = new("0f8fad5b-d9cb-469f-a165-70867728950e")
            },
            new OrderStatus
            {
                Id = 2, Name = "it's paid", IsFinal = false, Fee = 1.50m, Since = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc),
                Token = new("7c9e6679-7425-40de-944b-e07fc1f90ae7")
            },
            new OrderStatus
            {
                Id = 3, Name = "shipped", IsFinal = true, Fee = 12m, Since = new(2024, 6, 1, 12, 30, 0, DateTimeKind.Utc),
                Token = new("11111111-2222-3333-4444-555555555555")
            });
    }
}

public sealed class OrderConfiguration : IEntityTypeConfiguration<Order>
{
    public void Configure(EntityTypeBuilder<Order> order)
    {
        order.Property(o => o.Priority).HasConversion<string>().HasMaxLength(10).HasDefaultValue(Priority.Normal);
        order.Property(o => o.Net).HasPrecision(12, 2);
        order.Property(o => o.Tax).HasPrecision(12, 2).HasDefaultValue(0m);
        order.Property(o => o.Total).HasPrecision(12, 2).HasComputedColumnSql("\"Net\" + \"Tax\"", stored: true);
        order.OwnsOne(o => o.Delivery, delivery =>
        {
            delivery.ToJson();
            delivery.OwnsMany(d => d.Stops);
        });
        order.HasOne(o => o.Customer).WithMany(c => c.Orders).OnDelete(DeleteBehavior.Restrict);
        order.HasOne(o => o.Status).WithMany().HasForeignKey(o => o.StatusId).OnDelete(DeleteBehavior.NoAction);
        order.HasIndex(o => o.Reference).IsUnique();
        order.HasIndex(o => o.ShippedAt).HasFilter("\"ShippedAt\" IS NULL").HasDatabaseName("ix_open_orders");
    }
}

public sealed class OrderLineConfiguration : IEntityTypeConfiguration<OrderLine>
{
    public void Configure(EntityTypeBuilder<OrderLine> line) => line.HasKey(l => new { l.OrderId, l.Number });
}
