using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop;

// A value of its own type, by a converter.
public sealed record EmailAddress(string Value);

// An owned type in the owner's columns.
public sealed class Address
{
    public required string Street { get; set; }

    public required string City { get; set; }

    public string? PostalCode { get; set; }
}

// An owned collection: a table of its own.
public sealed class Phone
{
    public required string Number { get; set; }
}

public sealed class Customer
{
    public int Id { get; set; }

    public required string Name { get; set; }

    public required EmailAddress Email { get; set; }

    public required Address Address { get; set; }

    public List<Phone> Phones { get; set; } = [];

    public DateTime CreatedAt { get; set; }

    public bool IsActive { get; set; }

    public List<Order> Orders { get; set; } = [];

    // Another class in the same table.
    public CustomerNotes? Notes { get; set; }
}

public sealed class CustomerNotes
{
    public int Id { get; set; }

    public string? Text { get; set; }
}

public sealed class CustomerConfiguration : IEntityTypeConfiguration<Customer>
{
    public void Configure(EntityTypeBuilder<Customer> customer)
    {
        customer.ToTable("customers", table =>
        {
            table.HasComment("who buys");
            table.HasCheckConstraint("ck_customers_name", "length(\"Name\") > 0");
        });
        customer.Property(c => c.Name).HasMaxLength(100).HasComment("as it stands on the invoice");
        customer.Property(c => c.Email).HasMaxLength(200).HasConversion(e => e.Value, text => new EmailAddress(text));
        customer.HasAlternateKey(c => c.Email);
        customer.Property(c => c.CreatedAt).HasDefaultValueSql("CURRENT_TIMESTAMP");
        customer.Property(c => c.IsActive).HasDefaultValue(true);
        customer.OwnsOne(c => c.Address, address =>
        {
            address.Property(a => a.Street).HasMaxLength(120);
            address.Property(a => a.City).HasColumnName("Town");
        });
        customer.OwnsMany(c => c.Phones);
        customer.HasOne(c => c.Notes).WithOne().HasForeignKey<CustomerNotes>(n => n.Id);
        customer.HasIndex(c => new { c.Name, c.CreatedAt }).IsDescending(false, true);
    }
}

public sealed class CustomerNotesConfiguration : IEntityTypeConfiguration<CustomerNotes>
{
    public void Configure(EntityTypeBuilder<CustomerNotes> notes) => notes.ToTable("customers");
}
