namespace Alembic.Tool.Tests.Connections;

/// <summary>An error of PostgreSQL is shown with its detail, unless that may quote rows.</summary>
[TestClass]
public sealed class PostgreSqlErrorTests
{
    private const string Value = "ada@rows.example";

    private const string Setup = $"""
        CREATE TABLE person (id int PRIMARY KEY, email text);
        INSERT INTO person VALUES (1, '{Value}'), (2, '{Value}');
        CREATE VIEW newsletter_list AS SELECT email FROM person;
        CREATE TABLE strict (id int NOT NULL, email text CHECK (email <> '{Value}'));
        CREATE TABLE parent (email text PRIMARY KEY);
        CREATE TABLE child (email text REFERENCES parent DEFERRABLE INITIALLY DEFERRED);
        """;

    [TestMethod]
    [DataRow("ALTER TABLE person DROP COLUMN email", "2BP01", "DETAIL: view newsletter_list depends on column email of table person")]
    [DataRow("ALTER TABLE person ALTER email TYPE varchar(9)", "0A000",
        "DETAIL: rule _RETURN on view newsletter_list depends on column \"email\"")]
    [DataRow("CREATE FUNCTION f(int) RETURNS date LANGUAGE sql AS 'SELECT 1'", "42P13", "DETAIL: Actual return type is integer.")]
    [DataRow("ALTER TABLE child ADD FOREIGN KEY (email) REFERENCES person (id)", "42804",
        "DETAIL: Key columns \"email\" and \"id\" are of incompatible types: text and integer.")]
    public void A_detail_about_objects_is_shown(string sql, string state, string detail)
    {
        using var database = Database($"op.Execute(\"\"\"{sql}\"\"\");");
        var result = database.Project.Run("upgrade", "head").Fails(1, $"aaa100000001: {state}: ");
        Assert.Contains(detail, result.Error);
    }

    [TestMethod]
    [DataRow("op.AlterColumn(\"strict\", \"id\", type: SqlType.Uuid);", "42804", "hint: postgresqlUsing: \"…\" in op.AlterColumn gives")]
    [DataRow("op.AlterColumn(\"strict\", \"id\", type: SqlType.Time, postgresqlUsing: \"id::time\");", "42846",
        "hint: postgresqlUsing: \"…\" in op.AlterColumn gives")]
    [DataRow("op.AlterColumn(\"person\", \"email\", type: SqlType.Date, postgresqlUsing: \"email::date\");", "0A000",
        "hint: recreateDependents: true in op.AlterColumn drops and recreates views, rules, triggers and policies")]
    [DataRow("op.AlterColumn(\"priced\", \"code\", type: SqlType.Integer, existingType: SqlType.Text);", "22P02",
        "hint: the new type cannot hold the values of all rows: change them first, or postgresqlUsing: ")]
    [DataRow("op.AlterColumn(\"priced\", \"price\", type: SqlType.Boolean, postgresqlUsing: \"price > 0\");", "42804",
        "hint: existingServerDefault: … in op.AlterColumn drops the default and sets it again")]
    public void An_error_about_a_new_type_names_the_argument(string upgrade, string state, string hint)
    {
        using var database = Database(upgrade);
        database.Execute("CREATE TABLE priced (price int DEFAULT 5, code text); INSERT INTO priced VALUES (1, 'x')");
        var result = database.Project.Run("upgrade", "head").Fails(1, $"aaa100000001: {state}: ");
        Assert.Contains(hint, result.Error);
        Assert.DoesNotContain("the server says", result.Error);
    }

    [TestMethod]
    [DataRow("CREATE UNIQUE INDEX ux ON person (email)", "23505")]
    [DataRow("INSERT INTO strict SELECT NULL, email FROM person", "23502")]
    [DataRow("INSERT INTO strict SELECT id, email FROM person", "23514")]
    [DataRow("ALTER TABLE person ADD FOREIGN KEY (email) REFERENCES parent", "23503")]
    [DataRow("INSERT INTO child SELECT email FROM person", "23503")]
    [DataRow("ALTER TABLE person ADD n int GENERATED ALWAYS AS (email::int) STORED", "22P02")]
    [DataRow("SELECT email::jsonb FROM person", "22P02")]
    [DataRow("SELECT email::date FROM person", "22007")]
    [DataRow("DO $$ BEGIN EXECUTE (SELECT format('SELECT nosuch, %L', email) FROM person LIMIT 1); END $$", "42703")]
    [DataRow("DO $$ BEGIN RAISE 'no' USING ERRCODE = '42804', DETAIL = (SELECT email FROM person LIMIT 1); END $$", "42804")]
    [DataRow("DO $$ BEGIN RAISE 'no' USING ERRCODE = '42804', HINT = (SELECT email FROM person LIMIT 1); END $$", "42804")]
    public void No_value_of_a_row_is_shown(string sql, string state)
    {
        var command =
            $"using var command = op.Connection.CreateCommand(); command.CommandText = \"\"\"{sql}\"\"\"; command.Transaction = "
                + "op.Transaction; command.ExecuteNonQuery();";
        string[] ways =
        [
            $"op.Execute(\"\"\"{sql}\"\"\");",
            $"op.Query(\"\"\"{sql}\"\"\");",
            command,
            $"try {{ {command} }} catch (System.Exception e) {{ throw new System.InvalidOperationException($\"It failed: "
                + $"{{e.Message}}\", e); }}",
            $"try {{ {command} }} catch (System.Exception e) {{ throw new AlembicException($\"It failed: {{e.Message}}\", e); }}",
            $"System.Threading.Tasks.Task.Run(() => {{ {command} }}).Wait();",
        ];
        using var database = Database("");
        foreach (var upgrade in ways)
        {
            database.Project.Revision("aaa100000001", "one", upgrade: upgrade);
            foreach (var flags in new string[][] { [], ["--raiseerr"] })
            {
                var result = database.Project.Run([.. flags, "upgrade", "head"]);
                Assert.AreEqual(1, result.Code, result.Error);
                Assert.Contains(state, result.Error, upgrade);
                Assert.DoesNotContain("rows.example", result.Error, upgrade);
            }
        }
        database.Project.Revision("aaa100000001", "one", upgrade: ways[4]);
        if (state != "23503")
            Assert.Contains("FAILED: aaa100000001: It failed: " + state, database.Project.Run("upgrade", "head").Error);
    }

    [TestMethod]
    public void Hooks_show_none_either()
    {
        const string Command =
            "{ using var command = connection!.CreateCommand(); command.CommandText = \"SELECT email::int FROM person\"; "
                + "command.ExecuteNonQuery(); }";
        foreach (var hook in new[]
        {
            $"OnConnected = connection => {Command}", $"OnVersionApply = change => {{ var connection = change.Connection; {Command} }}"
        })
        {
            using var database = Database("");
            database.Project.Write("alembic/env.cs",
                $"public sealed class Env : Alembic.MigrationEnvironment {{ public override void Configure(Alembic.EnvironmentOptions "
                    + $"options) => options.{hook}; }}");
            var result = database.Project.Run("--raiseerr", "upgrade", "head");
            Assert.AreEqual(1, result.Code, result.Error);
            Assert.Contains("22P02: invalid input syntax for type integer: \"***\"", result.Error, hook);
            Assert.DoesNotContain("rows.example", result.Error, hook);
        }
    }

    private static PostgreSqlProject Database(string upgrade)
    {
        var database = new PostgreSqlProject();
        database.Execute(Setup);
        database.Project.Revision("aaa100000001", "one", upgrade: upgrade);
        return database;
    }
}
