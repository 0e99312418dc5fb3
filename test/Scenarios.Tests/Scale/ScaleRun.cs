namespace FairShare.Scenarios.Tests.Scale;

/// <summary>What a minute of steady load comes to: exchanges arrive evenly, and each takes what it needs of every quota.</summary>
/// <param name="First">The first quota that refused; null where none did.</param>
/// <param name="After">After how many seconds.</param>
/// <param name="Refused">The share of exchanges that were refused once.</param>
internal sealed record ScaleRun(Quota? First, double After, double Refused)
{
    private const int Seconds = 60;

    /// <summary>Plays a minute.</summary>
    /// <param name="perSecond">How many exchanges begin a second.</param>
    /// <param name="needs">What one needs.</param>
    /// <param name="quotas">The quotas, in the order in which an exchange comes to them.</param>
    public static ScaleRun Play(int perSecond, IReadOnlyDictionary<string, double> needs, IReadOnlyList<Quota> quotas)
    {
        var buckets = quotas.Select(quota => (Quota: quota, Bucket: new TokenBucket(quota.Burst, quota.PerSecond))).ToList();
        var step = 1.0 / perSecond;
        (Quota? First, double After, int Refused) result = (null, 0, 0);
        for (var number = 0; number < Seconds * perSecond; number++)
        {
            buckets.ForEach(one => one.Bucket.Pass(number == 0 ? 0 : step));
            // What was taken before the refusal is spent.
            if (buckets.Find(one => !one.Bucket.TryTake(needs[one.Quota.Need])) is { Quota: { } refused })
            {
                result = (result.First ?? refused, result.First is null ? number * step : result.After, result.Refused + 1);
            }
        }

        return new ScaleRun(result.First, result.After, (double)result.Refused / (Seconds * perSecond));
    }
}
