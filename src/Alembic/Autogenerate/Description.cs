using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Autogenerate;

/// <summary>Operations in the notation of Alembic's <c>check</c>: tuples of the kind of difference and its details.</summary>
internal static class Description
{
    public static IEnumerable<string> Of(Operation operation) => operation switch
    {
        CreateTable o => [$"('add_table', {Text(o.Table)})", .. o.Table.Indexes.Select(i => $"('add_index', {Text(i)})")],
        DropTable { Definition: { } table } => [.. table.Indexes.Select(i => $"('remove_index', {Text(i)})"),
            $"('remove_table', {Text(table)})"],
        AddColumn o => [$"('add_column', {PythonText.Of(o.Schema)}, {PythonText.Of(o.Table)}, {Text(o.Column)})"],
        DropColumn { Definition: { } column } o =>
            [$"('remove_column', {PythonText.Of(o.Schema)}, {PythonText.Of(o.Table)}, {Text(column)})"],
        RenameTable o => [$"('rename_table', {PythonText.Of(o.Schema)}, {PythonText.Of(o.From)}, {PythonText.Of(o.To)})"],
        AlterColumn { NewName: { } name } o =>
            [$"('rename_column', {PythonText.Of(o.Schema)}, {PythonText.Of(o.Table)}, {PythonText.Of(o.Column)}, {PythonText.Of(name)})"],
        AlterColumn o => [$"[{string.Join(", ", Modifications(o))}]"],
        CreateIndex o => [$"('add_index', {Text(o.Index)})"],
        DropIndex { Definition: { } index } => [$"('remove_index', {Text(index)})"],
        CreateConstraint o => [$"('{(o.Constraint is ForeignKeyConstraint ? "add_fk" : "add_constraint")}', {Text(o.Constraint)})"],
        DropConstraint { Definition: { } constraint } =>
            [$"('{(constraint is ForeignKeyConstraint ? "remove_fk" : "remove_constraint")}', {Text(constraint)})"],
        ValidateConstraint { Definition: { } constraint } => [$"('validate_constraint', {Text(constraint)})"],
        TableComment { Comment: null } o => [$"('remove_table_comment', {PythonText.Of(o.Schema)}, {PythonText.Of(o.Table)})"],
        TableComment o => [$"('add_table_comment', {PythonText.Of(o.Schema)}, {PythonText.Of(o.Table)}, {PythonText.Of(o.Comment)})"],
        CreateEnumType o => [$"('add_enum_type', {PythonText.Of(o.Schema)}, {PythonText.Of(o.Name)}, {PythonText.Tuple(o.Values)})"],
        AlterEnumType o =>
            [$"('modify_enum_type', {PythonText.Of(o.Schema)}, {PythonText.Of(o.Name)}, {PythonText.Tuple(o.ExistingValues ?? [])}, "
                + $"{PythonText.Tuple(o.Values)})"],
        DropEnumType o => [$"('remove_enum_type', {PythonText.Of(o.Schema)}, {PythonText.Of(o.Name)})"],
        CreateSchema o => [$"('add_schema', {PythonText.Of(o.Name)})"],
        DropSchema o => [$"('remove_schema', {PythonText.Of(o.Name)})"],
        CreateExtension o => [$"('add_extension', {PythonText.Of(o.Schema)}, {PythonText.Of(o.Name)})"],
        CreateSequence o => [$"('add_sequence', {PythonText.Of(o.Sequence.Schema)}, {PythonText.Of(o.Sequence.Name)})"],
        AlterSequence o => [$"('modify_sequence', {PythonText.Of(o.Schema)}, {PythonText.Of(o.Name)})"],
        InsertData o => [$"('add_rows', {PythonText.Of(o.Data.Schema)}, {PythonText.Of(o.Data.Table)}, {o.Data.Rows.Count})"],
        UpdateData o => [$"('modify_row', {PythonText.Of(o.Schema)}, {PythonText.Of(o.Table)}, {PythonText.Tuple(o.Columns)})"],
        DeleteData o => [$"('remove_rows', {PythonText.Of(o.Schema)}, {PythonText.Of(o.Table)}, {o.KeyValues.Count})"],
        BatchAlterTable o => o.Operations.SelectMany(Of),
        _ => [$"('{operation.GetType().Name}',)"],
    };

