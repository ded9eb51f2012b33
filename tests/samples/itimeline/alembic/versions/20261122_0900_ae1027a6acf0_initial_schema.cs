// Initial schema
//
// Revision ID: ae1027a6acf0
// Revises: 
// Create Date: 2026-11-22 09:00:12.408201+00:00

using Alembic;
using Alembic.Schema;

[Revision("ae1027a6acf0")]
file sealed class InitialSchema : Migration
{
    public override void Upgrade(Op op)
    {
        op.CreateTable("user",
        [
            new Column("id", SqlType.Integer, primaryKey: true),
            new Column("email", SqlType.String(80), nullable: false),
            new Column("name", SqlType.String(100), nullable: false),
            new UniqueConstraint(["email"], name: "uq_user_email"),
        ]);
        op.CreateTable("timeline",
        [
            new Column("id", SqlType.Integer, primaryKey: true),
            new Column("name", SqlType.String(100), nullable: false, index: true),
            new Column("owner_id", SqlType.Integer, nullable: false, index: true, foreignKey: new ForeignKey("user.id")),
        ]);
        op.CreateTable("event",
        [
            new Column("id", SqlType.Integer, primaryKey: true),
            new Column("title", SqlType.String(200), nullable: false),
            new Column("description", SqlType.Text),
            new Column("starts_at", SqlType.DateTime, nullable: false),
            new Column("timeline_id", SqlType.Integer, nullable: false, index: true, foreignKey: new ForeignKey("timeline.id")),
        ]);
    }

    public override void Downgrade(Op op)
    {
        op.DropTable("event");
        op.DropTable("timeline");
        op.DropTable("user");
    }
}
