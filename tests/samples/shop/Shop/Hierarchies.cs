using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop;

// One table for the hierarchy.
public abstract class Payment
{
    public int Id { get; set; }

    public decimal Amount { get; set; }
}

public sealed class CardPayment : Payment
{
    public string? Last4 { get; set; }
}

public sealed class BankPayment : Payment
{
    public required string Iban { get; set; }
}

// A table for each type.
public class Document
{
    public int Id { get; set; }

    public required string Title { get; set; }
}

public sealed class Invoice : Document
{
    public DateOnly Due { get; set; }
}

// A table for each concrete type.
public abstract class Vehicle
{
    public int Id { get; set; }

    public required string Plate { get; set; }
}

public sealed class Van : Vehicle
{
    public int Payload { get; set; }
}

public sealed class Bike : Vehicle
{
    public bool IsElectric { get; set; }
}

public sealed class PaymentConfiguration : IEntityTypeConfiguration<Payment>
{
    public void Configure(EntityTypeBuilder<Payment> payment)
    {
        payment.HasDiscriminator<string>("kind").HasValue<CardPayment>("card").HasValue<BankPayment>("bank");
        payment.Property(p => p.Amount).HasPrecision(12, 2);
    }
}

public sealed class CardPaymentConfiguration : IEntityTypeConfiguration<CardPayment>
{
    public void Configure(EntityTypeBuilder<CardPayment> payment) => payment.Property(p => p.Last4).HasMaxLength(4).IsFixedLength();
}

public sealed class BankPaymentConfiguration : IEntityTypeConfiguration<BankPayment>
{
    public void Configure(EntityTypeBuilder<BankPayment> payment) => payment.Property(p => p.Iban).HasMaxLength(34);
}

public sealed class DocumentConfiguration : IEntityTypeConfiguration<Document>
{
    public void Configure(EntityTypeBuilder<Document> document) => document.UseTptMappingStrategy();
}

public sealed class VehicleConfiguration : IEntityTypeConfiguration<Vehicle>
{
    public void Configure(EntityTypeBuilder<Vehicle> vehicle) => vehicle.UseTpcMappingStrategy().Property(v => v.Id).ValueGeneratedNever();
}
