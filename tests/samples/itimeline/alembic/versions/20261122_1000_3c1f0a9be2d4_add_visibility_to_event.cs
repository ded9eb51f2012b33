// Add visibility to Event
//
// Phase 1 of 3: the old application goes on writing events without it.
//
// Revision ID: 3c1f0a9be2d4
// Revises: 1975ea83b712
// Create Date: 2026-11-22 10:00:03.551092+00:00

using Alembic;
using Alembic.Schema;

[Revision("3c1f0a9be2d4")]
[Revises("1975ea83b712")]
file sealed class AddVisibilityToEvent : Migration
{
    public override void Upgrade(Op op)
    {
        op.AddColumn("event", new Column("visibility", SqlType.String(20)));
    }

    public override void Downgrade(Op op)
    {
        op.DropColumn("event", "visibility");
    }
}
