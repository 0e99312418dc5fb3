using FairShare.Backup.Bodies;
using FairShare.Backup.Curve;
using FairShare.Backup.Orders;
using FairShare.Backup.Records;
using FairShare.Backup.Refresh;
using FairShare.Backup.Sharing;
using FairShare.Backup.Tests.Records;
using FairShare.Core.Digests;
using FairShare.Core.Encoding;
using FairShare.Core.Identifiers;
using FairShare.Vault.Objects;

namespace FairShare.Backup.Tests.Fuzz;

/// <summary>A record of each kind that its reader takes, and the readers.</summary>
internal sealed class RecordCorpus : IDisposable
{
    private static readonly SystemRandomness Randomness = new();
    private static readonly DateTimeOffset Now = Timestamp.Truncate(DateTimeOffset.UnixEpoch.AddYears(50));
    private static readonly string Digest = Sha256Digest.Of([1]).ToString();
    private static readonly Commitments Points = SecretDealing.Deal(Scalar.Of(7), 3, 5, Randomness).Commitments;

    private readonly RecordSigner signer = new();

    public void Dispose() => signer.Dispose();

    /// <summary>A record of a kind.</summary>
    public async Task<string> RecordAsync(RecordKind kind)
    {
        var members = kind == RecordKind.BackupManifest ? Manifest().ToMembers(Now) : Any(kind);
        var record = (await BackupRecord.SignAsync(kind, members, signer)).Text;
        Read(kind, record);
        return record;
    }

    /// <summary>Reads a record as whoever is sent it does.</summary>
    /// <exception cref="Core.Errors.TokenException">It is none.</exception>
    public static void Read(RecordKind kind, string text)
    {
        var record = BackupRecord.Parse(text, kind);
        _ = kind switch
        {
            RecordKind.BackupOrder => BackupOrder.Read(record),
            RecordKind.BackupManifest => BackupManifest.Read(record),
            RecordKind.StorageReceipt => StorageReceipt.Read(record),
            RecordKind.IntegrityProgress => IntegrityProgress.Read(record),
            RecordKind.EphemeralKey => RefreshRecords.ReadKey(record, 1),
            RecordKind.RefreshDeal => RefreshRecords.ReadDeal(record),
            RecordKind.Accusation => RefreshRecords.ReadAccusation(record),
            RecordKind.DealOpening => RefreshRecords.ReadOpening(record),
            RecordKind.RefreshPrepared => RefreshRecords.ReadPrepared(record),
            RecordKind.GroupRoster => GroupRoster.Read(record),
            _ => (object)record,
        };
    }

    /// <summary>A backup's file.</summary>
    public static byte[] Body(Scalar secret)
    {
        using var file = new MemoryStream();
        BackupFile.Write(new PipeContent(new MemoryStream([.. "content of a backup"u8])), secret, 3, file, Randomness);
        return file.ToArray();
    }

    /// <summary>Reads a backup's file to its end.</summary>
    public static void Open(byte[] body, Scalar secret)
    {
        using var opened = BackupFile.Open(new MemoryStream(body), secret);
        opened.Content.CopyTo(Stream.Null);
    }

    private RecordMembers Any(RecordKind kind)
    {
        var members = kind is RecordKind.GroupRoster or RecordKind.GroupRequest
            ? RecordMembers.OfGroup(signer.KeyId, Now)
            : RecordMembers.Of(BackupId.New(Randomness), Now);
        foreach (var (name, type, required) in RecordShape.Of(kind).Where(member => !members.Values.ContainsKey(member.Name)))
        {
            _ = type switch
            {
                _ when !required => members,
                MemberType.Number => members.With(name, 1),
                MemberType.Texts => members.With(name, [name is "members" or "updates" ? Digest : "1"]),
                _ => members.With(name, TextOf(name)),
            };
        }

        return members;
    }

    private static string TextOf(string name) =>
        name switch
        {
            "begun" or "due" => Timestamp.Format(Now),
            "nonce" => Nonce.New(Randomness).ToString(),
            "action" => "store",
            "method" => "sha-256",
            "key" => Base64UrlText.Encode(Points.ToBytes().AsSpan(0, CurvePoint.Size)),
            "name" => "group",
            _ => Digest,
        };

    private BackupManifest Manifest() =>
        new()
        {
            Backup = BackupId.New(Randomness),
            Sequence = 1,
            Scheme = BackupScheme.Ida,
            Parameters = new RefreshParameters(3, 5, 1),
            Happy = 5,
            Size = 1L << 40,
            BodySize = 1L << 36,
            Digest = Sha256Digest.Of([0]),
            Owners = [signer.KeyId],
            Peers = [.. Enumerable.Range(1, 5).Select(index => KeyId.Parse(Sha256Digest.Of([(byte)index]).ToString()))],
            Roots = [.. Enumerable.Range(1, 5).Select(index => Sha256Digest.Of([2, (byte)index]))],
            Commitments = Points,
        };
}
