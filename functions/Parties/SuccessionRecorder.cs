using FairShare.Core.Identifiers;
using FairShare.Core.Keys;
using FairShare.Exchange.KeyRecords;
using FairShare.Functions.Hosting;

namespace FairShare.Functions.Parties;

/// <summary>
/// Records that a key of the store follows another, where the deployment names a former one: signed by the former seal and by the new one,
/// or, of the log's and the stamps' keys, by the seal.
/// </summary>
internal sealed class SuccessionRecorder(FunctionServices services)
{
    /// <summary>How long a former key may still sign: while a deployment is under way, or is rolled back, both keys do.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromDays(1);

    private bool isRecorded;

    /// <summary>Records what the table lacks; a repeat changes nothing.</summary>
    public async Task RecordAsync(CancellationToken cancellationToken)
    {
        if (isRecorded)
        {
            return;
        }

        var settings = services.Settings;
        if (settings.PreviousSealKey is { } seal)
        {
            await FollowSealAsync(services.KeyOf(seal), cancellationToken);
        }

        if (settings.PreviousLogKey is { } log)
        {
            var (prior, key) = (services.LogSignerOf(log), services.LogSigner);
            await FollowAsync(
                StoreKeyUse.Log,
                (await prior.GetKeyAsync(cancellationToken)).Thumbprint,
                (await key.GetKeyAsync(cancellationToken)).Thumbprint,
                cancellationToken
            );
        }

        if (settings.PreviousTimestampKey is { } stamps)
        {
            await FollowAsync(
                StoreKeyUse.Stamps,
                (await services.KeyOf(stamps).ReadPublicKeyAsync(cancellationToken)).Thumbprint,
                (await services.StampKey.ReadPublicKeyAsync(cancellationToken)).Thumbprint,
                cancellationToken
            );
        }

        isRecorded = true;
    }

    private async Task FollowSealAsync(Aws.Signing.KmsKey former, CancellationToken cancellationToken)
    {
        var seal = services.KeyOf(services.Settings.SealKey);
        var (prior, key) = (await former.ReadPublicKeyAsync(cancellationToken), await seal.ReadPublicKeyAsync(cancellationToken));
        // Evidence comes with every succession, and whoever reads one must find the keys of both signatures.
        await RecordKeyAsync(prior, cancellationToken);
        await RecordKeyAsync(key, cancellationToken);
        if (await services.Successions.FindAsync(prior.Thumbprint, cancellationToken) is not null)
        {
            return;
        }

        var record = State(StoreKeyUse.Seal, prior.Thumbprint, key.Thumbprint);
        await services.Successions.RecordAsync(
            await KeyRecordToken.IssueAsync(record, former.SignerOf(prior), cancellationToken),
            await KeyRecordToken.IssueAsync(record, seal.SignerOf(key), cancellationToken),
            cancellationToken
        );
    }

    private async Task RecordKeyAsync(PublicKey key, CancellationToken cancellationToken)
    {
        if (await services.StoreKeys.FindAsync(key.Thumbprint, cancellationToken) is null)
        {
            await services.StoreKeys.RecordAsync(key, Timestamp.Truncate(services.Time.GetUtcNow()), cancellationToken);
        }
    }

    private async Task FollowAsync(StoreKeyUse use, KeyId prior, KeyId key, CancellationToken cancellationToken)
    {
        if (await services.Successions.FindAsync(prior, cancellationToken) is null)
        {
            var seal = services.KeyOf(services.Settings.SealKey);
            var signer = seal.SignerOf(await seal.ReadPublicKeyAsync(cancellationToken));
            var token = await KeyRecordToken.IssueAsync(State(use, prior, key), signer, cancellationToken);
            await services.Successions.RecordAsync(token, acceptance: null, cancellationToken);
        }
    }

    private KeySuccession State(StoreKeyUse use, KeyId prior, KeyId key)
    {
        var now = Timestamp.Truncate(services.Time.GetUtcNow());
        return new()
        {
            Id = EvidenceId.New(services.Randomness),
            Store = services.Store,
            Party = services.Store,
            Use = use,
            Prior = prior,
            Key = key,
            Gen = now,
            Ends = now + Overlap,
        };
    }
}
