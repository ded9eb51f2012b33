using Alembic.Databases.Sqlite;

namespace Alembic.Tests.Databases.Sqlite;

/// <summary>Each statement is accepted by a real SQLite first, and parsed as that one has stored it.</summary>
[TestClass]
public sealed class CreateTableParserTests
{
    [TestMethod]
    [DataRow("a", "", "∅")]
    [DataRow("a DOUBLE PRECISION", "DOUBLE PRECISION", "∅")]
    [DataRow("a VARCHAR(10)", "VARCHAR(10)", "∅")]
    [DataRow("a VARCHAR ( 10 )", "VARCHAR ( 10 )", "∅")]
    [DataRow("a DECIMAL(10,-2)", "DECIMAL(10,-2)", "∅")]
    [DataRow("a \"odd type\"", "odd type", "∅")]
    [DataRow("a 'odd ''type'''", "odd 'type'", "∅")]
    [DataRow("a [x]", "x", "∅")]
    [DataRow("a \"\"", "", "∅")]
    [DataRow("a [x] yz", "x] y", "∅")]
    [DataRow("a [x] `y` z(1)", "x", "∅")]
    [DataRow("a x \"y\"", "x \"y\"", "∅")]
    [DataRow("a UNSIGNED BIG INT", "UNSIGNED BIG INT", "∅")]
    [DataRow("a long /* c */ text", "long /* c */ text", "∅")]
    [DataRow("a -- c\nINT -- DEFAULT 5\n", "INT", "∅")]
    [DataRow("a DATE KEY END", "DATE KEY END", "∅")]
    [DataRow("a INT DEFAULT -1", "INT", "-1")]
    [DataRow("a INT DEFAULT + 1", "INT", "+ 1")]
    [DataRow("a INT DEFAULT -1.5e-3 NOT NULL", "INT", "-1.5e-3")]
    [DataRow("a INT DEFAULT x'00'", "INT", "x'00'")]
    [DataRow("a INT DEFAULT 'it''s'", "INT", "'it''s'")]
    [DataRow("a INT DEFAULT NULL", "INT", "NULL")]
    [DataRow("a INT DEFAULT true", "INT", "true")]
    [DataRow("a INT DEFAULT CURRENT_TIMESTAMP", "INT", "CURRENT_TIMESTAMP")]
    [DataRow("a INT DEFAULT word", "INT", "word")]
    [DataRow("a INT DEFAULT \"quoted\" UNIQUE", "INT", "\"quoted\"")]
    [DataRow("a INT DEFAULT 1 DEFAULT 2", "INT", "2")]
    [DataRow("a INT DEFAULT ((1 + 2) * (3))", "INT", "(1 + 2) * (3)")]
    [DataRow("a INT DEFAULT (strftime('%s)', 'now'))", "INT", "strftime('%s)', 'now')")]
    [DataRow("a GENERATED ALWAYS NOT NULL", "", "∅")]
    [DataRow("a INT GENERATED ALWAYS NOT NULL", "INT", "∅")]
    [DataRow("generated always", "always", "∅")]
    public void The_type_and_the_default_are_as_SQLite_reads_them(string column, string type, string defaultValue)
    {
        using var database = new ScratchDatabase($"CREATE TABLE t ({column})");
        var parsed = CreateTableStatement.Parse(database.Sql("t")).Columns.Single();
        Assert.AreEqual(type, parsed.Type ?? "");
        // The pragma shows an expression without its parentheses.
        Assert.AreEqual(defaultValue, parsed.Default is ['(', .. var inner, ')'] ? inner : parsed.Default ?? "∅");
        Assert.AreEqual($"{parsed.Name} | {type} | {(parsed.NotNull ? 1 : 0)} | {defaultValue} | 0 | 0", database.Columns("t").Single());
    }

    [TestMethod]
    [DataRow("\"a\"\"b\"", "a\"b")]
    [DataRow("[select]", "select")]
    [DataRow("`from`", "from")]
    [DataRow("'str''ing'", "str'ing")]
    [DataRow("größe", "größe")]
    [DataRow("\"\"", "")]
    [DataRow("[a b,c)]", "a b,c)")]
    [DataRow("\"-- x\"", "-- x")]
    [DataRow("key", "key")]
    [DataRow("end", "end")]
    [DataRow("left", "left")]
    [DataRow("\"check\"", "check")]
    [DataRow("\"новый\nстолбец\"", "новый\nстолбец")]
    public void Any_name_is_read(string written, string name)
    {
        using var database = new ScratchDatabase($"CREATE TABLE {written} ({written} INT, UNIQUE ({written}))");
        var table = CreateTableStatement.Parse(database.Rows("SELECT sql FROM sqlite_schema WHERE type = 'table'").Single());
        Assert.AreEqual(name, table.Name);
        Assert.AreEqual(name, table.Columns.Single().Name);
        Assert.AreEqual(name, ((DdlUnique)table.TableConstraints.Single()).Columns.Single());
    }

