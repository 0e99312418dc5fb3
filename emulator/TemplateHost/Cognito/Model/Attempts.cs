namespace TemplateHost.Cognito.Model;

/// <summary>How often something was tried in vain within the hour, and when last.</summary>
internal sealed record Attempts(int Count, DateTimeOffset LastAt)
{
    /// <summary>Wrong codes that a name has an hour; a code is one of a million.</summary>
    public const int MostCodes = 5;

    /// <summary>Mails with codes that a name has an hour.</summary>
    public const int MostMails = 20;

    public static Attempts None { get; } = new(0, DateTimeOffset.MinValue);

    /// <summary>
    /// Until when no password is looked at: from the fifth failure on for a second, twice as long with each further one, for a quarter
    /// of an hour at most (https://docs.aws.amazon.com/cognito/latest/developerguide/authentication.html, lockout behavior).
    /// </summary>
    public DateTimeOffset LockedUntil =>
        Count < 5 ? DateTimeOffset.MinValue : LastAt.AddSeconds(Math.Min(900, Math.Pow(2, Math.Min(Count - 5, 10))));
}
