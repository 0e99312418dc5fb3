using FairShare.Cli;
using FairShare.Cli.Commands;
using FairShare.Cli.Output;
using FairShare.Cli.Settings;

var runner = new CommandRunner(new Terminal(), CommandEnvironment.OfProcess, TimeProvider.System);
return await runner.InvokeAsync(CommandTree.Create(runner), args);
