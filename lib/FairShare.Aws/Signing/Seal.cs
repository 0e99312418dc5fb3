using Amazon.KeyManagementService;
using Amazon.KeyManagementService.Model;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;
using FairShare.Exchange.Evidence;
using FairShare.Exchange.KeyRecords;

namespace FairShare.Aws.Signing;

/// <summary>The seal of the document store: a KMS key that signs what the store states, and nothing else.</summary>
/// <param name="client">The KMS client, with the function's own role.</param>
/// <param name="cmkId">The KMS key's ARN.</param>
/// <param name="store">The store's distinguishing identifier.</param>
/// <param name="record">
/// Sees to it that the key is recorded among the store's, and refuses one whose time has ended; awaited before the first seal, and again
/// every quarter of an hour.
/// </param>
/// <param name="time">The clock.</param>
public sealed class Seal(
    IAmazonKeyManagementService client,
    string cmkId,
    PartyId store,
    Func<PublicKey, CancellationToken, Task> record,
    TimeProvider time
) : IDisposable
{
    /// <summary>
    /// How long a key counts as recorded: a function may stay warm beyond the day after which its seal no longer signs.
    /// </summary>
    public static readonly TimeSpan Recheck = TimeSpan.FromMinutes(15);

    private readonly SemaphoreSlim loading = new(1, 1);
    private PublicKey? key;
    private DateTimeOffset recordedAt;

    /// <summary>The store's distinguishing identifier.</summary>
    public PartyId Store => store;

    /// <summary>The public key, fetched at the first call, and recorded then and a quarter of an hour later.</summary>
    public async Task<PartyKey> GetKeyAsync(CancellationToken cancellationToken)
    {
        await loading.WaitAsync(cancellationToken);
        try
        {
            var now = time.GetUtcNow();
            if (key is null || now - recordedAt >= Recheck)
            {
                var known = key ?? await ReadPublicKeyAsync(cancellationToken);
                await record(known, cancellationToken);
                (key, recordedAt) = (known, now);
            }

            return StoreKeys.Of(store, key);
        }
        finally
        {
            loading.Release();
        }
    }

    /// <summary>Seals a statement of the store.</summary>
    public async Task<EvidenceToken> SealAsync(EvidenceStatement statement, CancellationToken cancellationToken)
    {
        var signer = new KmsSigner(client, cmkId, (await GetKeyAsync(cancellationToken)).KeyId);
        return await EvidenceIssuer.IssueAsync(statement, signer, cancellationToken);
    }

    /// <summary>Seals a record of a party's key.</summary>
    public async Task<KeyRecordToken> SealAsync(KeyRecord keyRecord, CancellationToken cancellationToken)
    {
        var signer = new KmsSigner(client, cmkId, (await GetKeyAsync(cancellationToken)).KeyId);
        return await KeyRecordToken.IssueAsync(keyRecord, signer, cancellationToken);
    }

    /// <summary>Reads the public key of the seal.</summary>
    public async Task<PublicKey> ReadPublicKeyAsync(CancellationToken cancellationToken)
    {
        var response = await client.GetPublicKeyAsync(new GetPublicKeyRequest { KeyId = cmkId }, cancellationToken);
        return PublicKey.FromSubjectPublicKeyInfo(response.PublicKey.ToArray());
    }

    /// <inheritdoc/>
    public void Dispose() => loading.Dispose();
}
