using Microsoft.EntityFrameworkCore;

namespace History;

public enum Mood
{
    Happy,
    Sad,
}

public sealed class Paper
{
    public long Id { get; set; }

    public string Title { get; set; } = "";

    public long Number { get; set; }

    public string Details { get; set; } = "{}";

    public string? Mood { get; set; }

    public string[] Words { get; set; } = [];

    public DateTimeOffset At { get; set; }

    public Guid Token { get; set; }

    public uint Version { get; set; }
}

public sealed class Signature
{
    public int Id { get; set; }

    public long PaperId { get; set; }

    public byte[] Bytes { get; set; } = [];
}

/// <summary>What only PostgreSQL has.</summary>
public static class Papers
{
    public static void Configure(ModelBuilder model, int step)
    {
        if (step >= 2)
            model.HasPostgresExtension("citext");
        if (step >= 3)
            model.HasPostgresEnum(null, "mood", step >= 5 ? ["happy", "so_so", "sad"] : ["happy", "sad"]);
        if (step is >= 4 and < 12)
            model.HasSequence<long>("paper_numbers").StartsAt(100).IncrementsBy(step >= 6 ? 10 : 5);
        model.Entity<Paper>(paper =>
        {
            paper.ToTable(step >= 9 ? "sheets" : "papers", step >= 7 ? "archive" : null);
            if (step >= 6)
                paper.Property(p => p.Id).UseIdentityAlwaysColumn();
            if (step >= 2)
                paper.Property(p => p.Title).HasColumnType("citext").UseCollation(step >= 10 ? "C" : null);
            if (step is >= 4 and < 11)
                paper.Property(p => p.Number).HasDefaultValueSql("nextval('paper_numbers')");
            paper.Property(p => p.Details).HasColumnType(step >= 8 ? "jsonb" : "json");
            if (step >= 3)
                paper.Property(p => p.Mood).HasColumnType("mood");
            else
                paper.Ignore(p => p.Mood);
            paper.Property(p => p.Token).HasDefaultValueSql(step >= 4 ? "gen_random_uuid()" : null);
            paper.Property(p => p.Version).IsRowVersion();
            if (step >= 8)
                paper.HasIndex(p => p.Details).HasMethod("gin").HasOperators("jsonb_path_ops");
            if (step >= 5)
                paper.HasIndex(p => p.At).IncludeProperties(p => p.Number).HasDatabaseName(step >= 11 ? "ix_papers_by_time" : "ix_at");
            if (step >= 10)
                paper.HasIndex(p => p.Token).IsUnique().AreNullsDistinct(false);
        });
        if (step < 9)
        {
            model.Ignore<Signature>();
            return;
        }
        model.Entity<Signature>(signature =>
        {
            signature.ToTable("signatures", "archive");
            signature.HasOne<Paper>().WithMany().HasForeignKey(s => s.PaperId).OnDelete(DeleteBehavior.Cascade);
            if (step >= 11)
                signature.HasKey(s => s.Id).HasName("signatures_key");
        });
    }
}
