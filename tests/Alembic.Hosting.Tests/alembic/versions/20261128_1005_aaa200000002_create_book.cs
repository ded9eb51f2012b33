// Create book
//
// with the author that it is by
//
// Revision ID: aaa200000002
// Revises: aaa100000001

using Alembic;
using Alembic.Schema;

[Revision("aaa200000002"), Revises("aaa100000001")]
file sealed class CreateBook : Migration
{
    public override void Upgrade(Op op) => op.CreateTable("book",
    [
        new Column("id", SqlType.Integer, primaryKey: true),
        new Column("author_id", SqlType.Integer, foreignKey: new ForeignKey("author.id", onDelete: "CASCADE")),
    ]);

    public override void Downgrade(Op op) => op.DropTable("book");
}
