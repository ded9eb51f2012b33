// Create note
//
// Revision ID: 5b1f0c9d7e21
// Revises:
// Create Date: 2026-11-28 09:00:00.000000

using Alembic;
using Alembic.Schema;

[Revision("5b1f0c9d7e21")]
file sealed class CreateNote : Migration
{
    public override void Upgrade(Op op)
    {
        op.CreateTable("note",
        [
            new Column("id", SqlType.Integer, primaryKey: true),
            new Column("text", SqlType.Text, nullable: false),
        ]);
    }

    public override void Downgrade(Op op)
    {
        op.DropTable("note");
    }
}
