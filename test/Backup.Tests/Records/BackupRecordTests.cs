using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using FairShare.Backup.Curve;
using FairShare.Backup.Records;
using FairShare.Backup.Refresh;
using FairShare.Backup.Sharing;
using FairShare.Core.Digests;
using FairShare.Core.Encoding;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;

namespace FairShare.Backup.Tests.Records;

public sealed class BackupRecordTests : IDisposable
{
    private static readonly SystemRandomness Randomness = new();
    private static readonly DateTimeOffset Now = Timestamp.Truncate(DateTimeOffset.UnixEpoch.AddYears(50));

    private readonly RecordSigner signer = new();

    public void Dispose() => signer.Dispose();

    [Fact]
    public async Task Manifest_OfTheLargestBackup_FitsAndReadsBack()
    {
        var manifest = Manifest(40, 40, 0);
        var record = await BackupRecord.SignAsync(
            RecordKind.BackupManifest,
            manifest.ToMembers(Now),
            signer,
            TestContext.Current.CancellationToken
        );
        var read = BackupManifest.Read(BackupRecord.Verify(record.Text, RecordKind.BackupManifest, signer.Key));
        Assert.Equal(manifest.ToMembers(Now).Texts("roots"), read.ToMembers(Now).Texts("roots"));
        Assert.Equal(manifest.Commitments.ToBytes(), read.Commitments.ToBytes());
        Assert.InRange(record.Text.Length, 7_000, 16 << 10);
    }

    [Fact]
    public async Task Parse_AMemberMoreOrLessOrOfAnotherType_IsRefused()
    {
        var record = await BackupRecord.SignAsync(
            RecordKind.BackupManifest,
            Manifest(3, 5, 1).ToMembers(Now),
            signer,
            TestContext.Current.CancellationToken
        );
        var payload = JsonNode.Parse(Decode(record.Text.Split('.')[1]))!.AsObject();
        foreach (var name in payload.Select(member => member.Key).ToList())
        {
            Assert.Equal(TokenFault.MissingMember, FaultOf(record, payload, changed => changed.Remove(name)));
            Assert.Equal(TokenFault.InvalidMember, FaultOf(record, payload, changed => changed[name] = true));
        }

        Assert.Equal(TokenFault.UnknownMember, FaultOf(record, payload, changed => changed["more"] = 1));
        Assert.Equal(TokenFault.InvalidMember, FaultOf(record, payload, changed => changed["ver"] = 2));
        Assert.Equal(TokenFault.InvalidMember, FaultOf(record, payload, changed => changed["n"] = 6));
        Assert.Equal(TokenFault.InvalidMember, FaultOf(record, payload, changed => changed["m"] = 4));
        Assert.Equal(TokenFault.InvalidMember, FaultOf(record, payload, changed => changed["seq"] = 2));
        Assert.Equal(TokenFault.InvalidMember, FaultOf(record, payload, changed => changed["owners"] = new JsonArray()));
    }

    [Fact]
    public async Task Verify_EachCharacterChanged_IsRefused()
    {
        var receipt = new StorageReceipt(
            BackupId.New(Randomness),
            Sha256Digest.Of([1]),
            2,
            7,
            1234,
            DocumentDigest.Whole(Sha256Digest.Of([2])),
            Sha256Digest.Of([3]),
            Sha256Digest.Of([4])
        );
        var record = await BackupRecord.SignAsync(
            RecordKind.StorageReceipt,
            receipt.ToMembers(Now),
            signer,
            TestContext.Current.CancellationToken
        );
        Assert.Equal(receipt, StorageReceipt.Read(BackupRecord.Verify(record.Text, RecordKind.StorageReceipt, signer.Key)));
        for (var place = 0; place < record.Text.Length; place++)
        {
            var changed = new StringBuilder(record.Text);
            changed[place] = changed[place] == 'A' ? 'B' : 'A';
            Assert.ThrowsAny<TokenException>(() => BackupRecord.Verify($"{changed}", RecordKind.StorageReceipt, signer.Key));
        }

        using var other = new RecordSigner();
        Assert.ThrowsAny<TokenException>(() => BackupRecord.Verify(record.Text, RecordKind.StorageReceipt, other.Key));
        Assert.ThrowsAny<TokenException>(() => BackupRecord.Verify(record.Text, RecordKind.DeletionReceipt, signer.Key));
    }

