using Alembic.Tool.Tests.Commands;

namespace Alembic.Tool.Tests.Hostile;

/// <summary>No five characters of a secret in a row are in any output, whatever is wrong with what it stands in.</summary>
[TestClass]
public sealed class SecretsTests
{
    // Raw, as it is typed by people who do not encode; and one of harmless characters.
    private const string Raw = "Qz7#vX@9kWd/2pTq?mJx";
    private const string Plain = "Zk4Vq9Xw7Jt2Bm";

    private static readonly string Encoded = Uri.EscapeDataString(Raw);

    public static IEnumerable<string> Urls =>
    [
        .. new[] { "postgresql", "postgresql+psycopg2", "mysql", "mariadb+pymysql", "mssql", "oracle", "postgres" }.SelectMany(
            dialect => new[]
        {
            $"{dialect}://me:{Plain}@127.0.0.1:1/shop",
            $"{dialect}://me:{Encoded.Replace("%", "%%", StringComparison.Ordinal)}@127.0.0.1:1/shop",
            $"{dialect}://me:{Raw}@127.0.0.1:1/shop",
        }),
        $"postgresql://127.0.0.1:1/shop?user=me&password={Plain}",
        $"mysql://127.0.0.1:1/shop?password={Plain}&colour=red",
        $"postgresql://127.0.0.1:1/shop?sslpassword={Plain}",
        $"postgresql://127.0.0.1:1/shop?colour={Plain}",
        $"postgresql://me:{Plain}@127.0.0.1:1/shop?colour=red",
        $"postgresql://me:{Plain}@127.0.0.1:99999/shop",
        $"postgresql://me:{Plain}@127.0.0.1:x/shop",
        $"postgresql://me:{Plain}@[::1/shop",
        $"postgresql://me:{Plain}@a@b@127.0.0.1:1/shop",
        $"postgresql://me:1/{Plain}@127.0.0.1/shop",
        $"postgresql//me:{Plain}@127.0.0.1:1/shop",
        $"postgresql:/me:{Plain}@127.0.0.1:1/shop",
        $"postgresql:me:{Plain}@127.0.0.1:1/shop",
        $"://me:{Plain}@127.0.0.1:1/shop",
        $"sqlite://me:{Plain}@127.0.0.1:1/shop",
        $"sqlite:///no/such/folder/x.db?password={Plain}",
        $"postgresql://me:{Encoded}@127.0.0.1:1/shop",
        $"postgresql://me:{Plain}%@127.0.0.1:1/shop",
        $"postgresql://me:%({Plain})s@127.0.0.1:1/shop",
        $"postgresql://me:%(DB_PASSWORD)s@127.0.0.1:1/shop",
        $"postgresql://me:%(db_secret)s@127.0.0.1:1/shop\ndb_secret = {Plain}",
        $"postgresql://me:%(db_secret)s@127.0.0.1:1/shop\ndb_secret = {Plain}%x",
        $"postgresql://me:{Plain}@127.0.0.1:1/shop\nconnection_string = Host=127.0.0.1;Password={Plain}",
    ];

    public static IEnumerable<string> ConnectionStrings =>
    [
        .. new[] { "sqlite", "postgresql", "mysql", "mssql", "oracle" }.SelectMany(dialect => new[]
        {
            $"{dialect}\nconnection_string = Server=127.0.0.1,1;Password={Plain};Connect Timeout=1",
            $"{dialect}\nconnection_string = Host=127.0.0.1;Port=1;Pwd={Plain};Colour=red",
            $"{dialect}\nconnection_string = Host=127.0.0.1;Port=1;Pasword={Plain}",
            $"{dialect}\nconnection_string = Host=127.0.0.1;Port={Plain}",
            $"{dialect}\nconnection_string = Password=\"{Plain};Host=127.0.0.1",
        }),
        $"sqlite\nconnection_string = Password={Plain}%",
        $"sqlite\nconnection_string = Data Source=/no/such/folder/x.db;Password={Plain}",
        $"\nconnection_string = Host=127.0.0.1;Password={Plain}",
    ];

