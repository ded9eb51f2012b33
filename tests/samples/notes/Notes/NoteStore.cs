using Microsoft.Data.Sqlite;

namespace Notes;

public sealed record Note(string Text, bool Pinned = false);

public sealed class NoteStore(string connectionString)
{
    public IReadOnlyList<Note> All()
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT text, pinned FROM note ORDER BY id";
        using var reader = command.ExecuteReader();
        List<Note> notes = [];
        while (reader.Read())
            notes.Add(new Note(reader.GetString(0), reader.GetBoolean(1)));
        return notes;
    }

    public void Add(Note note)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO note (text, pinned) VALUES (@text, @pinned)";
        command.Parameters.AddWithValue("@text", note.Text);
        command.Parameters.AddWithValue("@pinned", note.Pinned);
        command.ExecuteNonQuery();
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        return connection;
    }
}
