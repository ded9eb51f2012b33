using Alembic.Tool;

return FrontProcess.Run(args) ?? Start.Run(args, Terminal.OfProcess());