    public static IEnumerable<string> Statements =>
    [
        $"CREATE USER bob PASSWORD '{Plain}'",
        $"CREATE ROLE bob LOGIN ENCRYPTED PASSWORD '{Plain}' VALID UNTIL 'infinity'",
        $"ALTER ROLE bob WITH PASSWORD E'{Plain}'",
        $"ALTER ROLE bob PASSWORD $${Plain}$$",
        $"ALTER ROLE bob PASSWORD $x${Plain}$x$",
        $"ALTER ROLE bob PASSWORD '{Plain}",
        $"ALTER ROLE bob PASSWORD 'it''s{Plain}'",
        $"CREATE USER bob IDENTIFIED BY '{Plain}'",
        $"CREATE USER 'bob'@'%' IDENTIFIED WITH caching_sha2_password BY '{Plain}'",
        $"CREATE USER bob IDENTIFIED VIA ed25519 USING PASSWORD('{Plain}')",
        $"CREATE USER bob IDENTIFIED BY \\\"{Plain}\\\"",
        $"ALTER USER bob IDENTIFIED BY 'other' REPLACE '{Plain}'",
        $"SET PASSWORD FOR 'bob'@'%' = PASSWORD('{Plain}')",
        $"SET PASSWORD = '{Plain}'",
        $"CREATE LOGIN bob WITH PASSWORD = N'{Plain}'",
        $"CREATE LOGIN bob WITH PASSWORD={Plain}",
        $"CREATE MASTER KEY ENCRYPTION BY PASSWORD = '{Plain}'",
        $"CREATE CREDENTIAL c WITH IDENTITY = 'x', SECRET = '{Plain}'",
        $"CREATE SUBSCRIPTION s CONNECTION 'host=x password={Plain} dbname=y' PUBLICATION p",
        $"SELECT dblink_connect('postgresql://me:{Plain}@host/db')",
        $"COPY t FROM 's3://b' CREDENTIALS 'aws_secret_access_key={Plain}'",
        $"UPDATE settings SET api_key = '{Plain}'",
        $"UPDATE users SET password_hash = '{Plain}'",
        $"SET ROLE x; -- token: {Plain}",
    ];

    [TestMethod]
    [DynamicData(nameof(Urls))]
    public void In_URLs(string url) => HasNone($"sqlalchemy.url = {url}");

    [TestMethod]
    [DynamicData(nameof(ConnectionStrings))]
    public void In_connection_strings(string text) => HasNone($"dialect = {text}");

    [TestMethod]
    public void The_name_of_a_missing_variable_is_none()
    {
        using var project = Verbose($"sqlalchemy.url = postgresql://me:{Plain}%(SHOP_PASSWORD)s@127.0.0.1:1/shop");
        var result = project.Run("current");
        ShowsNone("a variable", result);
        Assert.Contains("nor an environment variable SHOP_PASSWORD", result.Error);
        Assert.Contains("hint: export SHOP_PASSWORD=...", result.Error);
    }

    [TestMethod]
    public void In_statements_that_fail_and_are_logged()
    {
        using var project = Verbose("sqlalchemy.url = sqlite:///%(here)s/test.db");
        foreach (var sql in Statements)
        {
            File.Delete(project.Revision("aaa100000001", "one"));
            var file = project.Revision("aaa100000001", "one", null, $"op.Execute(\"{sql}\");");
            ShowsNone(sql, project.Run("--raiseerr", "upgrade", "head"));
            File.Delete(file);
        }
    }

    [TestMethod]
    public void In_what_env_cs_throws()
    {
        using var project = Verbose($"sqlalchemy.url = postgresql://me:{Plain}@127.0.0.1:1/shop");
        project.Write("alembic/env.cs", """
            public sealed class Env : Alembic.MigrationEnvironment
            {
                public override void Run(Alembic.MigrationRunner runner) =>
                    throw new System.InvalidOperationException("no answer from " + Url, new System.ArgumentException("really none from " + Url + " with " + XArguments["url"]));
            }
            """);
        foreach (var flags in new string[][] { [], ["--raiseerr"] })
        {
            var result = project.Run([.. flags, "-x", $"url=mysql://you:{Plain}other@host/db", "upgrade", "head"]);
            Assert.AreEqual(1, result.Code);
            Assert.Contains("no answer from", result.Error);
            ShowsNone("env.cs", result);
        }
    }

