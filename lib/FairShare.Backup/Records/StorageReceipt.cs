using FairShare.Core.Digests;

namespace FairShare.Backup.Records;

/// <summary>What a peer says that it keeps.</summary>
/// <param name="Backup">The backup.</param>
/// <param name="Manifest">The hash of the manifest that it took.</param>
/// <param name="Index">The index of its share.</param>
/// <param name="Epoch">The epoch of its key share.</param>
/// <param name="BodySize">Octets of the body.</param>
/// <param name="Digest">The body's digest, as S3 computed it while the bytes came in.</param>
/// <param name="Root">The root of the body's tree, as the manifest has it.</param>
/// <param name="Share">SHA-256 of the commitments that its key share was checked against.</param>
public sealed record StorageReceipt(
    BackupId Backup,
    Sha256Digest Manifest,
    int Index,
    uint Epoch,
    long BodySize,
    DocumentDigest Digest,
    Sha256Digest Root,
    Sha256Digest Share
)
{
    /// <summary>The members of the record.</summary>
    public RecordMembers ToMembers(DateTimeOffset gen) =>
        RecordMembers
            .Of(Backup, gen)
            .With("manifest", Manifest)
            .With("index", Index)
            .With("epoch", Epoch)
            .With("bodySize", BodySize)
            .With("method", Digest.Method.Name())
            .With("digest", Digest.Value)
            .With("partSize", Digest.PartSize)
            .With("root", Root)
            .With("share", Share);

    /// <summary>Reads a receipt.</summary>
    /// <exception cref="Core.Errors.TokenException">A member has not the form that it must have.</exception>
    public static StorageReceipt Read(BackupRecord record)
    {
        var members = record.Members;
        return new StorageReceipt(
            members.Backup,
            members.Digest("manifest"),
            members.Count("index"),
            (uint)members.Number("epoch"),
            members.Number("bodySize"),
            members.Read("digest", value => DocumentDigest.Parse(members.Text("method"), value, members.OptionalNumber("partSize"))),
            members.Digest("root"),
            members.Digest("share")
        );
    }
}
