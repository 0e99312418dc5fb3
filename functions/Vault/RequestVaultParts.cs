using FairShare.Aws.Objects;
using FairShare.Aws.Vault;
using FairShare.Contracts.Exchange;
using FairShare.Contracts.Vault;
using FairShare.Core.Digests;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;
using FairShare.Vault.Derivation;
using FairShare.Vault.Items;
using FairShare.Vault.Transfer;

namespace FairShare.Functions.Vault;

/// <summary>Presigned uploads of parts, each bound to its digest and length. The first call begins the upload.</summary>
internal sealed class RequestVaultParts(FunctionServices services) : IRouteHandler<VaultItemId, VaultPartsRequest, VaultPartsGrant>
{
    private const int PartLimit = 100;

    public async Task<Answer<VaultPartsGrant>> HandleAsync(
        ApiCall<VaultItemId, VaultPartsRequest> call,
        CancellationToken cancellationToken
    )
    {
        var owned = await services.RequireOwnedAsync(call, cancellationToken);
        var now = services.Now();
        if (owned.Item.At(now).Phase != ItemPhase.Pending)
        {
            throw VaultAccess.WrongState(owned, now);
        }

        RequireFit(owned, call.Request.Parts);
        var uploads = services.VaultBucket.Uploads;
        // Of two first calls at once one upload is used; the bucket drops the other.
        var upload = owned.UploadId ?? await uploads.BeginMultipartAsync(owned.ObjectKey, cancellationToken);
        var record =
            await services.Vault.NoteUploadAsync(owned.Id, upload, now + ObjectUploads.Validity, now, cancellationToken)
            ?? throw VaultProblems.WrongState.With("The item no longer awaits its object.");
        return await SignAsync(uploads, record.ObjectKey, record.UploadId ?? upload, call.Request.Parts);
    }

    private static async Task<VaultPartsGrant> SignAsync(ObjectUploads uploads, string key, string upload, IReadOnlyList<VaultPart> parts)
    {
        var ways = new List<PartWay>();
        foreach (var part in parts)
        {
            var request = await uploads.PresignPartAsync(key, upload, part.Number, Sha256Digest.Parse(part.Digest), part.Size);
            ways.Add(new(part.Number, request.Method, request.Url, request.Headers));
        }

        var complete = await uploads.PresignCompleteAsync(key, upload);
        return new(ways, (await uploads.PresignListPartsAsync(key, upload)).Url, complete.Url, complete.Headers);
    }

    private static void RequireFit(VaultRecord record, IReadOnlyList<VaultPart> parts)
    {
        var partSize = PartSize.For(record.Size);
        if (parts.Count is 0 or > PartLimit)
        {
            throw VaultProblems.InvalidParts.With($"Parts are asked for in lists of 1 to {PartLimit}.");
        }

        if (parts.Any(part => part.Number is < 1 or > DigestLimits.MaxParts || part.Size < 1 || part.Size > partSize))
        {
            throw VaultProblems.InvalidParts.With($"Parts have numbers from 1 and 1 to {partSize} bytes.");
        }

        if (parts.Any(part => ((part.Number - 1) * (long)partSize) + part.Size > record.Size))
        {
            throw VaultProblems.InvalidParts.With($"The item was announced with at most {record.Size} bytes.");
        }

        foreach (var part in parts)
        {
            Sha256Digest.Parse(part.Digest);
        }
    }
}
