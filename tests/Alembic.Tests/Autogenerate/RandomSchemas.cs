using Alembic.Operations;
using Alembic.Schema;
using CsCheck;

namespace Alembic.Tests.Autogenerate;

/// <summary>
/// Databases of up to four tables with what autogenerate compares on a dialect, foreign keys in circles and to themselves included. Any
/// two have much in common.
/// </summary>
/// <param name="dialect">The dialect.</param>
/// <param name="isWide">Whether there are up to seven tables in three schemas, and some that inherit from them (PostgreSQL).</param>
internal sealed class RandomSchemas(Dialect dialect, bool isWide = true)
{
    // Two are called alike in two schemas; the usual schema comes first, and often.
    private static readonly (string? Schema, string Name)[] AllNames = [(null, "t0"), (null, "t1"), (null, "select"), (null, "Mixed Case"),
        ("other", "t0"), ("other", "t2"), ("Other One", "t1")];

    private (string? Schema, string Name)[] Names => IsPostgreSql && isWide ? AllNames : AllNames[..4];

    private bool IsMySql => dialect.Name is "mysql" or "mariadb";

    private bool IsPostgreSql => dialect.Name == "postgresql";

    private bool IsSqlServer => dialect.Name == "mssql";

    private string[] Collations => dialect.Name switch
    {
        "postgresql" => ["C", "POSIX"],
        "mysql" or "mariadb" => ["utf8mb4_bin", "latin1_german1_ci"],
        "mssql" => ["Latin1_General_CS_AS", "Latin1_General_BIN2"],
        _ => ["NOCASE", "RTRIM"],
    };

    // Each becomes each of the others in place: where it begins lies within the limits of all.
    private static readonly Sequence[][] Sequences =
        [[], [new("counts")], [new("counts", Start: 5, Increment: 2)], [new("counts", Increment: 3, MaxValue: 900, Cycle: true)],
            [new("counts", Start: 3, MinValue: -5, MaxValue: 1000, Cache: 10)]];

    private static readonly string[][] Moods = [["happy", "sad"], ["happy", "sad", "so so"], ["sad", "happy"]];

    public Gen<MetaData> Schemas =>
        from present in Gen.Int[1, 15]
        from others in Gen.Int[0, 15]
        from tables in Gen.Int[0, 9].Array[90].Array[Names.Length]
        from sequence in Gen.Int[0, Sequences.Length - 1]
        select Of(Enumerable.Range(0, Names.Length).Where(i => ((present | (others > 7 ? 0 : others << 4)) & (1 << i)) != 0).ToList(),
            tables) with { Sequences = dialect.Name is "postgresql" or "mariadb" ? Sequences[sequence] : [] };

    private MetaData Of(List<int> present, int[][] dice) =>
        new([.. present.SelectMany(i => Tables(Names[i], [.. present.Select(p => (Names[p], IsComposite(dice[p])))],
            new Queue<int>(dice[i]), dice[0][^1], present[dice[0][^2] % present.Count] == i))]);

    private static bool IsComposite(int[] dice) => dice[0] % 3 == 2;

    // A table and perhaps one that inherits from it.
    private IEnumerable<Table> Tables((string? Schema, string Name) name, ((string? Schema, string Name) Name, bool IsComposite)[] all,
        Queue<int> dice, int mood, bool hasMoving)
    {
        var isParent = IsPostgreSql && isWide && dice.Last() > 7;
        var table = Table(name, all, dice, mood, hasMoving);
        // PostgreSQL adds no identity to a table that others inherit from.
        yield return isParent ? table with { Items = [.. table.Items.Where(i => i is not Column { Name: "numbered" })] } : table;
        if (isParent)
            yield return new Table($"child of {name.Name}", [new Column("extra", SqlType.Integer)], name.Schema,
                options: new DialectOptions([("postgresql_inherits", dialect.Quote(name.Schema, name.Name))]));
    }

