using CsCheck;
using Journeys;

namespace Faults;

/// <summary>Anything that may happen to SQLite databases, their copies and the files beside them, in any order.</summary>
[TestClass]
public sealed class CopiesModelTests
{
    [TestMethod]
    public void No_committed_row_is_lost_no_other_file_is_touched_and_every_copy_restores()
    {
        var tally = new Tally("steps with copies of SQLite databases");
        Acts.Array[8, 20].Check(Extent.IsFull ? 100 : 4,
            acts =>
            {
                using var world = new CopiesWorld();
                foreach (var act in acts)
                {
                    tally.Tried();
                    world.Do(act);
                }
                world.RestoreAll();
            },
            print: acts => string.Join('\n', acts));
        tally.Close();
    }

    private static Gen<CopyAct> Acts => Gen.Select(
        Gen.Frequency((3, Gen.Const("write")), (4, Gen.Const("upgrade")), (4, Gen.Const("downgrade")),
            (4, Gen.Const("restore")), (2, Gen.Const("foreign")), (2, Gen.Const("clock")), (1, Gen.Const("keep")), (1, Gen.Const("lose"))),
        Gen.Int[0, 1],
        Gen.Int[0, 1000],
        Gen.Frequency((5, Gen.Const("")), (3, Gen.Const("kill")), (1, Gen.Const("enospc")),
            (1, Gen.Const("eio")), (1, Gen.Const("reader")), (1, Gen.Const("writer"))),
        Gen.Int[1, 120],
        (what, database, number, trouble, point) => new CopyAct(what, database, number, trouble, point));
}

/// <summary>Something that happens.</summary>
/// <param name="What">What.</param>
/// <param name="Database">To which of the two databases.</param>
/// <param name="Number">Chooses a revision, a copy, a name, a time.</param>
/// <param name="Trouble">What happens to a command: a fault at a write, or somebody who uses the database. Empty for nothing.</param>
/// <param name="Point">The write with the fault.</param>
internal sealed record CopyAct(string What, int Database, int Number, string Trouble, int Point);
