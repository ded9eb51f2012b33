using Alembic.Schema;

namespace Notes;

public static class Models
{
    public static readonly MetaData MetaData = new(
    [
        new Table("note",
        [
            new Column("id", SqlType.Integer, primaryKey: true),
            new Column("text", SqlType.Text, nullable: false),
            new Column("pinned", SqlType.Boolean, nullable: false, serverDefault: false),
            new TableIndex("ix_note_pinned", ["pinned"]),
        ]),
    ]);
}
