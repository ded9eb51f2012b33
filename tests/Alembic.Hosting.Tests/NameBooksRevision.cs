using Alembic.Schema;

namespace Alembic.Hosting.Tests;

/// <summary>A revision whose source is not embedded.</summary>
[Revision("aaa300000003")]
[Revises("aaa200000002")]
[DependsOn("aaa100000001")]
[Phase(Phase.Expand)]
public sealed class NameTheBooks : Migration
{
    /// <summary>What the upgrade does besides, for a test of its own.</summary>
    public static AsyncLocal<Action<Op>?> Also { get; } = new();

    public override void Upgrade(Op op)
    {
        op.AddColumn("book", new Column("name", SqlType.String(80)));
        Also.Value?.Invoke(op);
    }

    public override void Downgrade(Op op) => op.DropColumn("book", "name");
}
