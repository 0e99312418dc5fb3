using FairShare.Client.Evidence;
using FairShare.Client.Tests.Support;
using FairShare.Client.Trust;
using FairShare.Core.Identifiers;
using FairShare.Exchange.Evidence;

namespace FairShare.Client.Tests.Evidence;

public sealed class EvidenceFolderTests : IDisposable
{
    private readonly Workspace workspace = new();
    private readonly string folder;

    public EvidenceFolderTests()
    {
        folder = workspace.At("evidence");
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Vectors", "policy-2")))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }
    }

    private string Document => Path.Combine(folder, "document.txt");

    public void Dispose() => workspace.Dispose();

    [Fact]
    public async Task Verify_FolderOfAnotherImplementation_Holds()
    {
        var verdict = await VerifyAsync(Document);
        Assert.True(verdict.Holds, string.Join('\n', verdict.Checks.Where(check => !check.Passed)));
        Assert.True(verdict.DocumentWasChecked);
    }

    [Fact]
    public async Task Verify_WithoutDocument_SaysThatItWasNotChecked()
    {
        var verdict = await VerifyAsync(null);
        Assert.True(verdict.Holds);
        Assert.False(verdict.DocumentWasChecked);
    }

    [Fact]
    public async Task Verify_DocumentUnderItsOwnName_IsFound()
    {
        File.Move(Document, Path.Combine(folder, "Füchse – 契約.txt"));
        Assert.True((await VerifyAsync(null)).DocumentWasChecked);
    }

    [Fact]
    public async Task Verify_OtherDocument_Fails()
    {
        await File.AppendAllTextAsync(Document, "!", TestContext.Current.CancellationToken);
        var verdict = await VerifyAsync(Document);
        Assert.Equal(["document.size", "document.digest"], verdict.Checks.Where(check => !check.Passed).Select(check => check.Name));
    }

