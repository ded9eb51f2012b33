using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Databases.PostgreSql;

/// <summary>The ways of PostgreSQL that hold strong locks for a moment only.</summary>
internal sealed class PostgreSqlOnline : OnlineChanges
{
    public static readonly PostgreSqlOnline Instance = new();

    public override IReadOnlyList<Operation> Steps(Operation operation, Dialect dialect) => operation switch
    {
        CreateIndex create => [new Autocommitted(create with { Concurrently = true })],
        DropIndex drop => [new Autocommitted(drop with { Concurrently = true })],
        CreateConstraint { Constraint: ForeignKeyConstraint { Name: not null } key } create =>
            Validated(create with { Constraint = key with { NotValid = true } }),
        CreateConstraint { Constraint: CheckConstraint { Name: not null } check } create =>
            Validated(create with { Constraint = check with { NotValid = true } }),
        AlterColumn { Nullable: false } alter => NotNull(alter, dialect),
        _ => [operation],
    };

    public override IReadOnlyList<(string Create, string Drop)> Triggers(ColumnCopy copy, Dialect dialect)
    {
        var (old, @new) = (dialect.Quote(copy.Old), dialect.Quote(copy.New));
        var (table, name) = (dialect.Quote(copy.Schema, copy.Table), dialect.Quote(copy.Name));
        var function = dialect.Quote(copy.Schema, copy.Name);
        // As text: not every type can be compared.
        var body = $"""
            CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP = 'INSERT' THEN
                    NEW.{@new} = coalesce(NEW.{@new}, NEW.{old});
                ELSIF NEW.{@new}::text IS NOT DISTINCT FROM OLD.{@new}::text THEN
                    NEW.{@new} = NEW.{old};
                END IF;
                NEW.{old} = NEW.{@new};
                RETURN NEW;
            END $$
            """.ReplaceLineEndings("\n");
        return
        [
            (body, $"DROP FUNCTION {function}()"),
            ($"CREATE TRIGGER {name} BEFORE INSERT OR UPDATE ON {table}\nFOR EACH ROW EXECUTE FUNCTION {function}()",
                $"DROP TRIGGER {name} ON {table}"),
        ];
    }

    // The rows are read after the transaction that locks the table.
    private static IReadOnlyList<Operation> Validated(CreateConstraint create) =>
        [create, new Autocommitted(new ValidateConstraint(create.Constraint.Name!, create.Table, create.Schema)) { Back = [] }];

    // A valid check proves it, so that no row is read.
    private static IReadOnlyList<Operation> NotNull(AlterColumn alter, Dialect dialect)
    {
        var name = $"ck_{alter.Table}_{alter.Column}_not_null";
        var check = new CheckConstraint($"{dialect.Quote(alter.Column)} IS NOT NULL", name);
        return
        [
            .. Validated(new CreateConstraint(alter.Table, check with { NotValid = true }, alter.Schema) { Back = [] }),
            alter,
            new DropConstraint(name, alter.Table, ConstraintType.Check, alter.Schema) { Back = [] },
        ];
    }
}
