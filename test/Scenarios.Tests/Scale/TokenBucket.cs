namespace FairShare.Scenarios.Tests.Scale;

/// <summary>How AWS bounds calls: a bucket that is full at first, from which each call takes, and into which tokens run steadily.</summary>
/// <param name="Burst">How many it holds.</param>
/// <param name="PerSecond">How many run in.</param>
internal sealed record TokenBucket(double Burst, double PerSecond)
{
    // What is added in many steps misses a whole number by the last digits.
    private const double Dust = 1e-9;
    private double spent;

    public void Pass(double seconds) => spent = Math.Max(0, spent - (PerSecond * seconds));

    /// <summary>Takes so many, or none where there are fewer.</summary>
    public bool TryTake(double count)
    {
        if (spent + count > Burst + Dust)
        {
            return false;
        }

        spent += count;
        return true;
    }
}
