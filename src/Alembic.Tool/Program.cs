using Alembic.Tool;
using Alembic.Tool.Commands;

return FrontProcess.Run(args, RootCommand.IsNative) ?? Start.Run(args);