    [TestMethod]
    [DataRow("a INT NOT NULL ON CONFLICT IGNORE", "NotNull IGNORE")]
    [DataRow("a INT NULL", "Null")]
    [DataRow("a INTEGER PRIMARY KEY DESC ON CONFLICT REPLACE", "PrimaryKey a DESC REPLACE")]
    [DataRow("a INTEGER PRIMARY KEY AUTOINCREMENT", "PrimaryKey a AUTOINCREMENT")]
    [DataRow("a INT CONSTRAINT \"u q\" UNIQUE ON CONFLICT FAIL", "[u q] Unique a FAIL")]
    [DataRow("a INT CHECK (a IN ('x)','y'))", "Check a IN ('x)','y')")]
    [DataRow("a INT CHECK ( -- )\n (a > (1)) /* ) */ )", "Check (a > (1))")]
    [DataRow("a TEXT COLLATE NoCase", "Collate NoCase")]
    [DataRow("a TEXT COLLATE \"rtrim\"", "Collate rtrim")]
    [DataRow("a INT CONSTRAINT x", "[x] LoneName")]
    [DataRow("a INT CONSTRAINT x CONSTRAINT y CHECK (1)", "[x] LoneName; [y] Check 1")]
    [DataRow("a INT CONSTRAINT x DEFAULT 5 CONSTRAINT y NOT NULL", "[x] Default 5; [y] NotNull")]
    [DataRow("a INT REFERENCES p", "ForeignKey a -> p()")]
    [DataRow("a INT REFERENCES [p q](\"x\") ON DELETE SET NULL MATCH full ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED",
        "ForeignKey a -> p q(x) SET NULL/NO ACTION full deferrable DEFERRED")]
    [DataRow("a INT REFERENCES p NOT DEFERRABLE INITIALLY IMMEDIATE NOT NULL", "ForeignKey a -> p() not-deferrable IMMEDIATE; NotNull")]
    [DataRow("a INT REFERENCES p NOT NULL DEFERRABLE", "ForeignKey a -> p() deferrable; NotNull; Deferral")]
    [DataRow("a INT DEFAULT 'x'COLLATE nocase", "Default 'x'; Collate nocase")]
    public void Column_constraints_are_read(string column, string expected)
    {
        using var database = new ScratchDatabase($"CREATE TABLE t ({column})");
        Assert.AreEqual(expected,
            string.Join("; ", CreateTableStatement.Parse(database.Sql("t")).Columns.Single().Constraints.Select(Describe)));
    }

    [TestMethod]
    [DataRow("a GENERATED ALWAYS AS (1)", "", "Generated 1")]
    [DataRow("a INT GENERATED ALWAYS AS (b + 1) STORED", "INT", "Generated b + 1 STORED")]
    [DataRow("a INT AS (b) VIRTUAL", "INT", "Generated b")]
    [DataRow("a INT NOT NULL GENERATED ALWAYS AS (b) VIRTUAL UNIQUE", "INT", "NotNull; Generated b; Unique a")]
    [DataRow("a VARCHAR(5) GENERATED ALWAYS AS (substr(b, 1, 5))", "VARCHAR(5)", "Generated substr(b, 1, 5)")]
    [DataRow("a INT CONSTRAINT g GENERATED ALWAYS AS (b)", "INT", "[g] Generated b")]
    public void Generated_columns_are_read(string column, string type, string expected)
    {
        using var database = new ScratchDatabase($"CREATE TABLE t (b, {column})");
        var parsed = CreateTableStatement.Parse(database.Sql("t")).Columns[1];
        Assert.AreEqual(type, parsed.Type ?? "");
        Assert.AreEqual(expected, string.Join("; ", parsed.Constraints.Select(Describe)));
        Assert.AreEqual($"a | {type}", string.Join(" | ", database.Columns("t")[1].Split(" | ")[..2]));
    }

