using Microsoft.EntityFrameworkCore;
using NpgsqlTypes;

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

    public string Title { get; set; } = "";

    public string? Subtitle { get; set; }

    public NpgsqlTsVector Search { get; set; } = null!;
}

/// <summary>What only PostgreSQL has.</summary>
public static class PostgreSql
{
    public static void Configure(ModelBuilder model)
    {
        model.HasPostgresExtension("citext");
        model.HasPostgresEnum<Mood>();
        // What no column uses is created too.
        model.HasPostgresEnum("audit", "severity", ["low", "it's high"]);
        model.HasPostgresRange("audit", "float_range", "float8");
        model.HasCollation("german", locale: "de-x-icu", provider: "icu", deterministic: false);
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
            audit.HasIndex(a => a.At).IncludeProperties(a => a.Number)
                .HasDatabaseName("a_name_that_is_longer_than_PostgreSQL_keeps_so_that_it_cuts_off_the_end");
            audit.Property(a => a.Title).UseCollation("german");
            audit.HasGeneratedTsVectorColumn(a => a.Search, "english", a => new { a.Title, a.Subtitle }).HasIndex(a => a.Search)
                .HasMethod("GIN");
            audit.HasIndex(a => new { a.Subtitle, a.Title }).HasMethod("GIN").IsTsVectorExpressionIndex("simple");
        });
        model.Entity<Category>().Property(c => c.Name).HasColumnType("citext").UseCollation("C");
    }
}
