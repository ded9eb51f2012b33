using System.Security.Cryptography;
using Alembic.Tool.Connections;

namespace Alembic.Tool;

/// <summary>
/// Loads on threads of its own what a command is about to need: to be ready takes these longer than to do their work. Whatever goes wrong here goes
/// wrong again where it is needed, and is told there.
/// </summary>
internal static class Preparation
{
    /// <summary>The hashes that the cache goes by.</summary>
    public static void Hashes()
    {
        SHA256.HashData([]);
        HMACSHA256.HashData([], []);
    }

    /// <summary>The driver for the URL. An environment may choose another one; then this was for nothing.</summary>
    public static void Driver(Func<string?> url) => Start(() => Connector.Prepare(url()));

    public static void Start(Action work) => new Thread(() => Quietly(work)) { IsBackground = true }.Start();

#pragma warning disable CA1031 // Every exception: what is not needed after all must not end the program.
    private static void Quietly(Action work)
    {
        try
        {
            work();
        }
        catch (Exception)
        {
            // See above.
        }
    }
#pragma warning restore CA1031
}
