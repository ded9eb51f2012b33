using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Alembic.Schema;

namespace ITimeline;

/// <summary>Who keeps timelines.</summary>
[Table("user")]
public sealed class User
{
    public int Id { get; set; }

    [MaxLength(80), Unique]
    public required string Email { get; set; }

    [MaxLength(100)]
    public required string Name { get; set; }

    public List<Timeline> Timelines { get; set; } = [];
}

/// <summary>A line of events that a user keeps.</summary>
[Table("timeline")]
public sealed class Timeline
{
    public int Id { get; set; }

    [MaxLength(100), Index]
    public required string Name { get; set; }

    [Index]
    public int OwnerId { get; set; }

    [ForeignKey(nameof(OwnerId))]
    public required User Owner { get; set; }

    [DefaultValue(false)]
    public bool RequiresApproval { get; set; }

    public List<Event> Events { get; set; } = [];
}

/// <summary>Something that happened.</summary>
[Table("event")]
public sealed class Event
{
    public int Id { get; set; }

    [MaxLength(200)]
    public required string Title { get; set; }

    public string? Description { get; set; }

    public DateTime StartsAt { get; set; }

    [MaxLength(20)]
    public required string Visibility { get; set; }

    [Index]
    public int TimelineId { get; set; }

    public required Timeline Timeline { get; set; }
}
