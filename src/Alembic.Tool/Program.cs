using Alembic.Tool;

return CommandLine.Run(args, Terminal.OfProcess());
