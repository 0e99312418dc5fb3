using Amazon.Lambda.RuntimeSupport;
using FairShare.Functions.Hosting;

// One executable for all handlers: Lambda says in _HANDLER which one this process is.
var environment = ProcessEnvironment.Read();
var function = FunctionInstance.Start(
    environment.GetValueOrDefault("_HANDLER") ?? throw new InvalidOperationException("_HANDLER is not set: this program is started by Lambda or by `fairshare up --functions`."),
    environment,
    FunctionDependencies.OfTheSystem);
await LambdaBootstrapBuilder.Create(function.InvokeAsync).Build().RunAsync();
