using Alembic.Databases;
using Alembic.Operations;
using Alembic.Schema;
using Alembic.Tests.Databases.MySql;
using Alembic.Tests.Databases.PostgreSql;

namespace Alembic.Tests.Databases;

/// <summary>What only one database knows of a table: each takes its own, reads it back, and leaves what is meant for others.</summary>
[TestClass]
public sealed class TableOptionsTests
{
    private static readonly Column Id = new("id", SqlType.Integer, nullable: false);

    // Of all databases at once: a model that runs anywhere says all of it.
    private static readonly DialectOptions Everything = new()
    {
        ["mysql_engine"] = "MyISAM", ["mysql_collate"] = "latin1_bin", ["mysql_row_format"] = "FIXED", ["mysql_max_rows"] = 1000,
        ["mysql_auto_increment"] = 5, ["mysql_checksum"] = false,
        ["mariadb_page_checksum"] = 1, ["postgresql_unlogged"] = true, ["postgresql_with"] = "fillfactor=70, autovacuum_enabled=false",
        ["sqlite_strict"] = true, ["sqlite_with_rowid"] = false,
    };

    private static readonly Table Rich = new("t", [Id, new Column("note", SqlType.Text), new PrimaryKeyConstraint(["id"])],
        comment: "it's \\", options: Everything);

