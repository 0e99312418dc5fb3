using Amazon.Lambda.Core;
using FairShare.Local.Lambda.Model;

namespace FairShare.Local.Lambda.Runtime;

/// <summary>What a handler in this process is told of its invocation.</summary>
internal sealed class InvocationContext(FunctionConfiguration function, Invocation invocation, TimeProvider time) : ILambdaContext
{
    public string AwsRequestId => invocation.RequestId;

    public string FunctionName => function.Name;

    public string InvokedFunctionArn => invocation.FunctionArn;

    public ILambdaLogger Logger { get; } = new NoLogger();

    public TimeSpan RemainingTime => invocation.Deadline - time.GetUtcNow();

    /// <summary>What goes wrong is in the invocation's answer; the host keeps no log beside it.</summary>
    private sealed class NoLogger : ILambdaLogger
    {
        public void LogLine(string message)
        {
        }
    }
}
