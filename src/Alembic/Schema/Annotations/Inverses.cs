namespace Alembic.Schema.Annotations;

/// <summary>The inverse of each navigation: by <c>[InverseProperty]</c>, or if only one pair is possible.</summary>
internal sealed class Inverses
{
    private readonly Dictionary<Navigation, Navigation> _inverse = [];
    private readonly ILookup<(AnnotatedClass Owner, AnnotatedClass Target), Navigation> _byEnds;

    public Inverses(IReadOnlyList<Navigation> navigations, ModelProblems problems)
    {
        _byEnds = navigations.ToLookup(n => (n.Owner, n.Target));
        foreach (var navigation in navigations)
        {
            if (navigation.Property.On("InverseProperty")?.Argument<string>(0) is not { } name)
                continue;
            if (Back(navigation).FirstOrDefault(n => n.Property.Name == name) is { } back)
                Pair(navigation, back);
            else
            {
                problems.Add(ModelError.At(
                    navigation.Property,
                    $"[InverseProperty] names '{name}', which is not a navigation of {navigation.Target.Name} to {navigation.Owner.Name}.",
                    "correct the name"));
            }
        }
        foreach (var navigation in navigations.Where(n => !_inverse.ContainsKey(n)).ToList())
            _ = problems.Try(() => PairByConvention(navigation));
    }

    public Navigation? Of(Navigation navigation) => _inverse.GetValueOrDefault(navigation);

    private Navigation? PairByConvention(Navigation navigation)
    {
        if (Of(navigation) is { } known)
            return known;
        var back = Back(navigation).ToList();
        if (navigation.IsCollection && back.Count > 1 && navigation.Property.On("ForeignKey")?.Argument<string>(0) is { } key)
            back = back.FindAll(n => KeyOf(n) == key);
        if (navigation.IsCollection && back.Count > 1)
            throw ModelError.At(
                navigation.Property, $"{string.Join(" and ", back.Select(n => $"'{n.Property.Path}'"))} could each be its inverse.",
                $"say which: [InverseProperty(nameof({navigation.Target.Name}.{back[0].Property.Name}))]");
        if (back.Count == 1 && Back(back[0]).Count() == 1)
            Pair(navigation, back[0]);
        else if (navigation.IsCollection && back.Count == 1 && !back[0].IsCollection)
            throw ModelError.At(
                navigation.Property, $"it is one of several collections that '{back[0].Property.Path}' could be the inverse of.",
                $"say which is: [InverseProperty(nameof({navigation.Target.Name}.{back[0].Property.Name}))]");
        return Of(navigation);
    }

    private static string? KeyOf(Navigation navigation) =>
        navigation.Property.On("ForeignKey")?.Argument<string>(0)
        ?? navigation.Owner.Columns.FirstOrDefault(c => c.On("ForeignKey")?.Argument<string>(0) == navigation.Property.Name)?.Name
        ?? navigation.Property.Name + "Id";

    // Two references of a class to itself (Previous, Next) are two keys, not one relationship seen from both ends.
    private IEnumerable<Navigation> Back(Navigation navigation) =>
        _byEnds[(navigation.Target, navigation.Owner)].Where(n =>
            n != navigation && !_inverse.ContainsKey(n)
                && (navigation.Owner != navigation.Target || n.IsCollection || navigation.IsCollection));

    private void Pair(Navigation one, Navigation other)
    {
        _inverse[one] = other;
        _inverse[other] = one;
    }
}
