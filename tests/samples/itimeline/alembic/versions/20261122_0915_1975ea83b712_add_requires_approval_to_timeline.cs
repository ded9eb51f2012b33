// Add requires_approval to Timeline
//
// Revision ID: 1975ea83b712
// Revises: ae1027a6acf0
// Create Date: 2026-11-22 09:15:40.117360+00:00

using Alembic;
using Alembic.Schema;

[Revision("1975ea83b712")]
[Revises("ae1027a6acf0")]
file sealed class AddRequiresApprovalToTimeline : Migration
{
    public override void Upgrade(Op op)
    {
        op.AddColumn("timeline", new Column("requires_approval", SqlType.Boolean, nullable: false, serverDefault: false));
    }

    public override void Downgrade(Op op)
    {
        op.DropColumn("timeline", "requires_approval");
    }
}
