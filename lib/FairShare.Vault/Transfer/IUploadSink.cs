namespace FairShare.Vault.Transfer;

/// <summary>
/// Where parts go. Between the first and the last part, two are sent at a time, and states are recorded meanwhile; the first and the last
/// are sent alone.
/// </summary>
public interface IUploadSink
{
    /// <summary>Stores the state so that a crash does not lose it. It has the digest of the part that is sent next.</summary>
    Task RecordAsync(UploadState state, CancellationToken cancellationToken);

    /// <summary>Sends a part, or finds that it was sent. What it throws ends the upload.</summary>
    Task SendAsync(UploadPart part, CancellationToken cancellationToken);
}
