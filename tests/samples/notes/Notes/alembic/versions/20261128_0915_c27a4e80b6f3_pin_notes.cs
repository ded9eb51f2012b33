// Pin notes
//
// Revision ID: c27a4e80b6f3
// Revises: 5b1f0c9d7e21
// Create Date: 2026-11-28 09:15:00.000000

using Alembic;
using Alembic.Schema;

[Revision("c27a4e80b6f3")]
[Revises("5b1f0c9d7e21")]
file sealed class PinNotes : Migration
{
    public override void Upgrade(Op op)
    {
        op.AddColumn("note", new Column("pinned", SqlType.Boolean, nullable: false, serverDefault: false));
        op.CreateIndex("ix_note_pinned", "note", ["pinned"]);
    }

    public override void Downgrade(Op op)
    {
        op.DropIndex("ix_note_pinned", "note");
        op.DropColumn("note", "pinned");
    }
}
