namespace Alembic;

/// <summary>The comparisons that <see cref="EnvironmentOptions.SkipComparisons"/> can switch off.</summary>
public enum ComparisonKind
{
#pragma warning disable CS1591 // the names say it
    Schema, EnumType, Sequence, Extension, Nullable, Type, Collation, ServerDefault, Identity, Computed, Autoincrement, Comment,
    PrimaryKey, Index, UniqueConstraint, ForeignKey, CheckConstraint, ExcludeConstraint,
#pragma warning restore CS1591

    /// <summary>The rows that belong to the model.</summary>
    Row,
}

/// <summary>A comparison that can be switched off by its kind; null for one that cannot.</summary>
internal sealed record Switched<TPair, TResult>(ComparisonKind? Kind, Func<TPair, TResult> Compare);
