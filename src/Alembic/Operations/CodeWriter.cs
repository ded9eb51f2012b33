using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;
using Alembic.Schema;

namespace Alembic.Operations;

/// <summary>
/// Writes the C# of operations: calls, schema items and literals. Long ones are wrapped. Lines end with <c>\n</c>.
/// </summary>
public sealed class CodeWriter
{
    private const int Width = 120;
    private readonly string? _batch;
    private readonly Func<object, CodeWriter, string?>? _renderItem;
    private readonly HashSet<string> _usings = [];
    private object? _rendering;

    /// <summary>Creates a writer for the body of a migration.</summary>
    public CodeWriter()
    {
    }

    /// <summary>Creates a writer for the body of a migration.</summary>
    /// <param name="renderItem">Writes custom C# for types, defaults and schema items; see
    /// <see cref="EnvironmentOptions.RenderItem"/>.</param>
    public CodeWriter(Func<object, CodeWriter, string?>? renderItem) => _renderItem = renderItem;

    private CodeWriter(string batch, CodeWriter outer) => (_batch, _renderItem, _usings) = (batch, outer._renderItem, outer._usings);

    /// <summary>The namespaces that the code needs, apart from <c>Alembic</c> and <c>Alembic.Schema</c>.</summary>
    public IReadOnlyCollection<string> Usings => _usings;

    /// <summary>Adds a namespace that the code needs: the new revision gets a <c>using</c> for it.</summary>
    /// <param name="name">The namespace.</param>
    public void Using(string name) => _usings.Add(name);

    /// <summary>Writes the C# statement for an operation, without the semicolon.</summary>
    /// <param name="operation">The operation.</param>
    public string Write(Operation operation) => operation.CSharp(this);

    /// <summary>
    /// Writes a call. Arguments are values, or pairs <c>("schema", schema)</c> for named ones. Omits a named argument that is null, false
    /// or empty.</summary>
    /// <param name="name">The called method or constructor, for example <c>op.AddColumn</c> or <c>new Column</c>.</param>
    /// <param name="arguments">The arguments.</param>
    public string Call(string name, params object?[] arguments) => Layout(name, [.. arguments.Where(a => !IsOmitted(a)).Select(Argument)]);

    /// <summary>Writes a named argument unless it is null: unlike in <see cref="Call"/>, false is written.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <param name="value">The value, or null to omit it.</param>
    public object Given(string name, object? value) => value is null ? (name, (object?)null) : new Code($"{name}: {Value(value)}");

    /// <summary>Writes SQL. Several lines become a raw literal, if that preserves the text exactly.</summary>
    /// <param name="text">The SQL.</param>
    public static object Sql(string text) =>
        text.Contains('\n', StringComparison.Ordinal) && !text.Contains("\"\"\"", StringComparison.Ordinal)
        && text.All(c => c == '\n' || IsPlain(c))
            && text.Split('\n').All(line => line.Length == 0 || !string.IsNullOrWhiteSpace(line))
            ? new Code($"\n    \"\"\"\n    {Indent(text)}\n    \"\"\"")
            : text;

    /// <summary>Writes a list with one element per line.</summary>
    /// <param name="items">The elements.</param>
    public object Block(IEnumerable items) =>
        new Code("[\n" + string.Concat(items.Cast<object?>().Select(item => $"    {Indent(Value(item))},\n")) + "]");

    /// <summary>Writes an object with a property for each value, or a dictionary if a name is not a valid property name.</summary>
    /// <param name="values">The properties' names and values.</param>
    public object Anonymous(IReadOnlyDictionary<string, object?> values) => new Code(values.Keys.All(IsIdentifier)
        // With "@" a keyword is a valid name, and other names do not change. A bare null has no type.
        ? $"new {{ {string.Join(", ", values.Select(v => $"@{v.Key} = {(v.Value is null ? "(object?)null" : Value(v.Value))}"))} }}"
        : $"new Dictionary<string, object?> {{ {string.Join(", ", values.Select(v => $"[{Literal(v.Key)}] = {Value(v.Value)}"))} }}");