    private static IEnumerable<string> Modifications(AlterColumn o)
    {
        string Tuple(string kind, string from, string to) =>
            $"('{kind}', {PythonText.Of(o.Schema)}, {PythonText.Of(o.Table)}, {PythonText.Of(o.Column)}, {from}, {to})";
        if (o.Type is { } type)
            yield return Tuple("modify_type", o.ExistingType is { } old ? Text(old) : "None", Text(type));
        if (o.Collation is { } collation)
            yield return Tuple("modify_collation", PythonText.Of(o.ExistingCollation),
                collation.Length == 0 ? "None" : PythonText.Of(collation));
        if (o.Nullable is { } nullable)
            yield return Tuple("modify_nullable", o.ExistingNullable is { } old ? PythonText.Of(old) : "None", PythonText.Of(nullable));
        if (o.ServerDefault is { } value)
            yield return Tuple("modify_default", Text(o.ExistingServerDefault), Text(value));
        if (o.Identity is { } identity)
            yield return Tuple("modify_default", o.ExistingIdentity?.ToString() ?? "None",
                identity == Identity.None ? "None" : identity.ToString());
        if (o is { IsAutoincrementOnly: true, Autoincrement: { } numbered })
            yield return Tuple("modify_autoincrement", PythonText.Of(!numbered), PythonText.Of(numbered));
        if (o.Comment is { } comment)
            yield return Tuple("modify_comment", PythonText.Of(o.ExistingComment), PythonText.Of(comment));
    }

    private static string Text(ServerDefault? value) =>
        value is null or { Kind: ServerDefaultKind.None } ? "None" : PythonText.Of(value.Value);

    private static string Text(Table table) =>
        $"Table({PythonText.Of(table.Name)}, {string.Join(", ", table.Columns.Select(Text))}, schema={PythonText.Of(table.Schema)})";

    private static string Text(Column c) =>
        $"Column({PythonText.Of(c.Name)}, "
        + $"{Text(c.Type)}{(c.Nullable ? "" : ", nullable=False")}"
        + $"{(c.ServerDefault is null ? "" : $", server_default={Text(c.ServerDefault)}")})";

    private static string Text(TableIndex index) =>
        $"Index({PythonText.Of(index.Name)}, "
        + $"{string.Join(", ", index.Columns.Select(c => PythonText.Of(c.ToString())))}{(index.Unique ? ", unique=True" : "")})";

    private static string Text(SqlType type) => type.Kind == SqlTypeKind.Raw ? type.Name ?? "" : type switch
    {
        { Length: { } n } => $"{type.Kind}({n})",
        { Precision: { } p } => $"{type.Kind}({p}{(type.Scale is { } s ? $", {s}" : "")})",
        { Values.Count: > 0 } => $"{type.Kind}({string.Join(", ", type.Values.Select(PythonText.Of))})",
        _ => $"{type.Kind}()",
    };

    private static string Text(Constraint constraint) => $"{constraint.GetType().Name}({string.Join(", ", constraint switch
    {
        PrimaryKeyConstraint key => key.Columns.Select(PythonText.Of),
        UniqueConstraint unique => unique.Columns.Select(PythonText.Of),
        ForeignKeyConstraint key => [PythonText.Tuple(key.Columns), PythonText.Tuple(key.Targets)],
        CheckConstraint check => [PythonText.Of(check.Sql)],
        ExcludeConstraint exclude => exclude.Elements.Select(e => $"({PythonText.Of(e.Element.ToString())}, {PythonText.Of(e.Operator)})"),
        _ => Array.Empty<string>(),
    })}, name={PythonText.Of(constraint.Name)})";
}
