using Alembic.Operations;
using Alembic.Schema;
using CsCheck;

namespace Alembic.Tests.Autogenerate;

/// <summary>
/// Pairs of random schemas, the same in every run. A class for each kind of server runs them, so that they run beside each other.
/// </summary>
internal static class SchemaPairs
{
    /// <summary>Those of one server by hand: <c>ALEMBIC_TEST_PAIRS_ON="18"</c> or <c>"mariadb plain"</c>.</summary>
    public static IEnumerable<object[]> Asked(object[][] rows) => rows.Where(row =>
        Environment.GetEnvironmentVariable("ALEMBIC_TEST_PAIRS_ON") is not { Length: > 0 } one
        || one == $"{row[0]}{(row[1] is true ? " plain" : "")}");

    public static void Check(Dialect dialect, int pairs, Action<MetaData, MetaData, int> make)
    {
        var schemas = new RandomSchemas(dialect).Schemas;
        Gen.Select(schemas, schemas, Gen.Int[0, 9999]).Check(FixedSamples.Pairs(pairs), pair => make(pair.Item1, pair.Item2, pair.Item3),
            pair => $"{Journey.Text(pair.Item1)}\n\n=>\n\n{Journey.Text(pair.Item2)}\n\nviews {pair.Item3}");
    }

    /// <summary>
    /// A sequence takes a name that a table, an index or a key had, where the database keeps them in one place.
    /// </summary>
    public static MetaData WithSequence(MetaData from, MetaData to, Dialect dialect)
    {
        IEnumerable<string> Names(MetaData schema) => schema.Tables.Where(t => t.Schema is null).SelectMany(t =>
            t.Indexes.Select(i => i.Name).Concat(t.Uniques.Select(u => u.Name)).OfType<string>()
                .Where(n => dialect.Name == "postgresql" && n.EndsWith("_moves", StringComparison.Ordinal)).Prepend(t.Name));
        var free = Names(from).Except(Names(to)).Except(to.Tables.SelectMany(t => t.Indexes).Select(i => i.Name)).LastOrDefault();
        return dialect.Name is not ("postgresql" or "mariadb") ? to
            : to with { Sequences = [.. to.Sequences, .. free is null ? [] : new[] { new Sequence(free) }] };
    }
}