    [TestMethod]
    [DataRow("PRIMARY KEY (b DESC, a COLLATE nocase) ON CONFLICT ROLLBACK", "PrimaryKey b DESC,a nocase ROLLBACK")]
    [DataRow("CONSTRAINT pk PRIMARY KEY (a AUTOINCREMENT)", "[pk] PrimaryKey a AUTOINCREMENT")]
    [DataRow("CONSTRAINT x UNIQUE (\"a\" ASC, 'b') ON CONFLICT IGNORE", "[x] Unique a ASC,b IGNORE")]
    [DataRow("UNIQUE ((a) COLLATE rtrim, (b COLLATE nocase) DESC)", "Unique a rtrim,b nocase DESC")]
    [DataRow("CHECK (a > 0) ON CONFLICT ABORT", "Check a > 0 ABORT")]
    [DataRow("CONSTRAINT x CHECK (a > 0) UNIQUE (a) CONSTRAINT y UNIQUE (b), CHECK (1)",
        "[x] Check a > 0; Unique a; [y] Unique b; Check 1")]
    [DataRow("CONSTRAINT x, CHECK (a)", "[x] LoneName; Check a")]
    [DataRow("CONSTRAINT x", "[x] LoneName")]
    [DataRow("FOREIGN KEY (a, \"b\") REFERENCES p(x, y) ON UPDATE CASCADE ON DELETE RESTRICT DEFERRABLE INITIALLY IMMEDIATE",
        "ForeignKey a,b -> p(x,y) RESTRICT/CASCADE deferrable IMMEDIATE")]
    [DataRow("CONSTRAINT fk FOREIGN KEY (a) REFERENCES p ON DELETE SET DEFAULT", "[fk] ForeignKey a -> p() SET DEFAULT/")]
    public void Table_constraints_are_read(string constraints, string expected)
    {
        using var database = new ScratchDatabase($"CREATE TABLE t (a INTEGER, b TEXT, {constraints})");
        var table = CreateTableStatement.Parse(database.Sql("t"));
        Assert.AreEqual(expected, string.Join("; ", table.TableConstraints.Select(Describe)));
    }

    [TestMethod]
    [DataRow("", false, false)]
    [DataRow("WITHOUT ROWID", true, false)]
    [DataRow("STRICT", false, true)]
    [DataRow("WITHOUT ROWID, STRICT", true, true)]
    [DataRow("strict , /* and */ without -- x\n rowid", true, true)]
    public void Options_are_read_in_any_order(string options, bool withoutRowid, bool strict)
    {
        using var database = new ScratchDatabase($"CREATE TABLE t (a INTEGER PRIMARY KEY) {options} -- end\n ;");
        var table = CreateTableStatement.Parse(database.Sql("t"));
        Assert.AreEqual((withoutRowid, strict), (table.WithoutRowid, table.Strict));
    }

    [TestMethod]
    public void The_whole_statement_is_read_as_it_is_typed()
    {
        var table = CreateTableStatement.Parse("create temp table if not exists main.[t u](a);");
        Assert.AreEqual(("main", "t u", true, true), (table.Schema, table.Name, table.IsTemporary, table.IfNotExists));
    }

    [TestMethod]
    public void Names_are_read_where_a_keyword_would_do_too()
    {
        var table = CreateTableStatement.Parse("CREATE TABLE if (no, action, replace INT DEFAULT 1)");
        Assert.AreEqual("if: no,action,replace", $"{table.Name}: {string.Join(',', table.Columns.Select(c => c.Name))}");
    }

    [TestMethod]
    [DataRow("a INTEGER PRIMARY KEY", "", "a")]
    [DataRow("a integer PRIMARY KEY ASC", "", "a")]
    [DataRow("a INTEGER PRIMARY KEY DESC", "", null)]
    [DataRow("a INTEGER, PRIMARY KEY (a DESC)", "", "a")]
    [DataRow("a INT PRIMARY KEY", "", null)]
    [DataRow("a INTEGER(4) PRIMARY KEY", "", null)]
    [DataRow("a \"INTEGER\" PRIMARY KEY", "", "a")]
    [DataRow("a INTEGER PRIMARY KEY", "WITHOUT ROWID", null)]
    [DataRow("a INTEGER, b INTEGER, PRIMARY KEY (a, b)", "", null)]
    [DataRow("a INTEGER", "", null)]
    public void The_alias_of_the_rowid_is_known(string body, string options, string? alias)
    {
        using var database = new ScratchDatabase($"CREATE TABLE t ({body}) {options}");
        Assert.AreEqual(alias, CreateTableStatement.Parse(database.Sql("t")).RowidAlias?.Name);
        if (options.Length == 0)
        {
            database.Execute("INSERT INTO t (rowid) VALUES (42)");
            Assert.AreEqual(alias is null ? "∅" : "42", database.Rows("SELECT a FROM t").Single());
        }
    }

