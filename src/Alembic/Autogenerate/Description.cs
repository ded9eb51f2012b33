using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Autogenerate;

/// <summary>Operations in the notation of Alembic's <c>check</c>: tuples of the kind of difference and what is different.</summary>
internal static class Description
{
    public static IEnumerable<string> Of(Operation operation) => operation switch
    {
        CreateTable o => [$"('add_table', {Text(o.Table)})", .. o.Table.Indexes.Select(i => $"('add_index', {Text(i)})")],
        DropTable { Definition: { } table } => [.. table.Indexes.Select(i => $"('remove_index', {Text(i)})"), $"('remove_table', {Text(table)})"],
        AddColumn o => [$"('add_column', {Repr.Of(o.Schema)}, {Repr.Of(o.Table)}, {Text(o.Column)})"],
        DropColumn { Definition: { } column } o => [$"('remove_column', {Repr.Of(o.Schema)}, {Repr.Of(o.Table)}, {Text(column)})"],
        RenameTable o => [$"('rename_table', {Repr.Of(o.Schema)}, {Repr.Of(o.From)}, {Repr.Of(o.To)})"],
        AlterColumn { NewName: { } name } o => [$"('rename_column', {Repr.Of(o.Schema)}, {Repr.Of(o.Table)}, {Repr.Of(o.Column)}, {Repr.Of(name)})"],
        AlterColumn o => [$"[{string.Join(", ", Modifications(o))}]"],
        CreateIndex o => [$"('add_index', {Text(o.Index)})"],
        DropIndex { Definition: { } index } => [$"('remove_index', {Text(index)})"],
        CreateConstraint o => [$"('{(o.Constraint is ForeignKeyConstraint ? "add_fk" : "add_constraint")}', {Text(o.Constraint)})"],
        DropConstraint { Definition: { } constraint } => [$"('{(constraint is ForeignKeyConstraint ? "remove_fk" : "remove_constraint")}', {Text(constraint)})"],
        TableComment { Comment: null } o => [$"('remove_table_comment', {Repr.Of(o.Schema)}, {Repr.Of(o.Table)})"],
        TableComment o => [$"('add_table_comment', {Repr.Of(o.Schema)}, {Repr.Of(o.Table)}, {Repr.Of(o.Comment)})"],
        CreateEnumType o => [$"('add_enum_type', {Repr.Of(o.Schema)}, {Repr.Of(o.Name)}, {Repr.Tuple(o.Values)})"],
        AlterEnumType o => [$"('modify_enum_type', {Repr.Of(o.Schema)}, {Repr.Of(o.Name)}, {Repr.Tuple(o.ExistingValues ?? [])}, {Repr.Tuple(o.Values)})"],
        DropEnumType o => [$"('remove_enum_type', {Repr.Of(o.Schema)}, {Repr.Of(o.Name)})"],
        BatchAlterTable o => o.Operations.SelectMany(Of),
        _ => [$"('{operation.GetType().Name}',)"],
    };

    private static IEnumerable<string> Modifications(AlterColumn o)
    {
        string Tuple(string kind, string from, string to) => $"('{kind}', {Repr.Of(o.Schema)}, {Repr.Of(o.Table)}, {Repr.Of(o.Column)}, {from}, {to})";
        if (o.Type is { } type)
            yield return Tuple("modify_type", o.ExistingType is { } old ? Text(old) : "None", Text(type));
        if (o.Collation is { } collation)
            yield return Tuple("modify_collation", Repr.Of(o.ExistingCollation), collation.Length == 0 ? "None" : Repr.Of(collation));
        if (o.Nullable is { } nullable)
            yield return Tuple("modify_nullable", o.ExistingNullable is { } old ? Repr.Of(old) : "None", Repr.Of(nullable));
        if (o.ServerDefault is { } value)
            yield return Tuple("modify_default", Text(o.ExistingServerDefault), Text(value));
        if (o.Identity is { } identity)
            yield return Tuple("modify_default", o.ExistingIdentity?.ToString() ?? "None", identity == Identity.None ? "None" : identity.ToString());
        if (o is { IsNumbering: true, Autoincrement: { } numbered })
            yield return Tuple("modify_autoincrement", Repr.Of(!numbered), Repr.Of(numbered));
        if (o.Comment is { } comment)
            yield return Tuple("modify_comment", Repr.Of(o.ExistingComment), Repr.Of(comment));
    }

    private static string Text(ServerDefault? value) => value is null or { Kind: ServerDefaultKind.None } ? "None" : Repr.Of(value.Value);

    private static string Text(Table table) => $"Table({Repr.Of(table.Name)}, {string.Join(", ", table.Columns.Select(Text))}, schema={Repr.Of(table.Schema)})";

    private static string Text(Column c) => $"Column({Repr.Of(c.Name)}, {Text(c.Type)}{(c.Nullable ? "" : ", nullable=False")}{(c.ServerDefault is null ? "" : $", server_default={Text(c.ServerDefault)}")})";

    private static string Text(TableIndex index) => $"Index({Repr.Of(index.Name)}, {string.Join(", ", index.Columns.Select(c => Repr.Of(c.ToString())))}{(index.Unique ? ", unique=True" : "")})";

    private static string Text(SqlType type) => type.Kind == SqlTypeKind.Raw ? type.Name ?? "" : type switch
    {
        { Length: { } n } => $"{type.Kind}({n})",
        { Precision: { } p } => $"{type.Kind}({p}{(type.Scale is { } s ? $", {s}" : "")})",
        { Values.Count: > 0 } => $"{type.Kind}({string.Join(", ", type.Values.Select(Repr.Of))})",
        _ => $"{type.Kind}()",
    };

    private static string Text(Constraint constraint) => $"{constraint.GetType().Name}({string.Join(", ", constraint switch
    {
        PrimaryKeyConstraint key => key.Columns.Select(Repr.Of),
        UniqueConstraint unique => unique.Columns.Select(Repr.Of),
        ForeignKeyConstraint key => [Repr.Tuple(key.Columns), Repr.Tuple(key.Targets)],
        CheckConstraint check => [Repr.Of(check.Sql)],
        ExcludeConstraint exclude => exclude.Elements.Select(e => $"({Repr.Of(e.Element.ToString())}, {Repr.Of(e.Operator)})"),
        _ => Array.Empty<string>(),
    })}, name={Repr.Of(constraint.Name)})";
}
