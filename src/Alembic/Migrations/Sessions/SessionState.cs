using Alembic.Operations;

namespace Alembic.Migrations;

/// <summary>
/// Restores, after each migration, the session state that its SQL may have changed, such as the search path or the role.
/// </summary>
internal sealed class SessionState(OnlineSession session) : SessionDecorator(session), IStepObserver
{
    private Action? _restore;

    public override void BeforeUserSql()
    {
        base.BeforeUserSql();
        _restore ??= session.Dialect.KeepState(session);
    }

    public void Begin(Progress at, bool isNew) => _restore = null;

    public void Finishing()
    {
        _restore?.Invoke();
        _restore = null;
    }
}
