using System.Text.Json;

namespace Alembic.ModelProbe;

internal static class Program
{
    /// <param name="arguments">The file of the request.</param>
    public static int Main(string[] arguments)
    {
        var request = ProbeRequest.FromJson(File.ReadAllBytes(arguments[0]));
        // Services are resolved only a few times: compiling that would not pay.
        AppContext.SetSwitch("Microsoft.Extensions.DependencyInjection.DisableDynamicEngine", true);
        // The application's output must not be mistaken for the tool's.
        Console.SetOut(Console.Error);
        using var answer = new MemoryStream();
        using (var json = new Utf8JsonWriter(answer))
        {
            json.WriteStartObject();
            Answer(request, json);
            json.WriteEndObject();
        }
        File.WriteAllBytes(request.AnswerFile, answer.ToArray());
        // The application's threads must not keep the process alive.
        Environment.Exit(0);
        return 0;
    }

#pragma warning disable CA1031 // Every exception becomes an answer: the user's code throws it.
    private static void Answer(ProbeRequest request, Utf8JsonWriter json)
    {
        var steps = new Steps(request.StepFile);
        try
        {
            var application = new Application(request.Assemblies, steps);
            var model = Read(application, request, steps);
            json.WriteString("context", model.Context.FullName);
            json.WriteString("provider", model.Provider);
            json.WriteString("entityFramework", model.Version);
            if (request.Migrations)
                steps.Begin($"reading the migrations of {model.Context.FullName}");
            if (request.Migrations)
                new MigrationList(model, application, json).Write();
            else
                model.Write(json);
        }
        catch (Exception exception)
        {
            var told = Steps.Unwrapped(exception);
            json.WriteStartObject("error");
            json.WriteString("message", told is ProbeException ? told.Message : $"{steps.Current}: {Steps.Text(told)}");
            json.WriteString("hint", told is ProbeException known ? known.Hint : steps.Assumption?.WayOut);
            json.WriteString("details", exception.ToString());
            json.WriteEndObject();
        }
        json.WriteStartArray("notes");
        foreach (var note in steps.Notes)
            json.WriteStringValue(note);
        json.WriteEndArray();
    }
#pragma warning restore CA1031

    private static Model Read(Application application, ProbeRequest request, Steps steps)
    {
        var framework = EntityFramework.Load(application);
        var context = new ContextFinder(application, framework).Find(request.Context);
        var made = new ContextFactory(application, framework, request, steps).Create(context);
        var given = steps.Assumption is { } assumed ? $", created with {assumed.Given}" : "";
        steps.Begin($"reading the model of {made.GetType().FullName}{given}");
        return new Model(framework, made);
    }
}
