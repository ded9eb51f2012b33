using Alembic;
using Alembic.Schema;

public sealed class Env : MigrationEnvironment
{
    public override MetaData? TargetMetadata => Notes.Models.MetaData;
}
