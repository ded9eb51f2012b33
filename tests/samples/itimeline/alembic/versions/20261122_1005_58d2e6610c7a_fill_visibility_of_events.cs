// Fill visibility of events
//
// Phase 2 of 3: what was there before is public.
//
// Revision ID: 58d2e6610c7a
// Revises: 3c1f0a9be2d4
// Create Date: 2026-11-22 10:05:27.903315+00:00

using Alembic;
using Alembic.Schema;

[Revision("58d2e6610c7a")]
[Revises("3c1f0a9be2d4")]
file sealed class FillVisibilityOfEvents : Migration
{
    public override void Upgrade(Op op)
    {
        op.Execute("UPDATE event SET visibility = @visibility WHERE visibility IS NULL", new { visibility = "public" });
    }

    public override void Downgrade(Op op)
    {
    }
}