    // What moves is an index, a unique constraint and a check, whose names one table has; another index is called as a table that is not
    // there.
    private Table Table((string? Schema, string Name) full, ((string? Schema, string Name) Name, bool IsComposite)[] all, Queue<int> dice,
        int mood, bool hasMoving)
    {
        T? One<T>(params T?[] choices) => choices[dice.Dequeue() % choices.Length];
        string Q(string text) => dialect.Quote(text);
        // SQL Server takes no circles of keys with actions.
        string? OnDelete() => IsSqlServer ? null : One(null, "CASCADE", "SET NULL");
        var (schema, name) = full;
        var items = new List<SchemaItem>();
        var isComposite = One(false, false, true);
        // On PostgreSQL a key is serial, plain or an identity of either kind; on SQLite it may have AUTOINCREMENT. On SQL Server it cannot
        // change.
        var way = isComposite || IsSqlServer ? 1 : IsPostgreSql ? One(0, 0, 1, 2, 3) : dialect.Name == "sqlite" ? One(0, 0, 1, 4) : 0;
        // A key may be that of another table, too, or of each other; MySQL refuses one that refers to itself.
        var shared = isComposite ? null : One(null, null, null, all[dice.Dequeue() % all.Length].Name as (string? Schema, string Name)?);
        if (dialect.Name == "mysql" && shared == full)
            shared = null;
        items.Add(new Column("id", way == 4 ? One(SqlType.Integer, SqlType.BigInteger)! : SqlType.Integer,
            nullable: false, primaryKey: !isComposite,
            foreignKey: shared is { } one ? new ForeignKey(ForeignKeyConstraint.TargetOf(one.Schema, one.Name, "id")) : null,
            autoincrement: way switch { 1 => false, 4 => true, _ => null },
            identity: way switch { 2 => new Identity(), 3 => new Identity(always: true, increment: 2), _ => null }));
        if (isComposite)
            items.AddRange([new Column("part", SqlType.Integer, nullable: false, autoincrement: false),
                new PrimaryKeyConstraint(["part", "id"]), new UniqueConstraint(["id"], $"uq_{name}_id")]);

        var number = new Column(
            "number",
            One(SqlType.Integer, SqlType.BigInteger, SqlType.SmallInteger, SqlType.Numeric(10, 2), SqlType.Numeric(12, 4), SqlType.Double)!,
            One(true, true, false),
            One<ServerDefault>(null, 5, 5, "6", Sql.Text("1 + 1")), comment: Comment(One(0, 1, 2)));
        items.Add(number);
        var (isUnique, isIndexed) = (One(0, 0, 1, 2), One(false, false, true));
        items[^1] = number with { Unique = isUnique == 1, Index = isIndexed };
        if (isUnique == 2)
            items.Add(new UniqueConstraint(["number", "id"], $"uq_{name}"));

        var text = One(null, SqlType.String(20), SqlType.String(40), SqlType.Text);
        if (text is not null)
            items.Add(new Column("a text", text, One(true, false), One<ServerDefault>(null, "it's \\", "", Sql.Text("lower('ABC')")),
                comment: Comment(One(0, 1, 2)), collation: One([null, .. Collations])));
        if (One(null, SqlType.DateTime, SqlType.Date) is { } time)
            items.Add(new Column("time", time, true,
                time.Kind == SqlTypeKind.Date ? null : One<ServerDefault>(null, Sql.Text("CURRENT_TIMESTAMP"))));
        if (One(false, true))
            items.Add(new Column("flag", SqlType.Boolean, One(true, false), One<ServerDefault>(null, true, false, "1")));
        if (One(0, 1, 2, 3) is > 0 and var formula)
        {
            items.Add(new Column(
                "computed", One(SqlType.Integer, SqlType.Integer, SqlType.BigInteger)!, comment: Comment(One(0, 0, 1, 2)),
                computed: formula == 3
                    ? null
                    : new Computed(formula == 1 ? "number * 2" : "number + 1", IsPostgreSql ? null : One(true, false))));
        }
        if (IsPostgreSql && One(null, new Identity(), new Identity(always: true, start: 5),
            new Identity(increment: 3, maxValue: 900, cycle: true)) is { } identity)
            items.Add(new Column("numbered", SqlType.Integer, nullable: false, identity: One(null, identity, identity)));
        if (One(SqlType.Json, SqlType.Uuid, SqlType.LargeBinary(), null) is { } other)
            items.Add(new Column("other " + other.Kind, other));

        // On PostgreSQL a type of its own, which is one for all tables.
        if (One([null, .. Moods]) is { } moods)
            items.Add(new Column("mood", SqlType.Enum("mood", IsPostgreSql ? Moods[mood % 3] : moods), true,
                One<ServerDefault>(null, "sad")));
        if (items.OfType<Column>().Any(c => c.Name == "mood") && One(null, "mood <> 'sad'", "mood in ('sad', 'happy')") is { } feeling)
            items.AddRange([new CheckConstraint(feeling, $"ck_{name}_mood"),
                .. IsMySql ? Array.Empty<SchemaItem>() : [new TableIndex($"ix_{name}_mood", ["id"], where: feeling)]]);
        if (hasMoving)
            items.AddRange([new TableIndex(FreeName(schema, all) ?? "ix_moves", ["id", "number"]),
                new UniqueConstraint(["id", "number"], "uq_moves"),
                new CheckConstraint("number <> 12345", "ck_moves")]);
        if (!IsMySql && One(false, false, true))
            items.Add(new Column("twice", SqlType.Text, computed: text is null
                ? null
                : new Computed($"{Q("a text")} {(IsSqlServer ? "+" : "||")} 'x'", true)));

        if (One(null, "number > 0", "number in (1, 2, 3)", "number > 0 or number is null") is { } condition)
            items.Add(new CheckConstraint(condition, $"ck_{name}"));
        if (One(null, "number < 1000", "number <> 7") is { } unnamed)
            items.Add(new CheckConstraint(unnamed));
        if (text is not null && One(null, "'a', 'b'", "'a', 'b', 'c'") is { } values)
            items.Add(new CheckConstraint($"{Q("a text")} in ({values})", $"ck_{name}_text"));

        if (One(0, 1, 2, 3) is > 0 and var index)
            items.Add(new TableIndex($"ix_{name}", index == 1 ? ["number", "id"] : [Sql.Text("number DESC"), "id"], unique: index == 3));
        if (!IsMySql && !IsSqlServer && text is not null && One(null, "lower({0})", "upper({0})") is { } expression)
            items.Add(new TableIndex($"ix_{name}_text", [Sql.Text(string.Format(null, expression, Q("a text")))],
                where: One(null, "number > 0", "number in (1, 2)")));

        var (target, isTargetComposite) = all[dice.Dequeue() % all.Length];
        if (One(0, 1, 2, 3) is > 0 and var kind)
        {
            items.Add(new Column("points", SqlType.Integer, foreignKey: kind == 1 ? null : new ForeignKey(
                ForeignKeyConstraint.TargetOf(target.Schema, target.Name, "id"), name: kind == 2 ? $"fk_{name}" : null,
                onDelete: OnDelete(),
                deferrable: IsMySql || IsSqlServer ? null : One<bool?>(null, true))));
            // An index may begin with a key's column, or have it further on.
            if (One<string[]>(null, null, ["points", "number"], ["number", "points"], ["points"]) is { } columns)
                items.Add(new TableIndex($"ix_{name}_points", [.. columns.Select(c => (IndexElement)c)]));
            // MariaDB takes the first columns of any index for a key.
            if (dialect.Name == "mariadb" && isTargetComposite && One(false, true))
                items.AddRange([new Column("points part", SqlType.Integer), new ForeignKeyConstraint(
                    ["points part"], [ForeignKeyConstraint.TargetOf(null, target.Name, "part")], $"fk_{name}_part")]);
        }
        // To a key of two columns, where the other table has one of its own.
        if (isComposite && One(0, 1, 2) is > 0 and var both)
        {
            items.AddRange([new Column("up part", SqlType.Integer), new Column("up id", SqlType.Integer)]);
            items.Add(new ForeignKeyConstraint(
                ["up part", "up id"],
                [ForeignKeyConstraint.TargetOf(schema, name, "part"), ForeignKeyConstraint.TargetOf(schema, name, "id")],
                both == 1 ? $"fk_{name}_up" : null,
                onDelete: OnDelete(), onUpdate: IsSqlServer ? null : One(null, "CASCADE")));
            if (One<string[]>(null, ["up part"], ["up id"], ["up part", "number"], ["up part", "up id", "number"]) is { } columns)
                items.Add(new TableIndex($"ix_{name}_up", [.. columns.Select(c => (IndexElement)c)]));
        }
        // Of these each type turns into each of the same line, with the row's value.
        foreach (var (column, types) in Convertible)
            if (One([null, null, .. types]) is { } type)
                items.Add(new Column(column, type));
        // The server spells these in its own way.
        if (IsMySql && One<ServerDefault>(null, "99", "2001") is { } year)
            items.Add(new Column("a year", MySqlType.Year, serverDefault: year));
        if (IsMySql && One<ServerDefault>(null, "y,x", "x") is { } several)
            items.Add(new Column("a set", MySqlType.Set(["x", "y"]), serverDefault: several));
        if (IsMySql && One<ServerDefault>(null, Sql.Text("5"), Sql.Text("b'0101'"), Sql.Text("b'1'")) is { } bits)
            items.Add(new Column("some bits", MySqlType.Bit(3), serverDefault: bits));
        return new Table(name, items, schema, Comment(One(0, 1, 2)));
    }

