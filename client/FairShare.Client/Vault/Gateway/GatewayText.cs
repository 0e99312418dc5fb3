namespace FairShare.Client.Vault.Gateway;

/// <summary>
/// What the seed's messages say, exactly; FSS, version 1.0, "Client Message Types", "Server Message Types", "Server-Side Errors".
/// </summary>
internal static class GatewayText
{
    /// <summary>A part of a file has come.</summary>
    public const string Ok = "OK";

    /// <summary>The file is at its end.</summary>
    public const string End = "FIN";

    /// <summary>Cookie and password are right.</summary>
    public const string Approved = "Approved";

    /// <summary>A message that does not belong there.</summary>
    public const string IllegalState = "Illegal user state";

    /// <summary>No such file.</summary>
    public const string InvalidCookie = "Invalid cookie";

    /// <summary>Not the file's password.</summary>
    public const string InvalidPassword = "Invalid password";

    /// <summary>The file cannot be stored, or fetched.</summary>
    public const string CannotTransfer = "cannot upload/download the file";

    /// <summary>An operation that there is not.</summary>
    public const string FailedToProceed = "Failed to proceed with the selected operation";
}