    private static bool IsIdentifier(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    /// <summary>Writes a lambda of operations, one per line.</summary>
    /// <param name="parameter">The lambda's parameter, which the directives are called on.</param>
    /// <param name="operations">The operations.</param>
    public static object Lambda(string parameter, IEnumerable<Operation> operations) => new CodeWriter().Inner(parameter, operations);

    /// <summary>Writes a lambda of operations with this writer's settings and usings.</summary>
    internal object Inner(string parameter, IEnumerable<Operation> operations)
    {
        var inner = new CodeWriter(parameter, this);
        return new Code($"{parameter} =>\n{{\n" + string.Concat(operations.Select(o => $"    {Indent(inner.Write(o))};\n")) + "}");
    }

    internal string Batched(string directive, string table, object?[] arguments, string? schema) =>
        Batched(directive, [], table, arguments, schema);

    /// <summary>Writes a directive that batches also have. In a batch, omits the table and its schema.</summary>
    internal string Batched(string directive, object?[] leading, string? table, object?[] arguments, string? schema,
        string schemaParameter = "schema") => _batch is null
        ? Call($"op.{directive}", [.. leading, .. table is null ? Array.Empty<object>() : [table], .. arguments, (schemaParameter, schema)])
        : Call($"{_batch}.{directive}", [.. leading, .. arguments]);

    /// <summary>Writes a value as C#.</summary>
    /// <param name="value">Text, a number, a date, bytes, an enum, a list, or a schema item.</param>
    /// <exception cref="NotSupportedException">There is no C# literal for such a value.</exception>
    public string Value(object? value) => Rendered(value) ?? value switch
    {
        null => "null",
        Code code => code.Text,
        string text => Literal(text),
        bool flag => flag ? "true" : "false",
        int => Invariant(value),
        byte or sbyte or short or ushort => $"({Keyword(value)}){Invariant(value)}",
        uint => Invariant(value) + "u",
        ulong => Invariant(value) + "UL",
        long number => number.ToString(CultureInfo.InvariantCulture) + "L",
        decimal number => number.ToString(CultureInfo.InvariantCulture) + "m",
        double number when !double.IsFinite(number) => "double." + NotFinite(number),
        float number when !float.IsFinite(number) => "float." + NotFinite(number),
        double number => number.ToString("R", CultureInfo.InvariantCulture) + "d",
        float number => number.ToString("R", CultureInfo.InvariantCulture) + "f",
        char letter => $"'{Literal(letter.ToString())[1..^1].Replace("'", "\\'", StringComparison.Ordinal)}'",
        Enum member => Member(member),
        Guid guid => $"Guid.Parse({Literal(guid.ToString())})",
        // Without the style, a UTC time would be parsed as a local one.
        DateTime time =>
            $"DateTime.Parse({Literal(time.ToString("O", CultureInfo.InvariantCulture))}, null, "
                + "System.Globalization.DateTimeStyles.RoundtripKind)",
        DateTimeOffset time => $"DateTimeOffset.Parse({Literal(time.ToString("O", CultureInfo.InvariantCulture))})",
        DateOnly day => $"DateOnly.Parse({Literal(day.ToString("O", CultureInfo.InvariantCulture))})",
        TimeOnly time => $"TimeOnly.Parse({Literal(time.ToString("O", CultureInfo.InvariantCulture))})",
        TimeSpan span => $"TimeSpan.Parse({Literal(span.ToString("c"))})",
        byte[] bytes => $"Convert.FromHexString({Literal(Convert.ToHexString(bytes))})",
        SqlType type => Type(type),
        ServerDefault value1 => Default(value1),
        SqlText sql => Call("Sql.Text", sql.Value),
        ExcludeElement element => $"({Value(element.Element)}, {Literal(element.Operator)})",
        DialectOptions options => $"new() {{ {string.Join(", ", options.Values.Select(v => $"[{Literal(v.Key)}] = {Value(v.Value)}"))} }}",
        IndexElement { Column: { } column } element => element.IsDescending ? Call("IndexElement.Descending", column) : Literal(column),
        IndexElement element => Call("Sql.Text", element.Expression),
        SchemaItem item => Item(item),
        ForeignKey key => Call("new ForeignKey", key.Target, ("name", key.Name), ("onDelete", key.OnDelete), ("onUpdate", key.OnUpdate),
            Given("deferrable", key.Deferrable),
            ("initially", key.Initially), ("match", key.Match)),
        Computed computed => Call("new Computed", computed.Sql, Given("persisted", computed.Persisted)),
        Identity { IsNone: true } => "Identity.None",
        Identity identity => Call("new Identity", ("always", identity.Always), ("start", identity.Start), ("increment", identity.Increment),
            ("minValue", identity.MinValue),
            ("maxValue", identity.MaxValue), Given("cycle", identity.Cycle), ("cache", identity.Cache)),
        IEnumerable list => $"[{string.Join(", ", list.Cast<object?>().Select(Value))}]",
        _ => throw new NotSupportedException($"A {value.GetType()} has no C# literal"),
    };

    // A hook may call Value for the same object, to wrap its usual C#. It is then not called again.
    private string? Rendered(object? value)
    {
        if (_renderItem is null || value is not (SqlType or ServerDefault or SchemaItem) || ReferenceEquals(value, _rendering))
            return null;
        var outer = _rendering;
        _rendering = value;
        var text = _renderItem(value, this);
        _rendering = outer;
        return text;
    }

    /// <summary>Writes text as a C# string literal; nothing in it can end the literal or break the line.</summary>
    /// <param name="text">Any text.</param>
    public static string Literal(string text)
    {
        var result = new System.Text.StringBuilder("\"", text.Length + 2);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                result.Append(c).Append(text[++i]);
            else
                result.Append(c switch { '"' => "\\\"", '\\' => @"\\", '\n' => "\\n", '\r' => "\\r", '\t' => "\\t",
                _ => IsPlain(c) ? c.ToString() : $"\\u{(int)c:x4}" });
        }
        return result.Append('"').ToString();
    }

