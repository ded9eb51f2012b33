using Alembic.Databases.MySql;
using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Tests.Databases.MySql;

/// <summary>Columns as servers print them, MySQL 8's way too, which no server here does.</summary>
[TestClass]
public sealed class MySqlColumnTextTests
{
    private static readonly MySqlDialect Dialect = new();

    [TestMethod]
    [DataRow("int NOT NULL AUTO_INCREMENT", "int NOT NULL AUTO_INCREMENT COMMENT 'c'")]
    [DataRow("int unsigned DEFAULT '0'", "int unsigned NULL DEFAULT '0' COMMENT 'c'")]
    [DataRow("varchar(9) CHARACTER SET latin1 COLLATE latin1_bin DEFAULT 'a,(b' COMMENT 'old'",
        "varchar(9) CHARACTER SET latin1 COLLATE latin1_bin NULL DEFAULT 'a,(b' COMMENT 'c'")]
    [DataRow("timestamp NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP",
        "timestamp NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP COMMENT 'c'")]
    [DataRow("int GENERATED ALWAYS AS ((`x` + 1)) STORED NOT NULL", "int GENERATED ALWAYS AS ((`x` + 1)) STORED NOT NULL COMMENT 'c'")]
    [DataRow("int GENERATED ALWAYS AS ((`x` + 1)) VIRTUAL", "int GENERATED ALWAYS AS ((`x` + 1)) VIRTUAL COMMENT 'c'")]
    [DataRow("point NOT NULL /*!80003 SRID 4326 */", "point NOT NULL /*!80003 SRID 4326 */ COMMENT 'c'")]
    [DataRow("int DEFAULT NULL /*!80023 INVISIBLE */", "int NULL DEFAULT NULL /*!80023 INVISIBLE */ COMMENT 'c'")]
    [DataRow("json DEFAULT (json_object(_utf8mb4'comment',_utf8mb4'null'))",
        "json NULL DEFAULT (json_object(_utf8mb4'comment',_utf8mb4'null')) COMMENT 'c'")]
    [DataRow("set('a','b)','c''d') COLLATE utf8mb4_bin NOT NULL", "set('a','b)','c''d') COLLATE utf8mb4_bin NOT NULL COMMENT 'c'")]
    public void A_comment_leaves_the_rest_as_it_is(string definition, string expected) =>
        Assert.AreEqual(expected, Column(definition).With(new AlterColumn("t", "a") { Comment = "c" }, new MySqlDialect(isMariaDb: true)));

    // There it is the table's, and the column's own where it stands beside its character set.
    [TestMethod]
    [DataRow("text COLLATE utf8mb4_bin NOT NULL", "text NOT NULL COMMENT 'c'")]
    [DataRow("text CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL",
        "text CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL COMMENT 'c'")]
    public void On_MySQL_the_collation_of_the_table_is_not_made_the_columns_own(string definition, string expected) =>
        Assert.AreEqual(expected, Column(definition).With(new AlterColumn("t", "a") { Comment = "c" }, Dialect));

    [TestMethod]
    [DataRow("varchar(9) CHARACTER SET latin1 COLLATE latin1_bin DEFAULT NULL", "INTEGER NULL DEFAULT NULL")]
    [DataRow("longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT NULL CHECK (json_valid(`a`))", "INTEGER NULL DEFAULT NULL")]
    [DataRow("int NOT NULL CHECK (`a` > 1)", "INTEGER NOT NULL CHECK (`a` > 1)")]
    public void A_new_type_takes_what_belonged_to_the_old(string definition, string expected) =>
        Assert.AreEqual(expected, Column(definition).With(new AlterColumn("t", "a") { Type = SqlType.Integer }, Dialect));

    [TestMethod]
    public void Not_null_drops_the_default_null() =>
        Assert.AreEqual("int NOT NULL", Column("int DEFAULT NULL").With(new AlterColumn("t", "a") { Nullable = false }, Dialect));

    [TestMethod]
    public void A_column_that_is_not_there_is_none() =>
        Assert.IsNull(MySqlColumnText.Find("CREATE TABLE `t` (\n  `a` int,\n  KEY `b` (`a`)\n)", "b"));

    private static MySqlColumnText Column(string definition) =>
        MySqlColumnText.Find(
            $"CREATE TABLE `t` (\n  `x` int DEFAULT '1',\n  `a` {definition},\n  PRIMARY KEY (`x`)\n) ENGINE=InnoDB COMMENT='`a` int'",
            "A")!;
}