    [TestMethod]
    public void Every_database_takes_its_own() => Assert.AreEqual(
        """
        sqlite: STRICT, WITHOUT ROWID;
        postgresql: WITH (fillfactor=70, autovacuum_enabled=false);
        mysql:AUTO_INCREMENT=5 COLLATE=latin1_bin ENGINE=MyISAM MAX_ROWS=1000 ROW_FORMAT=FIXED COMMENT='it''s \\';
        mariadb:AUTO_INCREMENT=5 COLLATE=latin1_bin ENGINE=MyISAM MAX_ROWS=1000 ROW_FORMAT=FIXED PAGE_CHECKSUM=1 COMMENT='it''s \\';
        mssql:;
        """,
        string.Join('\n',
            Dialects.All.Select(d => $"{d.Name}:{Scripts.Of(d, op => op.Invoke(new CreateTable(Rich))).Split("\n)")[1].Split('\n')[0]}")));

    [TestMethod]
    public void MariaDb_reads_back_what_it_was_told()
    {
        using var database = new MariaDbDatabase();
        database.Run([new CreateTable(Rich)]);
        database.Op.BulkInsert("t", [new { id = 1, note = "x" }]);
        var read = database.Inspect().Tables.Single();
        Assert.AreEqual("mysql_collate=latin1_bin, mysql_engine=MyISAM, mysql_max_rows=1000, mysql_page_checksum=1, mysql_row_format=FIXED",
            read.Options.ToString());
        MariaDbDatabase.Nothing(database.Compare(new MetaData([Rich])));
        database.Run([new DropTable("t"), new CreateTable(read)]);
        Assert.AreEqual(read, database.Inspect().Tables.Single());
        MariaDbDatabase.Nothing(database.Compare(new MetaData([Rich with { Options = new() }])));
    }

    [TestMethod]
    public void MariaDb_divides_and_versions_a_table()
    {
        using var database = new MariaDbDatabase();
        database.Op.CreateTable(
            "p", [Id], comment: "c",
            options: new()
            {
                ["mysql_partition_by"] = "HASH (id) PARTITIONS 3", ["mysql_engine"] = "InnoDB", ["mysql_row_format"] = "COMPRESSED",
                ["mysql_key_block_size"] = 8
            });
        database.Op.CreateTable("v", [Id], options: new() { ["mariadb_with_system_versioning"] = true });
        database.Op.CreateIndex("ix", "v", ["id"], method: "btree",
            options: new() { ["mysql_comment"] = "it's", ["mysql_key_block_size"] = 8 });
        StringAssert.Contains(database.Definition("v"), "KEY `ix` (`id`) USING BTREE KEY_BLOCK_SIZE=8 COMMENT 'it''s'",
            StringComparison.Ordinal);
        StringAssert.Contains(database.Definition("p"), "PARTITIONS 3", StringComparison.Ordinal);
        StringAssert.Contains(database.Definition("v"), "WITH SYSTEM VERSIONING", StringComparison.Ordinal);
        Assert.AreEqual("mysql_key_block_size=8, mysql_row_format=COMPRESSED",
            database.Inspect().Tables.Single(t => t.Name == "p").Options.ToString());
    }

    [TestMethod]
    public void A_table_without_options_has_none()
    {
        using var mariaDb = new MariaDbDatabase();
        mariaDb.Op.CreateTable("t", [Id]);
        using var postgreSql = new PostgreSqlDatabase();
        postgreSql.Op.CreateTable("t", [Id]);
        Assert.AreEqual("", mariaDb.Inspect().Tables.Single().Options.ToString() + postgreSql.Inspect().Tables.Single().Options);
    }

    [TestMethod]
    public void PostgreSql_reads_back_what_it_was_told()
    {
        using var database = new PostgreSqlDatabase();
        var parted = new Table("p", [Id, new Column("day", SqlType.Date)], options: new() { ["postgresql_partition_by"] = "RANGE (day)" });
        var filled = new Table("t",
            [Id, new TableIndex("ix", ["id"],
                options: new() { ["postgresql_with"] = "fillfactor=50", ["postgresql_tablespace"] = "pg_default" })], options: Everything);
        database.Run([new CreateTable(parted), new CreateTable(filled),
            new CreateTable(new Table("child", [], options: new() { ["postgresql_inherits"] = "t" }))]);
        database.Op.Execute(
            "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM ('2026-01-01') TO ('2027-01-01'); INSERT INTO p VALUES (1, '2026-02-02')");
        var read = database.Inspect().Tables.Where(t => t.Name != "child").ToList();
        Assert.AreEqual("postgresql_partition_by=RANGE (day)", read[0].Options.ToString());
        Assert.AreEqual("postgresql_unlogged=True, postgresql_with=fillfactor=70, autovacuum_enabled=false", read[1].Options.ToString());
        Assert.AreEqual("postgresql_with=fillfactor=50", read[1].Indexes.Single().Options.ToString());
        database.Run([new DropTable("child"), new DropTable("p"), new DropTable("t"), .. read.Select(t => new CreateTable(t))]);
        Assert.AreEqual(new MetaData(read), new MetaData(database.Inspect().Tables));
        PostgreSqlDatabase.Nothing(database.Compare(new MetaData([parted, filled])));
    }

    [TestMethod]
    public void An_option_that_no_database_has_is_named()
    {
        string Error(DialectOptions options, string dialect) =>
            Assert.ThrowsExactly<AlembicException>(
                () => Scripts.Of(Dialects.Find(dialect)!, op => op.CreateTable("t", [Id], options: options))).Message;
        Assert.AreEqual("'postgresql_fillfactor' is not an option that postgresql has for the table 't'",
            Error(new() { ["postgresql_fillfactor"] = 70 }, "postgresql"));
        Assert.AreEqual("'sqlite_strict' is not an option that sqlite has for the table 't'",
            Error(new() { ["sqlite_strict"] = "yes" }, "sqlite"));
        Assert.AreEqual("'mssql_x' is not an option that mssql has for the table 't'", Error(new() { ["mssql_x"] = 1 }, "mssql"));
        Assert.AreEqual(
            "'engine' is not an option: an option begins with sqlite_, postgresql_, mysql_, mariadb_ or mssql_",
            Assert.ThrowsExactly<AlembicException>(() => new DialectOptions { ["engine"] = "InnoDB" }).Message);
        Assert.AreEqual(
            "The option 'mysql_x' is text, a whole number, true or false, not Double",
            Assert.ThrowsExactly<AlembicException>(() => new DialectOptions { ["mysql_x"] = 1.5 }).Message);
    }
}
