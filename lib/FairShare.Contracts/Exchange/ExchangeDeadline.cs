namespace FairShare.Contracts.Exchange;

/// <summary>How long a downloader may take to sign the receipt.</summary>
public static class ExchangeDeadline
{
    /// <summary>The shortest: 5 seconds.</summary>
    public static TimeSpan Min { get; } = TimeSpan.FromSeconds(5);

    /// <summary>What a downloader has that asks for nothing else: an hour.</summary>
    public static TimeSpan Default { get; } = TimeSpan.FromHours(1);

    /// <summary>The longest: 7 days.</summary>
    public static TimeSpan Max { get; } = TimeSpan.FromDays(7);

    /// <summary>
    /// How much longer than the deadline the workflow waits. It is more than the time that the function which accepts a receipt may take,
    /// so a receipt that was accepted at or before the deadline is handed over in time, or by nobody.
    /// </summary>
    public static TimeSpan Grace { get; } = TimeSpan.FromSeconds(45);

    /// <summary>The time that the downloader asked for.</summary>
    /// <exception cref="Core.Errors.ProtocolException"><c>invalid-deadline</c>.</exception>
    public static TimeSpan Parse(long? seconds) =>
        seconds switch
        {
            null => Default,
            { } given when given >= Min.TotalSeconds && given <= Max.TotalSeconds => TimeSpan.FromSeconds(given),
            _ => throw ExchangeProblems.InvalidDeadline.With($"deadlineSeconds is from {Min.TotalSeconds} to {Max.TotalSeconds}."),
        };
}
