namespace Alembic.Schema.Annotations;

/// <summary>A foreign key between two annotated classes.</summary>
/// <param name="Dependent">The class whose table has the key.</param>
/// <param name="Principal">The class that it points to.</param>
/// <param name="Properties">The properties that hold it; empty if none does, and columns are created for it.</param>
/// <param name="Navigation">The navigation that led to it, or null.</param>
/// <param name="IsOneToOne">Whether at most one row may point to the same row.</param>
internal sealed record Reference(AnnotatedClass Dependent, AnnotatedClass Principal, IReadOnlyList<AnnotatedProperty> Properties,
    Navigation? Navigation, bool IsOneToOne = false)
{
    /// <summary>The inverse navigation, or null.</summary>
    public Navigation? Inverse { get; init; }

    public string? OnDelete => Places.Select(p => p.On("OnDelete")?.Argument<string>(0)).FirstOrDefault(action => action is not null)
        // EF Core's [DeleteBehavior] by its numbers; what it does only on the client does not concern the database.
        ?? Navigation?.Property.On("DeleteBehavior")?.Argument<int>(0) switch
        {
            1 => "RESTRICT",
            2 => "SET NULL",
            3 => "CASCADE",
            _ => null,
        };

    // The navigation, its inverse and the key may each say it.
    private IEnumerable<AnnotatedProperty> Places =>
        [.. Navigation is null ? Array.Empty<AnnotatedProperty>() : [Navigation.Property],
            .. Inverse is null ? Array.Empty<AnnotatedProperty>() : [Inverse.Property], .. Properties];

    /// <summary>
    /// The columns for a key that no property holds, named after the navigation and the principal's key: <c>TimelineId</c>.
    /// </summary>
    public IEnumerable<Column> ShadowColumns(Naming naming) => Principal.Key.Select(key =>
        new Column(naming.Apply(Prefix + WithoutClass(key.Name)), key.SqlType,
            nullable: Navigation is not { IsCollection: false } || Navigation.Property.AllowsNull));

    private string Prefix => Navigation is { IsCollection: false } ? Navigation.Property.Name : Principal.Name;

    private string WithoutClass(string key) =>
        key.StartsWith(Principal.Name, StringComparison.OrdinalIgnoreCase) && key.Length > Principal.Name.Length
        ? key[Principal.Name.Length..]
        : key;
}
