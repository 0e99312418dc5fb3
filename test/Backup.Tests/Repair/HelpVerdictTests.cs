using FairShare.Backup.Curve;
using FairShare.Backup.Records;
using FairShare.Backup.Refresh;
using FairShare.Backup.Repair;
using FairShare.Backup.Sharing;
using FairShare.Backup.Tests.Records;
using FairShare.Backup.Tests.Refresh;
using FairShare.Core.Identifiers;

namespace FairShare.Backup.Tests.Repair;

public class HelpVerdictTests
{
    private readonly SeededRandomness randomness = new(5);

    /// <summary>As many liars as leave m others, in each place among those who are asked first.</summary>
    public static TheoryData<int, int, string> Scenes =>
        new()
        {
            { 2, 4, "1:Mask" },
            { 2, 4, "2:Garbage" },
            { 2, 4, "2:AnothersText" },
            { 2, 4, "1:Share" },
            { 2, 4, "1:Accusation" },
            { 2, 4, "2:Point" },
            { 3, 6, "1:Accusation 3:Share" },
            { 4, 7, "2:Mask 4:Garbage" },
            { 10, 15, "1:Mask 4:Share 7:Accusation 10:Point" },
            { 10, 14, "3:AnothersText 5:Garbage 11:Share" },
        };

    [Theory]
    [MemberData(nameof(Scenes))]
    public async Task Repair_WithHelpersThatLie_NamesThemAloneAndGivesTheShare(int threshold, int total, string lies)
    {
        var liars = lies.Split(' ')
            .Select(one => one.Split(':'))
            .ToDictionary(one => int.Parse(one[0], null), one => Enum.Parse<Lie>(one[1]));
        using var scene = new RepairScene(threshold, total, liars);
        var (named, rounds) = (new HashSet<int>(), 0);
        while (true)
        {
            var helpers = Enumerable.Range(1, total - 1).Where(index => !named.Contains(index)).Take(threshold).ToList();
            Assert.Equal(threshold, helpers.Count);
            var (share, found) = await scene.TryAsync(helpers);
            rounds++;
            if (share is not null)
            {
                Assert.Equal(scene.Expected, share);
                break;
            }

            Assert.NotEmpty(found);
            Assert.True(found.IsSubsetOf(liars.Keys), $"{string.Join(' ', found)} were named.");
            named.UnionWith(found);
        }

        Assert.InRange(rounds, 2, liars.Count + 1);
    }

    // Else whoever sealed nothing himself would have the recipient show what another sealed for it.
    [Fact]
    public void Reveal_OfATextThatAnotherSealed_ShowsNothing()
    {
        var (numbers, key) = (new SealedNumbers(BackupId.New(randomness), 0, 5), AgreementKey.New(randomness));
        var mask = new SecretShare(2, Scalar.Of(7), Scalar.Of(8));
        var text = numbers.Seal(mask, 1, 2, key.PublicKey.Span, randomness);
        Assert.Equal(mask, numbers.TryOpen(text, 1, 2, key, 2));
        Assert.NotEqual(0, numbers.Reveal(text, 1, 2, key, randomness).Shared.Length);
        var own = numbers.Seal(mask, 3, 2, key.PublicKey.Span, randomness);
        foreach (var copied in new byte[][] { text, [.. own[..LogarithmProof.Size], .. text[LogarithmProof.Size..]], [], text[..64] })
        {
            Assert.Null(numbers.TryOpen(copied, 3, 2, key, 2));
            Assert.Equal(0, numbers.Reveal(copied, 3, 2, key, randomness).Shared.Length);
            var shown = new RevealedText(3, default, default);
            Assert.True(numbers.IsWrong(copied, shown, 2, key.PublicKey.Span, 2, _ => true));
        }

        // What its sender made itself is wrong only by what the recipient's key shows.
        var accusation = new RevealedText(1, default, default);
        Assert.False(numbers.IsWrong(text, accusation, 2, key.PublicKey.Span, 2, _ => false));
        accusation = numbers.Reveal(text, 1, 2, AgreementKey.New(randomness), randomness);
        Assert.False(numbers.IsWrong(text, accusation, 2, key.PublicKey.Span, 2, _ => false));
        accusation = numbers.Reveal(text, 1, 2, key, randomness);
        Assert.True(numbers.IsWrong(text, accusation, 2, key.PublicKey.Span, 2, _ => false));
        Assert.False(numbers.IsWrong(text, accusation, 2, key.PublicKey.Span, 2, one => one == mask));
    }

    [Fact]
    public async Task ShareMasks_OfAsManyHelpersAsThereMayBe_FitIntoARecord()
    {
        using var seal = new RecordSigner();
        var (helpers, backup, key) = (Enumerable.Range(1, 39).ToList(), BackupId.New(randomness), AgreementKey.New(randomness));
        var repair = new SignedRepair(backup, 0, 40, helpers, [.. Enumerable.Repeat(seal.Key, 40)], []);
        var dealing = MaskDealing.Deal(helpers, 40, randomness);
        var numbers = new SealedNumbers(backup, uint.MaxValue, 40);
        var texts = dealing.Masks.Select(mask => numbers.Seal(mask, 39, mask.Index, key.PublicKey.Span, randomness));
        var members = repair.WriteMasks(39, dealing.Commitments, texts, Timestamp.Truncate(DateTimeOffset.UnixEpoch.AddYears(50)));
        var record = await BackupRecord.SignAsync(RecordKind.ShareMasks, members, seal, TestContext.Current.CancellationToken);
        Assert.NotNull(repair.TryReadMasks(record.Text, 39));
    }
}
