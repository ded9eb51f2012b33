namespace Alembic.Databases.Sqlite;

internal enum DdlTokenKind
{
    Space,
    LineComment,
    BlockComment,
    Word,
    QuotedName,
    String,
    Blob,
    Number,
    Variable,
    Punctuation,
    Illegal,
    End,
}
