namespace FairShare.Vault.Transfer;

/// <summary>Where parts go.</summary>
public interface IUploadSink
{
    /// <summary>Stores the state so that a crash does not lose it. It has the digest of the part that is sent next.</summary>
    Task RecordAsync(UploadState state, CancellationToken cancellationToken);

    /// <summary>Sends a part, or finds that it was sent.</summary>
    Task SendAsync(UploadPart part, CancellationToken cancellationToken);
}