    [TestMethod]
    public void In_arguments()
    {
        using var project = Verbose("sqlalchemy.url = sqlite:///%(here)s/test.db");
        var url = $"postgresql://me:{Raw}@host/db";
        foreach (var arguments in new string[][]
        {
            [url], ["upgrade", url], ["-c", url, "history"], ["-n", url, "history"], ["-x", $"url={url}", "--nonsense"],
            ["--url", url, "upgrade", "head"], ["-x", $"password={Plain}", "upgrade", "nope"],
            ["history", "-r", url], ["show", $"password={Plain}"], ["stamp", url], ["revision", "--rev-id", url], ["merge", url],
            ["init", "-t", url, "there"],
        })
        {
            var result = project.Run(arguments);
            ShowsNone(string.Join(' ', arguments), result);
        }
    }

    [TestMethod]
    public void In_ini_files_that_cannot_be_read()
    {
        foreach (var text in new[]
        {
            $"sqlalchemy.url = a\n{Plain}", $"password = {Plain}\npassword = {Plain}", $"= {Plain}", $"sqlalchemy.url = %({Plain}",
            $"[x\n{Plain}", $"script_location = %(here)s/{Plain}%", $"lock_timeout = {Plain}"
        })
            HasNone(text);
    }

    [TestMethod]
    public void The_public_key_of_an_assembly_is_none()
    {
        using var project = Verbose("sqlalchemy.url = sqlite:///%(here)s/test.db");
        project.Revision("aaa100000001", "one", null,
            $"throw new System.IO.FileNotFoundException(\"Shop, Version=1.0.0.0, PublicKeyToken=cc7b13ffcd2ddd51; Password={Plain}; "
                + $"token={Plain}\");");
        var result = project.Run("upgrade", "head");
        Assert.Contains("PublicKeyToken=cc7b13ffcd2ddd51; Password=***; token=***", result.Error);
        ShowsNone("error", result);
    }

    [TestMethod]
    public void What_SQLite_does_not_recognize_is_none()
    {
        using var project = Verbose("sqlalchemy.url = sqlite:///%(here)s/test.db");
        project.Revision("aaa100000001", "one", null, "op.Execute(\"SELECT 'it\");");
        Assert.Contains("unrecognized token: \"'it\"", project.Run("upgrade", "head").Error);
    }

    [TestMethod]
    public void A_script_is_what_it_is_asked_to_be()
    {
        using var project = Verbose("sqlalchemy.url = postgresql://me:it@127.0.0.1:1/shop");
        project.Revision("aaa100000001", "one", null, $"op.Execute(\"CREATE ROLE bob PASSWORD '{Plain}'\");");
        var result = project.Run("upgrade", "head", "--sql").Ok();
        Assert.Contains($"CREATE ROLE bob PASSWORD '{Plain}'", result.Out);
        ShowsNone("log", result with { Out = "" });
    }

    private static void HasNone(string keys)
    {
        using var project = Verbose(keys);
        project.Environment["DB_PASSWORD"] = Raw;
        foreach (var command in new string[][]
        {
            ["upgrade", "head"], ["--raiseerr", "current", "-v"], ["--raiseerr", "revision", "--autogenerate", "-m", "x"], ["history", "-i"]
        })
        {
            var result = project.Run(command);
            Assert.AreNotEqual(0, result.Code, keys);
            ShowsNone(keys, result);
        }
        foreach (var file in Directory.EnumerateFiles(project.Path("alembic"), "*", SearchOption.AllDirectories))
            ShowsNone(file, new Result(0, File.ReadAllText(file), ""));
    }

    private static void ShowsNone(string what, Result result)
    {
        var output = result.Out + result.Error;
        foreach (var secret in new[] { Raw, Plain, Encoded })
        {
            for (var at = 0; at + 5 <= secret.Length; at++)
                Assert.DoesNotContain(secret.Substring(at, 5), output, $"{what}: {output}");
        }
    }

    private static Project Verbose(string keys)
    {
        var project = new Project();
        // Without an env.cs there is nothing to compile.
        File.Delete(project.Path("alembic/env.cs"));
        project.LogEverything(keys);
        return project;
    }
}
