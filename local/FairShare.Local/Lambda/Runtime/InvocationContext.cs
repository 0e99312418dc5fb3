using Amazon.Lambda.Core;
using FairShare.Local.Hosting;
using FairShare.Local.Lambda.Model;

namespace FairShare.Local.Lambda.Runtime;

/// <summary>What a handler in this process is told of its invocation.</summary>
internal sealed class InvocationContext(FunctionConfiguration function, Invocation invocation, HostContext host) : ILambdaContext
{
    public string AwsRequestId => invocation.RequestId;

    public string FunctionName => function.Name;

    public string InvokedFunctionArn => invocation.FunctionArn;

    public ILambdaLogger Logger { get; } = new HostLogger(function.Name, host.FunctionLog);

    public TimeSpan RemainingTime => invocation.Deadline - host.Time.GetUtcNow();

    private sealed class HostLogger(string functionName, Action<string, string> log) : ILambdaLogger
    {
        public void LogLine(string message) => log(functionName, message);
    }
}
