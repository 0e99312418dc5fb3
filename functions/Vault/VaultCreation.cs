using FairShare.Aws.Objects;
using FairShare.Aws.Vault;
using FairShare.Contracts.Exchange;
using FairShare.Contracts.Vault;
using FairShare.Core.Digests;
using FairShare.Core.Encoding;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;
using FairShare.Functions.Hosting;
using FairShare.Vault.Derivation;
using FairShare.Vault.Items;
using FairShare.Vault.Transfer;

namespace FairShare.Functions.Vault;

/// <summary>Announces items, and stores small ones.</summary>
/// <param name="services">The service's parts.</param>
/// <param name="party">Who stores; null where nobody is signed in.</param>
/// <param name="limits">What may be stored.</param>
internal sealed class VaultCreation(FunctionServices services, PartyId? party, VaultLimits limits)
{
    /// <summary>Takes the request; a repeat is given the same item and a fresh upload.</summary>
    public async Task<VaultItemGrant> CreateAsync(VaultItemRequest request, CancellationToken cancellationToken)
    {
        var (wanted, body) = Read(request);
        var created = await services.Vault.TryCreateAsync(wanted, body, limits, cancellationToken);
        var record = created ? wanted : await FindSameAsync(wanted, cancellationToken);
        return new(
            record.Id.ToString(),
            record.Item.Phase.ToString(),
            record.Item.Limits.ExpiresAt,
            PartSize.For(record.Size),
            request.Digest is { } digest && record.Item.Phase == ItemPhase.Pending
                ? await UploadAsync(record, digest, created, cancellationToken)
                : null
        );
    }

    private (VaultRecord Item, byte[]? Body) Read(VaultItemRequest request)
    {
        var now = services.Now();
        var life = Life(request.ExpiresSeconds);
        var itemLimits = ItemLimits.Require(request.MaxOpens, life, now);
        var size = ItemSize.Require(request.Size);
        var body = request.Body is { } text ? BodyOf(text, request) : null;
        var digest = body is null ? null : DocumentDigest.Whole(Sha256Digest.Of(body));
        RequireFits(request.Digest, size);
        var item = new VaultRecord
        {
            Id = VaultItemId.Parse(request.Id),
            Item = new(VaultVerifier.Parse(request.Verifier), itemLimits, digest is null ? ItemPhase.Pending : ItemPhase.Stored),
            OwnerTag = Sha256Digest.Parse(request.OwnerTag),
            Party = party,
            Size = size,
            Digest = digest,
            CreatedAt = now,
            StorageDays = digest is null ? StorageClasses.DaysFor(life) : 0,
            UploadableUntil = request.Digest is null ? null : now + ObjectUploads.Validity,
        };
        return (item, body);
    }

    /// <summary>Seconds as a time that can be compared with the longest, whatever number was sent.</summary>
    public static TimeSpan Life(long seconds) =>
        TimeSpan.FromSeconds(Math.Clamp(seconds, 0, (long)ItemLimits.LongestLife.TotalSeconds + 1));

    private static byte[] BodyOf(string body, VaultItemRequest request) =>
        request.Digest is null && request.Size <= ItemSize.LargestInline && Base64UrlText.TryDecode(body, (int)request.Size, out var bytes)
            ? bytes
            : throw new ProtocolException(
                "invalid-vault-body",
                $"A body is the base64url of exactly as many bytes as the item has, at most {ItemSize.LargestInline}, and has no digest."
            );

    private static void RequireFits(DigestView? view, long size)
    {
        if (view is not null)
        {
            var digest = DocumentDigest.Parse(view.Method, view.Value, view.PartSize);
            if (digest.Method != DigestMethod.Sha256)
            {
                throw new ProtocolException("invalid-digest", "An item that is uploaded by one PUT has a digest of the method sha-256.");
            }

            digest.RequireFits(size);
        }
    }

    private async Task<VaultRecord> FindSameAsync(VaultRecord wanted, CancellationToken cancellationToken)
    {
        var stored = await services.Vault.FindAsync(wanted.Id, cancellationToken);
        return stored switch
        {
            null => throw VaultProblems.OverQuota.With(
                $"At most {limits.Bytes} bytes in {limits.Items} items may be stored; erase something, or wait until it expires."
            ),
            _ when !stored.Item.At(wanted.CreatedAt).IsEnded && IsSame(stored, wanted) => stored,
            _ => throw VaultProblems.IdTaken.With("There is an item of this id; store under another secret."),
        };
    }

    private static bool IsSame(VaultRecord stored, VaultRecord wanted) =>
        (stored.Item.Verifier, stored.OwnerTag, stored.Party, stored.Item.Limits.MaxOpens, stored.StorageDays)
            == (wanted.Item.Verifier, wanted.OwnerTag, wanted.Party, wanted.Item.Limits.MaxOpens, wanted.StorageDays)
        && (stored.Digest is null ? stored.Size == wanted.Size : wanted.Digest is null || stored.Digest == wanted.Digest);

    private async Task<UploadWay> UploadAsync(VaultRecord record, DigestView digest, bool created, CancellationToken cancellationToken)
    {
        var now = services.Now();
        if (!created && await services.Vault.NoteUploadAsync(record.Id, null, now + ObjectUploads.Validity, now, cancellationToken) is null)
        {
            throw VaultProblems.WrongState.With("The item no longer awaits its object.");
        }

        var request = await services.VaultBucket.Uploads.PresignPutAsync(record.ObjectKey, Sha256Digest.Parse(digest.Value), record.Size);
        return new(request.Method, request.Url, request.Headers);
    }
}
