using Microsoft.EntityFrameworkCore;

namespace Shop;

public enum Mood
{
    Happy,
    Sad,
}

public sealed class Audit
{
    public long Id { get; set; }

    public long Number { get; set; }

    public Mood Mood { get; set; }

    public string[] Words { get; set; } = [];

    public string Details { get; set; } = "{}";

    public DateTimeOffset At { get; set; }

    public uint Version { get; set; }
}

/// <summary>What only PostgreSQL has.</summary>
public static class PostgreSql
{
    public static void Configure(ModelBuilder model)
    {
        model.HasPostgresExtension("citext");
        model.HasPostgresEnum<Mood>();
        model.HasSequence<long>("audit_numbers", "audit").StartsAt(100).IncrementsBy(5);
        model.Entity<Audit>(audit =>
        {
            audit.ToTable("entries", "audit");
            audit.Property(a => a.Id).UseIdentityAlwaysColumn();
            audit.Property(a => a.Number).HasDefaultValueSql("nextval('audit.audit_numbers')");
            audit.Property(a => a.Mood).HasColumnType("mood");
            audit.Property(a => a.Details).HasColumnType("jsonb");
            audit.Property(a => a.Version).IsRowVersion();
            audit.HasIndex(a => a.Details).HasMethod("gin").HasOperators("jsonb_path_ops");
            audit.HasIndex(a => a.At).IncludeProperties(a => a.Number);
        });
        model.Entity<Category>().Property(c => c.Name).HasColumnType("citext").UseCollation("C");
    }
}
