using FairShare.Backup.Curve;
using FairShare.Backup.Records;
using FairShare.Backup.Sharing;
using FairShare.Core.Identifiers;

namespace FairShare.Backup.Tests.Records;

public sealed class KeyShareFileTests
{
    private static readonly SystemRandomness Randomness = new();

    [Fact]
    public void KeyShare_EachOctetChanged_IsNotTheSame()
    {
        var (backup, share) = (BackupId.New(Randomness), new SecretShare(3, Scalar.Random(Randomness), Scalar.Random(Randomness)));
        var file = new KeyShareFile(backup, 9, share);
        var octets = file.ToBytes();
        Assert.Equal(KeyShareFile.Size, octets.Length);
        Assert.Equal(file, KeyShareFile.TryRead(octets, backup));
        for (var place = 0; place < octets.Length; place++)
        {
            var changed = octets.ToArray();
            changed[place] ^= 1;
            Assert.NotEqual(file, KeyShareFile.TryRead(changed, backup));
        }

        Assert.Null(KeyShareFile.TryRead(octets.AsSpan(1), backup));
        Assert.Null(KeyShareFile.TryRead(octets, BackupId.New(Randomness)));
    }
}
