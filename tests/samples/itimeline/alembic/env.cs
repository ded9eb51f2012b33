using Alembic;
using Alembic.Schema;
using ITimeline;

public sealed class Env : MigrationEnvironment
{
    public override MetaData? TargetMetadata => MetaData.FromTypes([typeof(User), typeof(Timeline), typeof(Event)], Naming.SnakeCase);

    // In production the database is somewhere else: DATABASE_URL, or -x url=… on the command line.
    public override string Url => XArguments.GetValueOrDefault("url") ?? Environment.GetEnvironmentVariable("DATABASE_URL") ?? base.Url;
}
