// Create author
//
// Revision ID: aaa100000001
// Create Date: 2026-11-28 10:00:00.000000

using Alembic;
using Alembic.Schema;

[Revision("aaa100000001")]
[BranchLabels("books")]
file sealed class CreateAuthor : Migration
{
    public override void Upgrade(Op op) =>
        op.CreateTable("author",
            [new Column("id", SqlType.Integer, primaryKey: true), new Column("name", SqlType.String(50), nullable: false)]);

    public override void Downgrade(Op op) => op.DropTable("author");
}
