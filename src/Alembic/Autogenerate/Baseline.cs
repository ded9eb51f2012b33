using Alembic.Operations;
using Alembic.Schema;
using Microsoft.Extensions.Logging;

namespace Alembic.Autogenerate;

/// <summary>The operations that make an empty database what one is now: the first revision of a project whose database was there before it.</summary>
public static class Baseline
{
    /// <summary>Plans the revision.</summary>
    /// <param name="database">The database, as an inspector read it.</param>
    /// <param name="unexpressed">What it has besides.</param>
    /// <param name="dialect">Its dialect.</param>
    /// <param name="options">What is looked at.</param>
    public static Comparison Of(MetaData database, IReadOnlyList<UnmappedObject> unexpressed, Dialect dialect, ComparisonOptions options)
    {
        var tables = new IncludeFilter(options, isDatabase: true).Apply(NormalForm.Of(database)).Where(t => !IncludeFilter.IsOfAnotherTool(t)).ToList();
        var everything = Compare.Schemas(new MetaData(tables), new MetaData([]), dialect, new ComparisonOptions { VersionTable = options.VersionTable, VersionTableSchema = options.VersionTableSchema });
        var verbatim = unexpressed.Where(u => u is { IsTable: true, Instead.Count: > 0 }).ToDictionary(u => (u.Schema, u.Name), u => u.Instead);
        var rest = unexpressed.Where(u => !u.IsTable && options.IncludeName(new SchemaObject(u.Name, SchemaObjectKind.Table) { Schema = u.Schema, IsReflected = true })
            && (u.Of is not { } of || tables.Any(t => (t.Schema, t.Name) == of))).ToList();
        var missing = rest.Where(u => u.Instead.Count == 0).ToList();
        List<PlannedOperation> plan = [.. everything.Upgrade.SelectMany(p => Instead(p) is { } instead ? AsItIs(instead) : [p]), .. rest.SelectMany(u => u.Instead).Select(o => new PlannedOperation(o))];
        // What is written so comes without its foreign keys, so that tables may point to each other.
        if (dialect.Name != "sqlite")
            plan.AddRange(everything.Upgrade.Where(p => Instead(p) is not null).SelectMany(p => KeysOf(((CreateTable)p.Operation).Table)));
        if (missing.Count > 0 && plan.Count > 0)
            plan[0] = plan[0] with { Remark = string.Join('\n', new[] { Remark(missing), plan[0].Remark }.OfType<string>()) };
        return new Comparison(plan, [.. everything.Log, .. missing.Select(u => new LogEvent("alembic.autogenerate.baseline", LogLevel.Warning, $"The {u.Kind} '{Named(u)}' is not written: add it with op.Execute"))]);

        IReadOnlyList<Operation>? Instead(PlannedOperation planned) => planned.Operation is CreateTable create ? verbatim.GetValueOrDefault((create.Table.Schema, create.Table.Name)) : null;
    }

    private static IEnumerable<PlannedOperation> AsItIs(IReadOnlyList<Operation> instead) =>
        instead.Select((o, index) => new PlannedOperation(o, index > 0 || o is not Execute ? null : "As the database itself writes it: op.CreateTable cannot say all of this."));

    private static IEnumerable<PlannedOperation> KeysOf(Table table) => table.ForeignKeys.Select(key => new PlannedOperation(Constraints.Create(key, table)));

    private static string Remark(IReadOnlyList<UnmappedObject> missing) =>
        $"The database has more than tables, and autogenerate does not write it; add what is wanted with op.Execute:\n{string.Join('\n', missing.GroupBy(u => u.Kind).Select(g => $"- {g.Key}: {string.Join(", ", g.Select(Named))}"))}";

    private static string Named(UnmappedObject thing) => thing.Schema is null ? thing.Name : $"{thing.Schema}.{thing.Name}";
}
