using Alembic.Hosting;
using Alembic.Sqlite;
using Notes;

var builder = WebApplication.CreateBuilder(args);
var connectionString = builder.Configuration.GetConnectionString("Notes") ?? "Data Source=notes.db";
builder.Services.AddSingleton(new NoteStore(connectionString));

// Migrates before the server starts to listen.
builder.Services.AddAlembic(options => options.UseSqlite(connectionString).AddMigrations(typeof(NoteStore).Assembly));
builder.Services.AddHealthChecks().AddAlembic();

var app = builder.Build();
app.MapHealthChecks("/health");
app.MapGet("/notes", (NoteStore store) => store.All());
app.MapPost("/notes", (NoteStore store, Note note) => store.Add(note));
app.Run();