    private (string Column, SqlType[] Types)[] Convertible =>
    [
        ("one", [SqlType.SmallInteger, SqlType.Integer, SqlType.BigInteger, SqlType.Numeric(10, 2), SqlType.Double, SqlType.Boolean,
            SqlType.String(20), SqlType.Text, SqlType.Json, .. IsPostgreSql ? [PostgreSqlType.Jsonb] : Array.Empty<SqlType>()]),
        ("a day", [SqlType.Date, SqlType.DateTime, SqlType.String(40), SqlType.Text, .. IsMySql ? [] : new[] { SqlType.DateTimeTz }]),
        ("a uuid", [SqlType.String(36), SqlType.Text, .. IsMySql ? [] : new[] { SqlType.Uuid }]),
    ];

    /// <summary>The value of a column that each of its types takes; null for all others.</summary>
    public static string? ValueOf(Column column) => column.Name switch
    {
        "one" => "'1'",
        "a day" => "'2026-01-02'",
        "a uuid" => "'6f9619ff-8b86-d011-b42d-00cf4fc964ff'",
        _ => null,
    };

    // Indexes and tables share names on PostgreSQL and SQLite.
    private string? FreeName(string? schema, ((string? Schema, string Name) Name, bool IsComposite)[] all) => IsMySql ? null
        : Names.Where(n => n.Schema == schema && !all.Any(a => a.Name == n)).Select(n => n.Name).FirstOrDefault();

    private static string? Comment(int which) => which switch { 1 => "it's one", 2 => "two \\", _ => null };
}
