using Alembic.Tool;

var isChild = args is [NativeFront.Child, ..];
if (isChild)
    FrontProcess.BeChild();
using var output = new HeldOutput();
try
{
    FrontProcess.NeedStreams();
    return NativeFront.ExitCode(Start.Run(isChild ? args[1..] : args, output));
}
catch (Exception exception) when (NativeFront.IsOwn(exception))
{
    return !isChild ? FrontProcess.Replace(args)
        : exception is NotHereException ? NativeFront.NotHere
        : NativeFront.Failed;
}