    [TestMethod]
    public void A_virtual_table_has_a_module_and_no_columns()
    {
        using var database = new ScratchDatabase("CREATE VIRTUAL TABLE f USING fts5(a, b, tokenize = 'porter')");
        var table = CreateTableStatement.Parse(database.Sql("f"));
        Assert.AreEqual(("f", "fts5", 0), (table.Name, table.Module, table.Columns.Count));
        Assert.ThrowsExactly<DdlEditException>(() => table.AddColumn("c"));
    }

    [TestMethod]
    public void A_table_made_from_a_query_is_stored_as_a_list_of_columns()
    {
        const string Statement = "CREATE TABLE t AS SELECT 1 AS a, 'x' AS \"two words\", CAST(1 AS REAL) AS [select]";
        using var database = new ScratchDatabase(Statement);
        Assert.IsNotNull(CreateTableStatement.Parse(Statement).Query);
        Assert.AreEqual("a,two words,select", string.Join(',', CreateTableStatement.Parse(database.Sql("t")).Columns.Select(c => c.Name)));
    }

    [TestMethod]
    public void What_ALTER_TABLE_added_is_read()
    {
        using var database = new ScratchDatabase("CREATE TABLE t (a INT -- first\n, UNIQUE (a)) STRICT",
            "ALTER TABLE t ADD COLUMN b TEXT DEFAULT 'x' /* c */", "ALTER TABLE t RENAME COLUMN a TO [a b]");
        Assert.AreEqual("a b,b", string.Join(',', CreateTableStatement.Parse(database.Sql("t")).Columns.Select(c => c.Name)));
    }

    [TestMethod]
    [DataRow("CREATE TABLE t (a INT", "table 't'", 21)]
    [DataRow("CREATE TABLE t (a INT,)", "table 't'", 22)]
    [DataRow("CREATE TABLE t (a INT NOT)", "table 't'", 22)]
    [DataRow("CREATE TABLE t (a INT 'x", "table 't'", 22)]
    [DataRow("CREATE TABLE t (a) WITHOUT", "table 't'", 19)]
    [DataRow("CREATE TABLE t (a DEFAULT)", "table 't'", 25)]
    [DataRow("CREATE TABLE t (a CHECK ())", "table 't'", 26)]
    [DataRow("CREATE TABLE t (a, FOREIGN KEY (a) p)", "table 't'", 35)]
    [DataRow("CREATE TABLE t (a) STRICT x", "table 't'", 26)]
    [DataRow("CREATE VIEW v AS SELECT 1", "a table", 7)]
    [DataRow("", "a table", 0)]
    public void What_is_not_understood_is_named_with_its_place(string sql, string subject, int position)
    {
        var error = Assert.ThrowsExactly<DdlNotUnderstoodException>(() => CreateTableStatement.Parse(sql));
        Assert.AreEqual((subject, position), (error.Subject, error.Position), error.Message);
    }

    [TestMethod]
    public void Deep_nesting_does_not_overflow()
    {
        var expression = new string('(', 200_000) + "a" + new string(')', 200_000);
        Assert.HasCount(1, CreateTableStatement.Parse($"CREATE TABLE t (a CHECK {expression}, UNIQUE ({expression}))").TableConstraints);
    }

    private static string Describe(DdlConstraint constraint) =>
        (constraint.Name is { } name ? $"[{name}] " : "") + constraint.GetType().Name["Ddl".Length..] + constraint switch
    {
        DdlKey key =>
            $" {string.Join(',', key.Elements.Select(Describe))}{Optional(key.OnConflict)}"
                + $"{(key is DdlPrimaryKey { Autoincrement: true } ? " AUTOINCREMENT" : "")}",
        DdlCheck check => $" {check.Expression}{Optional(check.OnConflict)}",
        DdlNotNull notNull => Optional(notNull.OnConflict),
        DdlDefault value => $" {value.Value}",
        DdlCollate collate => $" {collate.Collation}",
        DdlGenerated generated => $" {generated.Expression}{(generated.Stored ? " STORED" : "")}",
        DdlForeignKey key => $" {string.Join(',', key.Columns)} -> {key.ReferencedTable}({string.Join(',', key.ReferencedColumns)})"
            + (key.OnDelete is null && key.OnUpdate is null ? "" : $" {key.OnDelete}/{key.OnUpdate}")
            + Optional(key.Match) + (key.Deferrable is { } d ? d ? " deferrable" : " not-deferrable" : "") + Optional(key.Initially),
        _ => "",
    };

    private static string Describe(DdlIndexElement element) =>
        $"{element.Column ?? $"({element.Expression})"}{Optional(element.Collation)}"
        + $"{element.Descending switch { true => " DESC", false => " ASC", null => "" }}";

    private static string Optional(string? text) => text is null ? "" : $" {text}";
}