    private static bool IsPlain(char c) =>
        char.GetUnicodeCategory(c) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned
            or UnicodeCategory.PrivateUse);

    private string Item(SchemaItem item) => item switch
    {
        Column c => Call("new Column", c.Name, c.Type, Given("nullable", c.Nullable || c.PrimaryKey ? null : false),
            ("serverDefault", c.ServerDefault),
            ("primaryKey", c.PrimaryKey), ("unique", c.Unique), ("index", c.Index), ("foreignKey", c.ForeignKey),
            Given("autoincrement", c.Autoincrement), ("comment", c.Comment),
            ("computed", c.Computed), ("identity", c.Identity), ("collation", c.Collation)),
        PrimaryKeyConstraint key => Call("new PrimaryKeyConstraint", key.Columns, ("name", key.Name), Given("deferrable", key.Deferrable),
            ("initially", key.Initially),
            ("include", key.Include), ("withoutOverlaps", key.WithoutOverlaps)),
        UniqueConstraint unique => Call("new UniqueConstraint", unique.Columns, ("name", unique.Name),
            Given("deferrable", unique.Deferrable), ("initially", unique.Initially),
            ("nullsNotDistinct", unique.NullsNotDistinct), ("include", unique.Include), ("withoutOverlaps", unique.WithoutOverlaps)),
        ExcludeConstraint exclude => Call("new ExcludeConstraint", exclude.Elements, ("name", exclude.Name), ("where", exclude.Where),
            ("method", exclude.Method == "gist" ? null : exclude.Method), Given("deferrable", exclude.Deferrable),
            ("initially", exclude.Initially)),
        CheckConstraint check => Call("new CheckConstraint", check.Sql, ("name", check.Name), ("notValid", check.NotValid),
            ("noInherit", check.NoInherit),
            ("notEnforced", check.NotEnforced)),
        ForeignKeyConstraint key => Call("new ForeignKeyConstraint", key.Columns, key.Targets, ("name", key.Name),
            ("onDelete", key.OnDelete), ("onUpdate", key.OnUpdate),
            Given("deferrable", key.Deferrable), ("initially", key.Initially), ("match", key.Match), ("notValid", key.NotValid),
            ("setNullColumns", key.SetNullColumns),
            ("notEnforced", key.NotEnforced), ("period", key.Period)),
        TableIndex index => Call("new TableIndex", index.Name, index.Columns, ("unique", index.Unique), ("where", index.Where),
            ("include", index.Include), ("method", index.Method),
            ("nullsNotDistinct", index.NullsNotDistinct), ("options", index.Options)),
        _ => throw new NotSupportedException($"{item.GetType().Name} has no C# form"),
    };

    private string Type(SqlType type) => type.Kind switch
    {
        _ when type.Factory is { } factory => factory.Arguments.Count == 0 ? factory.Member : Call(factory.Member, [.. factory.Arguments]),
        SqlTypeKind.String or SqlTypeKind.Unicode or SqlTypeKind.LargeBinary =>
            $"SqlType.{type.Kind}({(type.Length is { } n ? Invariant(n) : "")})",
        SqlTypeKind.Numeric =>
            "SqlType.Numeric("
                + $"{string.Join(", ", new[] { type.Precision, type.Scale }.TakeWhile(n => n is not null).Select(n => Invariant(n!)))})",
        SqlTypeKind.Enum => Call("SqlType.Enum", type.Name, type.Values, ("schema", type.Schema), ("check", type.Check),
            Given("createType", type.CreateType ? null : false)),
        SqlTypeKind.Raw => Call("SqlType.Raw", type.Name),
        _ => $"SqlType.{type.Kind}",
    };

    private string Default(ServerDefault value) => value.Kind switch
    {
        ServerDefaultKind.None => "ServerDefault.None",
        ServerDefaultKind.String => Literal(value.Value),
        ServerDefaultKind.Boolean => value.Value,
        ServerDefaultKind.Sql => Call("Sql.Text", value.Value),
        _ when long.TryParse(value.Value, CultureInfo.InvariantCulture, out var number) =>
            number is >= int.MinValue and <= int.MaxValue ? value.Value : value.Value + "L",
        _ => value.Value + "m",
    };

    private static string Keyword(object number) => number switch { byte => "byte", sbyte => "sbyte", short => "short", _ => "ushort" };

    private static string NotFinite(double number) => double.IsNaN(number) ? "NaN" : number > 0 ? "PositiveInfinity" : "NegativeInfinity";

    private static string Member(Enum member)
    {
        var type = member.GetType();
        var name = type is { Namespace: "Alembic" or "Alembic.Schema" or "System", IsNested: false }
            ? type.Name
            : "global::" + type.FullName!.Replace('+', '.');
        return Enum.IsDefined(type, member) ? $"{name}.{member}" : $"({name})({member:D})";
    }

    private static string Invariant(object value) => Convert.ToString(value, CultureInfo.InvariantCulture)!;

    private static bool IsOmitted(object? argument) =>
        argument is ITuple { Length: 2 } named
        && named[1] is null or false or DialectOptions { Values.Count: 0 } or ICollection { Count: 0 }
            or IReadOnlyList<string> { Count: 0 };

    private string Argument(object? argument) =>
        argument is ITuple { Length: 2 } named ? $"{named[0]}: {Value(named[1])}" : Value(argument);

    private static string Layout(string name, IReadOnlyList<string> arguments)
    {
        var line = $"{name}({string.Join(", ", arguments)})";
        // A block starts on its own line. Other long calls are filled up to the width, with indented continuation lines.
        if (arguments.Any(a => a.StartsWith('[') && a.Contains('\n', StringComparison.Ordinal)))
            return line.Replace(", [\n", ",\n[\n", StringComparison.Ordinal);
        if (line.Length <= Width || arguments.Count < 2)
            return line;
        if (line.Contains('\n', StringComparison.Ordinal))
            return line;
        var result = new System.Text.StringBuilder(name).Append('(');
        var column = result.Length;
        foreach (var (index, argument) in arguments.Index())
        {
            if (index > 0)
            {
                var fits = column + argument.Length + 3 <= Width;
                result.Append(fits ? ", " : ",\n    ");
                column = fits ? column + 2 : 4;
            }
            result.Append(argument);
            column += argument.Length;
        }
        return result.Append(')').ToString();
    }

    private static string Indent(string text) => text.Replace("\n", "\n    ", StringComparison.Ordinal);

    private sealed record Code(string Text);
}
