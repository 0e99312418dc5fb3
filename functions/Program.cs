using Amazon.Lambda.RuntimeSupport;
using FairShare.Functions;
using FairShare.Functions.Hosting;

// One executable for all handlers: Lambda says in _HANDLER which one this process is. It is made within the bootstrap, so that a wrong
// setting is reported to Lambda as the init error that it is, with its reason.
FunctionInstance? function = null;
await LambdaBootstrapBuilder
    .Create((payload, context) => function!.InvokeAsync(payload, context))
    .UseBootstrapHandler(Start)
    .Build()
    .RunAsync();

Task<bool> Start()
{
    var environment = ProcessEnvironment.Read();
    var handler =
        environment.GetValueOrDefault("_HANDLER")
        ?? throw new InvalidOperationException("_HANDLER is not set: this program is started by Lambda or by `fairshare up --functions`.");
    function = FunctionInstance.Start(handler, environment, FunctionDependencies.System);
    return Task.FromResult(true);
}
