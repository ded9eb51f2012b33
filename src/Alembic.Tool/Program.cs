using System.Globalization;
using Alembic.Tool;

// What is printed, sorted and generated is the same on every machine.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;

return CommandLine.Run(args, Terminal.OfProcess());
