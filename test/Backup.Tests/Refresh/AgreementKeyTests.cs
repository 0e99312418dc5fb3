using FairShare.Backup.Refresh;

namespace FairShare.Backup.Tests.Refresh;

public class AgreementKeyTests
{
    private static readonly byte[] Text = [1, 2, 3];

    private readonly SeededRandomness randomness = new(1);

    [Fact]
    public void TryOpen_OfWhatWasSealed_GivesItToItsHolderUnderItsContextAlone()
    {
        var (alice, bob) = (AgreementKey.New(randomness), AgreementKey.New(randomness));
        var sealedText = AgreementKey.Seal(alice.PublicKey.Span, Text, "one"u8, randomness);
        Assert.Equal(Text, alice.TryOpen(sealedText, "one"u8));
        Assert.Null(alice.TryOpen(sealedText, "two"u8));
        Assert.Null(bob.TryOpen(sealedText, "one"u8));
        Assert.NotEqual(sealedText, AgreementKey.Seal(alice.PublicKey.Span, Text, "one"u8, randomness));
    }

    [Fact]
    public void TryOpen_OfAnythingChanged_GivesNothing()
    {
        var alice = AgreementKey.New(randomness);
        var sealedText = AgreementKey.Seal(alice.PublicKey.Span, Text, [], randomness);
        for (var place = 0; place < sealedText.Length; place++)
        {
            sealedText[place] ^= 1;
            Assert.Null(alice.TryOpen(sealedText, []));
            sealedText[place] ^= 1;
            Assert.Null(alice.TryOpen(sealedText.AsSpan(0, place), []));
        }
    }

    [Fact]
    public void Seal_ForWhatIsNoPoint_IsRefused() =>
        Assert.Throws<ArgumentException>(() => AgreementKey.Seal(new byte[33], Text, [], randomness));
}
