namespace FairShare.Backup.Tests.Refresh;

/// <summary>Something that must never happen in a refresh has happened.</summary>
internal sealed class RefreshViolation(string what) : Exception(what)
{
    public const string Lost = "No three peers that do not lie have shares of one epoch that give the secret.";
    public const string CertifiedTwice = "Two transcripts of one epoch were certified.";
    public const string Rebuilt = "The secret was rebuilt from what was read and heard.";
}