    [Theory]
    [InlineData("nro")]
    [InlineData("challenge")]
    [InlineData("nrr")]
    [InlineData("release")]
    public async Task Verify_AnyTokenWithOneLetterChanged_Fails(string token)
    {
        var path = Path.Combine(folder, $"{token}.jws");
        var text = (await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)).ToCharArray();
        text[^10] = text[^10] == 'A' ? 'B' : 'A';
        await File.WriteAllTextAsync(path, new string(text), TestContext.Current.CancellationToken);
        Assert.False((await VerifyAsync(null)).Holds);
    }

    [Theory]
    [InlineData("nro")]
    [InlineData("nrr")]
    [InlineData("release")]
    public async Task Verify_MissingToken_Fails(string token)
    {
        File.Delete(Path.Combine(folder, $"{token}.jws"));
        Assert.False((await VerifyAsync(null)).Holds);
    }

    [Theory]
    [InlineData(false, "Deposited")]
    [InlineData(true, "Withdrawn")]
    public async Task Verify_Deposit_HoldsAndSaysWhetherItStands(bool isWithdrawn, string state)
    {
        var deposit = await Forger.WriteDepositAsync(workspace.At("deposit"), Document, isWithdrawn);
        var verdict = await deposit.VerifyAsync(Document, [], null, TestContext.Current.CancellationToken);
        Assert.True(verdict.Holds, string.Join('\n', verdict.Checks.Where(check => !check.Passed)));
        Assert.Equal((state, true), (verdict.State, verdict.DocumentWasChecked));
    }

    [Theory]
    [InlineData("nrr")]
    [InlineData("release")]
    [InlineData("refusal")]
    [InlineData("record")]
    public async Task Verify_DepositBesideATokenOfAnExchange_Fails(string token)
    {
        var deposit = await Forger.WriteDepositAsync(workspace.At("deposit"), Document);
        File.Copy(Path.Combine(folder, token == "nrr" ? "nrr.jws" : "release.jws"), Path.Combine(deposit.Path, $"{token}.jws"));
        var verdict = await deposit.VerifyAsync(Document, [], null, TestContext.Current.CancellationToken);
        Assert.Contains(verdict.Checks, check => !check.Passed && check.Name.StartsWith(token, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Verify_ExchangeBesideAnothersDepositReceipt_Fails()
    {
        var deposit = await Forger.WriteDepositAsync(workspace.At("deposit"), Document);
        File.Copy(Path.Combine(deposit.Path, "receipt.jws"), Path.Combine(folder, "receipt.jws"));
        Assert.Contains((await VerifyAsync(Document)).Checks, check => check is { Name: "receipt.statement", Passed: false });
    }

    [Fact]
    public async Task Verify_DocumentWhoseDigestIsNotStated_ComparesTheSizeAlone()
    {
        foreach (var token in new[] { "nro", "nrr", "release" })
        {
            File.Delete(Path.Combine(folder, $"{token}.jws"));
        }

        Assert.True((await VerifyAsync(null)).Holds);
        var sized = await VerifyAsync(Document);
        Assert.Equal((true, false), (sized.Holds, sized.DocumentWasChecked));
        Assert.Contains(sized.Checks, check => check is { Name: "document.size", Passed: true });
        await File.AppendAllTextAsync(Document, "!", TestContext.Current.CancellationToken);
        Assert.Equal("document.size", Assert.Single((await VerifyAsync(Document)).Checks, check => !check.Passed).Name);
        await Assert.ThrowsAsync<FileNotFoundException>(() => VerifyAsync(workspace.At("missing.pdf")));
    }

    [Fact]
    public async Task Verify_OtherStoreKeyThanExpected_Fails()
    {
        var verdict = await VerifyAsync(null, Anchor(new string('A', 43)));
        Assert.Equal("store.key", Assert.Single(verdict.Checks, check => !check.Passed).Name);
        Assert.False(verdict.IsVerified);
    }

    [Fact]
    public async Task Verify_StoreKeyFromElsewhere_IsVerifiedByIt()
    {
        var verdict = await VerifyAsync(Document, Anchor(StoreKey));
        Assert.True(verdict.IsVerified, string.Join('\n', verdict.Checks.Where(check => !check.Passed)));
        Assert.Equal("told by a friend", verdict.Anchor!.Source);
    }

    [Fact]
    public async Task Verify_WithoutAnAnchor_IsConsistentAndNoMore()
    {
        var verdict = await VerifyAsync(Document);
        Assert.True(verdict.Holds);
        Assert.False(verdict.IsVerified);
    }

    [Fact]
    public async Task Verify_AnchorOfAnotherStore_VouchesForNothing()
    {
        var anchor = new StoreAnchor(PartyId.Store("another"), [KeyId.Parse(StoreKey)], "told by a friend");
        Assert.False((await VerifyAsync(Document, anchor)).IsVerified);
    }

    [Fact]
    public async Task Verify_FolderForgedWhole_IsNeverVerified()
    {
        var forged = await Forger.WriteAsync(workspace.At("forged"), Document);
        var alone = await forged.VerifyAsync(Document, [], null, TestContext.Current.CancellationToken);
        var anchored = await forged.VerifyAsync(Document, [Anchor(StoreKey)], null, TestContext.Current.CancellationToken);
        Assert.True(alone.Holds, "the forgery is consistent, or this test shows nothing");
        Assert.False(alone.IsVerified);
        Assert.Contains(anchored.Checks, check => check is { Name: "store.key", Passed: false });
    }

    [Fact]
    public async Task Verify_ReleaseBesideAnAbort_SaysThatOnlyTheTableCounts()
    {
        var forged = await Forger.WriteAsync(workspace.At("forged"), Document, withAbort: true);
        var verdict = await forged.VerifyAsync(Document, [], null, TestContext.Current.CancellationToken);
        var failed = Assert.Single(verdict.Checks, check => !check.Passed);
        Assert.Equal("exchange.ending", failed.Name);
        Assert.Contains("the store's table counts", failed.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"keys":[{"kid":"x"}]}""")]
    [InlineData(
        """{"keys":[{"kid":"x","party":"y","kind":"self","jwk":{},"notBefore":"2026-01-01T00:00:00.000Z","""
            + "\"notAfter\":\"2026-01-01T00:00:00.000Z\"}]}"
    )]
    public async Task Verify_KeysThatAreNone_AreRefusedByName(string keys)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "keys.json"), keys, TestContext.Current.CancellationToken);
        var fault = await Assert.ThrowsAsync<InvalidDataException>(() => VerifyAsync(null));
        Assert.Contains("keys.json", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_EmptyFolder_SaysWhatIsMissing()
    {
        var fault = await Assert.ThrowsAsync<FileNotFoundException>(() =>
            new EvidenceFolder(Directory.CreateDirectory(workspace.At("nothing")).FullName).VerifyAsync(
                null,
                [],
                null,
                TestContext.Current.CancellationToken
            )
        );
        Assert.Contains("challenge.jws", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_DocumentEmptied_FailsAsAnyOtherBytes()
    {
        var emptied = workspace.At("emptied.txt");
        await File.WriteAllBytesAsync(emptied, [], TestContext.Current.CancellationToken);
        var verdict = await VerifyAsync(emptied);
        Assert.Contains(verdict.Checks, check => check is { Name: "document.size", Passed: false });
    }

    [Fact]
    public async Task Verify_NoFolder_NamesIt()
    {
        var fault = await Assert.ThrowsAsync<DirectoryNotFoundException>(() =>
            new EvidenceFolder(workspace.At("nowhere")).VerifyAsync(null, [], null, TestContext.Current.CancellationToken)
        );
        Assert.Contains("nowhere", fault.Message, StringComparison.Ordinal);
    }

    private string StoreKey => EvidenceToken.Parse(new EvidenceFolder(folder).Read().Challenge).KeyId.ToString();

    private static StoreAnchor Anchor(string key) => new(null, [KeyId.Parse(key)], "told by a friend");

    private Task<FolderVerdict> VerifyAsync(string? document, params StoreAnchor[] anchors) =>
        new EvidenceFolder(folder).VerifyAsync(document, anchors, null, TestContext.Current.CancellationToken);
}
