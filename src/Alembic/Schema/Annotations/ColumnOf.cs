namespace Alembic.Schema.Annotations;

internal static class ColumnOf
{
    public static Column Property(AnnotatedProperty property, Reference? reference)
    {
        var type = property.Owner;
        var isKey = type.Key.Contains(property);
        var indexes = property.All("Index").Where(TableItems.IsPlain).ToList();
        var isOnlyKey = isKey && type.Key.Count == 1;
        return new Column(
            property.ColumnName,
            property.SqlType,
            property.AllowsNull,
            DefaultValue.Of(property),
            primaryKey: isKey,
            unique: property.All("Unique").Any(u => u.Named<string>("Name") is null) || indexes.Any(i => i.Named<bool>("IsUnique"))
                || (reference is { IsOneToOne: true } && !isOnlyKey),
            index: indexes.Count > 0,
            foreignKey: reference is null ? null : Target(reference),
            autoincrement: isOnlyKey && Generated(property) == 0 ? false : null,
            comment: property.On("Comment")?.Argument<string>(0),
            identity: !isKey && Generated(property) == 1 && ClrType.IsInteger(property.Type) ? new Identity() : null)
        {
            Fill = DefaultValue.Fill(property),
            RenamedFrom = property.On("RenamedFrom")?.Argument<string>(0),
            Info = Annotation.Info(property.All("Info"), property.IsPlainText),
        };
    }

    public static ForeignKey Target(Reference reference) => new(
        ForeignKeyConstraint.TargetOf(reference.Principal.Schema, reference.Principal.TableName, reference.Principal.Key[0].ColumnName),
        onDelete: reference.OnDelete);

    // DatabaseGeneratedOption: None, Identity, Computed. Computed says that something in the database sets it, but not what: the schema
    // has a plain column.
    private static int? Generated(AnnotatedProperty property) => property.On("DatabaseGenerated")?.Argument<int>(0);
}
