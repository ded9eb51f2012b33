// Require visibility of events
//
// Phase 3 of 3: every application that writes events gives it now.
//
// Revision ID: 9b7a44f0e1c3
// Revises: 58d2e6610c7a
// Create Date: 2026-11-22 10:10:58.220746+00:00

using Alembic;
using Alembic.Schema;

[Revision("9b7a44f0e1c3")]
[Revises("58d2e6610c7a")]
file sealed class RequireVisibilityOfEvents : Migration
{
    public override void Upgrade(Op op)
    {
        op.AlterColumn("event", "visibility", nullable: false, existingType: SqlType.String(20), existingNullable: true);
    }

    public override void Downgrade(Op op)
    {
        op.AlterColumn("event", "visibility", nullable: true, existingType: SqlType.String(20), existingNullable: false);
    }
}
