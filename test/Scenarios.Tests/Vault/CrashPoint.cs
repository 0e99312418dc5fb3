using TemplateHost.Gateway.Faults;

namespace FairShare.Scenarios.Tests.Vault;

/// <summary>
/// Cuts the functions of a host off from table and bucket for good once these have served a number of calls: what the functions had done
/// by then is all that they ever do.
/// </summary>
internal sealed class CrashPoint
{
    // The polling of the stream, and the tests' own reading, are no steps of the service.
    private static readonly string[] Uncounted = ["ListStreams", "DescribeStream", "GetShardIterator", "GetRecords", "Scan", "GET"];

    private int left = int.MaxValue;

    /// <summary>What the host is started with.</summary>
    public FaultPlan Plan { get; } = new(seed: 1);

    /// <summary>Whether it has come.</summary>
    public bool HasStruck => Plan.Rules.Count > 0;

    /// <summary>Lets so many calls be served from now on.</summary>
    public void Arm(int calls)
    {
        Interlocked.Exchange(ref left, calls);
        if (calls == 0)
        {
            Strike();
        }
    }

    /// <summary>Told of each call that was served.</summary>
    public void Count(ServedCall call)
    {
        if (call.Service is "dynamodb" or "s3" && !Uncounted.Contains(call.Operation.Split(' ')[0]) && Interlocked.Decrement(ref left) == 0)
        {
            Strike();
        }
    }

    private void Strike() => Plan.Rules = [new FaultRule(FaultKind.CutBefore, 1, "dynamodb"), new FaultRule(FaultKind.CutBefore, 1, "s3")];
}