    [Fact]
    public async Task Record_OfEveryKind_IsVerifiedByOpenssl()
    {
        Assert.SkipUnless(Openssl("version") == 0, "openssl is not installed.");
        var folder = Directory.CreateTempSubdirectory("fairshare-record-").FullName;
        try
        {
            await File.WriteAllBytesAsync($"{folder}/key.der", signer.Key.ToSubjectPublicKeyInfo(), TestContext.Current.CancellationToken);
            foreach (var kind in Enum.GetValues<RecordKind>())
            {
                var text = (await BackupRecord.SignAsync(kind, Any(kind), signer, TestContext.Current.CancellationToken)).Text;
                var cut = text.LastIndexOf('.');
                await File.WriteAllTextAsync($"{folder}/input", text[..cut], TestContext.Current.CancellationToken);
                var signature = EcdsaSignatureFormat.ToDer(Decode(text[(cut + 1)..]));
                await File.WriteAllBytesAsync($"{folder}/signature", signature, TestContext.Current.CancellationToken);
                string[] verify = ["dgst", "-sha256", "-keyform", "DER", "-verify", $"{folder}/key.der"];
                Assert.Equal(0, Openssl([.. verify, "-signature", $"{folder}/signature", $"{folder}/input"]));
                await File.WriteAllTextAsync($"{folder}/input", text[..cut] + "A", TestContext.Current.CancellationToken);
                Assert.NotEqual(0, Openssl([.. verify, "-signature", $"{folder}/signature", $"{folder}/input"]));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Succession_OfManifests_IsByNumberAndHash()
    {
        var first = await SignAsync(Manifest(3, 5, 1));
        var manifest = BackupManifest.Read(first);
        var second = await SignAsync(manifest with { Sequence = 2, Previous = first.Hash, Name = "b" });
        var other = await SignAsync(manifest with { Sequence = 2, Previous = first.Hash, Name = "c" });
        var third = await SignAsync(manifest with { Sequence = 3, Previous = second.Hash });
        var otherSize = await SignAsync(manifest with { Sequence = 2, Previous = first.Hash, Size = manifest.Size + 1 });
        Assert.True(ManifestSuccession.Allows(null, first));
        Assert.True(ManifestSuccession.Allows(first, first));
        Assert.True(ManifestSuccession.Allows(first, second));
        Assert.True(ManifestSuccession.Allows(first, third));
        Assert.False(ManifestSuccession.Allows(second, other));
        Assert.False(ManifestSuccession.Allows(other, third));
        Assert.False(ManifestSuccession.Allows(second, first));
        Assert.False(ManifestSuccession.Allows(first, otherSize));
        using var stranger = new RecordSigner();
        var members = (manifest with { Sequence = 2, Previous = first.Hash }).ToMembers(Now);
        var forged = await BackupRecord.SignAsync(RecordKind.BackupManifest, members, stranger, TestContext.Current.CancellationToken);
        Assert.False(ManifestSuccession.Allows(first, forged));
    }

    private ValueTask<BackupRecord> SignAsync(BackupManifest manifest) =>
        BackupRecord.SignAsync(RecordKind.BackupManifest, manifest.ToMembers(Now), signer, TestContext.Current.CancellationToken);

    private BackupManifest Manifest(int threshold, int total, int liars) =>
        new()
        {
            Backup = BackupId.New(Randomness),
            Sequence = 1,
            Scheme = BackupScheme.Ida,
            Parameters = new RefreshParameters(threshold, total, liars),
            Happy = total,
            Size = 1L << 40,
            BodySize = 1L << 36,
            Digest = Sha256Digest.Of([0]),
            Owners = [signer.KeyId],
            Peers = [.. Enumerable.Range(1, total).Select(index => KeyId.Parse(Sha256Digest.Of([(byte)index]).ToString()))],
            Roots = [.. Enumerable.Range(1, total).Select(index => Sha256Digest.Of([2, (byte)index]))],
            Commitments = SecretDealing.Deal(Scalar.Random(Randomness), threshold, total, Randomness).Commitments,
        };

    // Values of the right types: what they must say besides is not the signature's affair.
    private static RecordMembers Any(RecordKind kind)
    {
        var members = kind is RecordKind.GroupRoster or RecordKind.GroupRequest
            ? new RecordMembers([])
            : RecordMembers.Of(BackupId.New(Randomness), Now);
        foreach (var (name, type, _) in RecordShape.Of(kind).Where(member => !members.Values.ContainsKey(member.Name)))
        {
            _ = type switch
            {
                MemberType.Number => members.With(name, 1),
                MemberType.Texts => members.With(name, ["a", "b"]),
                _ => members.With(name, "text"),
            };
        }

        return members;
    }

    private static TokenFault FaultOf(BackupRecord record, JsonObject payload, Action<JsonObject> change)
    {
        var changed = payload.DeepClone().AsObject();
        change(changed);
        var parts = record.Text.Split('.');
        var text = $"{parts[0]}.{Base64UrlText.Encode(Encoding.UTF8.GetBytes(changed.ToJsonString()))}.{parts[2]}";
        return Assert.ThrowsAny<TokenException>(() => BackupManifest.Read(BackupRecord.Parse(text, RecordKind.BackupManifest))).Fault;
    }

    private static byte[] Decode(string text) => Base64UrlText.TryDecode(text, out var octets) ? octets : [];

    private static int Openssl(params string[] arguments)
    {
        try
        {
            var start = new ProcessStartInfo("openssl", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
            using var process = Process.Start(start)!;
            process.StandardOutput.ReadToEnd();
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return -1;
        }
    }
}
