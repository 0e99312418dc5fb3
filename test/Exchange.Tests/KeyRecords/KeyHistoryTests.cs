using FairShare.Core.Identifiers;
using FairShare.Core.Keys;
using FairShare.Core.Tests.Support;
using FairShare.Exchange.KeyRecords;

namespace FairShare.Exchange.Tests.KeyRecords;

public class KeyHistoryTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly PartyId Store = PartyId.Store("store");

    private readonly TestParty former = new(Store, KeyHolder.Kms, Now);
    private readonly TestParty present = new(Store, KeyHolder.Kms, Now);

    private KeySuccession Record { get; }

    public KeyHistoryTests() =>
        Record = new KeySuccession
        {
            Id = EvidenceId.Parse(new string('A', 22)),
            Store = Store,
            Party = Store,
            Use = StoreKeyUse.Seal,
            Prior = former.KeyId,
            Key = present.KeyId,
            Gen = Now,
            Ends = Now.AddHours(1),
        };

    [Fact]
    public async Task Verify_BothSealsSigned_LeadsBothWaysAndBoundsBoth()
    {
        var history = await VerifyAsync((former, Record), (present, Record));
        Assert.All(history.Checks, check => Assert.True(check.Passed, check.Detail));
        Assert.True(history.Leads(former.KeyId, present.KeyId));
        Assert.True(history.Leads(present.KeyId, former.KeyId));
        Assert.Equal(Record.Ends, Find(history, former).RetiredAt);
        Assert.Equal(Now.AddMinutes(-5), Find(history, present).NotBefore);
    }

    [Fact]
    public async Task Verify_OneSealSigned_LeadsNowhereAndBoundsNothing()
    {
        await RequireOneSidedAsync((present, Record));
        await RequireOneSidedAsync((former, Record));
        await RequireOneSidedAsync((present, Record), (present, Record));
    }

    [Fact]
    public async Task Verify_SealsSignedDifferently_LeadsNowhereAndBoundsNothing()
    {
        await RequireOneSidedAsync((present, Record), (former, Record with { Ends = Record.Ends.AddMilliseconds(1) }));
        await RequireOneSidedAsync((present, Record), (former, Record with { Id = EvidenceId.Parse(new string('A', 20) + "BA") }));
    }

    [Fact]
    public async Task Verify_FormerSealOfAFormerOneOutlastsIt_IsOutOfOrder()
    {
        var invented = new TestParty(Store, KeyHolder.Kms, Now);
        var claim = Record with { Prior = invented.KeyId, Key = former.KeyId, Gen = Now.AddHours(-2), Ends = Now.AddHours(20) };
        var history = await VerifyAsync([invented], (former, Record), (present, Record), (invented, claim), (former, claim));
        Assert.Equal(2, history.Checks.Count(check => !check.Passed && check.Name == "succession.order"));
        Assert.True(history.Leads(present.KeyId, former.KeyId));
        Assert.False(history.Leads(present.KeyId, invented.KeyId));
    }

    [Fact]
    public async Task Verify_SignedByASealThatIsNotTheFormerOne_LeadsNowhere()
    {
        var stranger = new TestParty(Store, KeyHolder.Kms, Now);
        var history = await VerifyAsync([stranger], (stranger, Record), (present, Record));
        var failed = history.Checks.Where(check => !check.Passed).ToList();
        Assert.Equal(["succession.statement", "succession.order"], failed.Select(check => check.Name));
        Assert.Contains("header.kid", failed[0].Detail, StringComparison.Ordinal);
        Assert.False(history.Leads(former.KeyId, present.KeyId) || history.Leads(stranger.KeyId, present.KeyId));
        Assert.Equal(present.PartyKey, Find(history, present));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Verify_SecondSuccessorOrPredecessor_LeadsToNeither(bool isSuccessor)
    {
        var rival = new TestParty(Store, KeyHolder.Kms, Now);
        var claim = isSuccessor ? Record with { Key = rival.KeyId } : Record with { Prior = rival.KeyId };
        var other = isSuccessor ? former : present;
        var history = await VerifyAsync([rival], (former, Record), (present, Record), (rival, claim), (other, claim));
        var failed = history.Checks.Where(check => !check.Passed).ToList();
        Assert.Equal(4, failed.Count);
        Assert.All(failed, check => Assert.Equal("a key has two successors, or two predecessors", check.Detail));
        Assert.True(history.IsEmpty);
        Assert.False(history.Leads(former.KeyId, present.KeyId) || history.Leads(rival.KeyId, present.KeyId));
    }

    [Fact]
    public async Task Verify_AThousandSuccessions_TakesNoLongerForEach()
    {
        var (seals, texts) = (Enumerable.Range(0, 1001).Select(_ => new TestParty(Store, KeyHolder.Kms, Now)).ToList(), new List<string>());
        for (var place = 0; place + 1 < seals.Count; place++)
        {
            var record = Record with
            {
                Prior = seals[place].KeyId,
                Key = seals[place + 1].KeyId,
                Gen = Now.AddDays(place),
                Ends = Now.AddDays(place + 1),
            };
            foreach (var signer in new[] { seals[place], seals[place + 1] })
            {
                texts.Add((await KeyRecordToken.IssueAsync(record, signer, TestContext.Current.CancellationToken)).Text);
            }
        }

        var keys = new CountedKeys([.. seals.Select(seal => seal.PartyKey with { NotAfter = Now.AddDays(2000) })]);
        var history = KeyHistory.Verify(Enumerable.Reverse(texts), keys);
        Assert.All(history.Checks, check => Assert.True(check.Passed, check.Detail));
        Assert.Equal(1001, history.Reach([seals[0].KeyId]).Count);
        Assert.True(history.Leads(seals[^1].KeyId, seals[0].KeyId));
        Assert.InRange(keys.Read, 1001, 10 * 1001);
    }

    private async Task RequireOneSidedAsync(params (TestParty Signer, KeySuccession Record)[] records)
    {
        var history = await VerifyAsync(records);
        var failed = history.Checks.Where(check => !check.Passed).ToList();
        Assert.Equal(records.Length, failed.Count);
        Assert.All(failed, check => Assert.Equal("only one of the two seals signed it", check.Detail));
        Assert.True(history.IsEmpty);
        Assert.False(history.Leads(former.KeyId, present.KeyId) || history.Leads(present.KeyId, former.KeyId));
        Assert.Equal((former.PartyKey, present.PartyKey), (Find(history, former), Find(history, present)));
    }

    private static PartyKey Find(KeyHistory history, TestParty party) => history.Keys.Single(key => key.KeyId == party.KeyId);

    private Task<KeyHistory> VerifyAsync(params (TestParty Signer, KeySuccession Record)[] records) => VerifyAsync([], records);

    private async Task<KeyHistory> VerifyAsync(TestParty[] others, params (TestParty Signer, KeySuccession Record)[] records)
    {
        var texts = new List<string>();
        foreach (var (signer, record) in records)
        {
            texts.Add((await KeyRecordToken.IssueAsync(record, signer, TestContext.Current.CancellationToken)).Text);
        }

        return KeyHistory.Verify(texts, [former.PartyKey, present.PartyKey, .. others.Select(other => other.PartyKey)]);
    }
}
