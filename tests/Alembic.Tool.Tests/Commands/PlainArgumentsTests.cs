using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Alembic.Tool.Commands;
using Alembic.Tool.Documents;
using Alembic.Tool.Output;
using McMaster.Extensions.CommandLineUtils;

namespace Alembic.Tool.Tests.Commands;

/// <summary>The short way binds what the parser would; what it does not understand it leaves alone.</summary>
[TestClass]
public sealed class PlainArgumentsTests
{
    [TestMethod]
    public void Every_command_is_known_by_its_name()
    {
        var box = new GlobalOptionsBox();
        var project = ProjectOf(box);
        // Only the scripts of shells call that one.
        Type[] hidden = [typeof(CompleteCommand)];
        CollectionAssert.AreEquivalent(
            typeof(ICommand).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(ICommand)) && !type.IsAbstract)
                .Except(hidden).ToList(),
            RootCommand.Names.Select(name => RootCommand.Find(name)!.Create(project).GetType()).ToList());
        foreach (var name in RootCommand.Names)
            Assert.AreEqual(name, RootCommand.Find(name)!.Create(project).GetType().GetCustomAttribute<CommandAttribute>()!.Name);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("_")]
    [DataRow("ensure__version")]
    [DataRow("ensureVersion")]
    [DataRow("Check")]
    [DataRow("root")]
    [DataRow("complete")]
    [DataRow("locking")]
    [DataRow("check,Alembic")]
    [DataRow("check[")]
    public void No_other_name_is_a_command(string name) => Assert.IsNull(RootCommand.Find(name));

    [TestMethod]
    public void What_takes_an_argument_is_known_to()
    {
        var project = ProjectOf(new GlobalOptionsBox());
        foreach (var known in RootCommand.Names.Select(name => RootCommand.Find(name)!))
        {
            var argument = known.Create(project).GetType().GetProperties()
                .FirstOrDefault(property => property.IsDefined(typeof(ArgumentAttribute), inherit: true));
            Assert.AreEqual(argument is not null, known.SetArgument is not null);
            Assert.AreEqual(argument?.PropertyType == typeof(string[]), known.TakesList);
            Assert.IsFalse(known.IsArgumentOptional && argument?.IsDefined(typeof(RequiredAttribute), inherit: true) == true);
        }
    }

    [TestMethod]
    [DataRow("current", true)]
    [DataRow("-q current -v", true)]
    [DataRow("current -c", true)]
    [DataRow("-c other.ini current -c", true)]
    [DataRow("history -r a:b -i --verbose", true)]
    [DataRow("history --graph -i", true)]
    [DataRow("upgrade head --sql --tag word", true)]
    [DataRow("upgrade --sql a:b", true)]
    [DataRow("-x a=1 -x b=2 upgrade +2 -x c=3", true)]
    [DataRow("revision -m text --head base --rev-id abc --depends-on x --depends-on y --autogenerate", true)]
    [DataRow("revision -m one -m two", true)]
    [DataRow("merge a b c -m text --raiseerr", true)]
    [DataRow("stamp heads --purge -n section", true)]
    [DataRow("init -t multidb folder", true)]
    [DataRow("upgrade head --no-backup --strict", true)]
    [DataRow("plan --exit-code", true)]
    [DataRow("lint --since main", true)]
    [DataRow("init", true)]
    [DataRow("upgrade head --lock-timeout 5", false)]
    [DataRow("upgrade head --backup", false)]
    [DataRow("downgrade -1", false)]
    [DataRow("upgrade", false)]
    [DataRow("upgrade a b", false)]
    [DataRow("current more", false)]
    [DataRow("revision -mtext", false)]
    [DataRow("revision --message=text", false)]
    [DataRow("revision --mess text", false)]
    [DataRow("revision -m", false)]
    [DataRow("revision -m -5", false)]
    [DataRow("history -vr a:b", false)]
    [DataRow("history --", false)]
    [DataRow("upgrade --help", false)]
    [DataRow("--version", false)]
    [DataRow("-q", false)]
    [DataRow("nonsense", false)]
    [DataRow("", false)]
    public void It_binds_as_the_parser_does_or_not_at_all(string line, bool understood)
    {
        var arguments = line.Split(' ');
        var globals = new GlobalOptions();
        var bound = PlainArguments.Bind(arguments, ProjectOf(new GlobalOptionsBox()), globals, out _);

        Assert.AreEqual(understood, bound is not null);
        if (bound is null)
            return;
        // An abbreviation is beyond the short way, so this goes to the parser.
        var box = new GlobalOptionsBox();
        var parsed = RootCommand.Parse([.. arguments, "--qui"], box, ProjectOf(box))!;
        Assert.AreEqual(Text(parsed), Text(bound));
        globals = With(globals);
        Assert.AreEqual(Text(box.Value), Text(globals));
    }

    private static Terminal Silent => new() { Out = TextWriter.Null, Error = TextWriter.Null };

    private static GlobalOptions With(GlobalOptions globals) => new()
    {
        Config = globals.Config, Name = globals.Name, X = globals.X, RaiseError = globals.RaiseError, Quiet = true,
        Verbose = globals.Verbose,
    };

    private static string Text(object target) => string.Join('\n', target.GetType().GetProperties().OrderBy(p => p.Name)
        .Select(p => $"{p.Name}={(p.GetValue(target) is string[] list ? string.Join(',', list) : p.GetValue(target))}")
        .Prepend(target.GetType().Name));

    private static Tool.Project ProjectOf(GlobalOptionsBox box) =>
        new(box, Silent, new Secrets(), new Results(Silent, new Secrets(), isJson: false, () => null, () => null, () => null),
            (_, _) => [], _ => false);
}
