using FairShare.Client.Tests.Support;
using FairShare.Client.Trust;

namespace FairShare.Client.Tests.Trust;

public sealed class TrustFileTests : IDisposable
{
    private const string Store = "urn:fairshare:tds:000000000000:dev";
    private const string Key = "W3eFt0ppNctR4zng69EXy5cx4YBUEJFx_nCOAvfd1i0";

    private readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    [Fact]
    public void ReadAnchors_StoreWithItsKey_IsOne()
    {
        // The entry claims a login that this profile never made.
        var anchor = Assert.Single(With(new(Store, [Key], "http://store.example", DateTimeOffset.UnixEpoch)).ReadAnchors());
        Assert.Equal((Store, $"named by the trust file {workspace.At("trust.json")}"), (anchor.Store.ToString(), anchor.Source));
    }

    [Theory]
    [InlineData("732e6439-0d85-4c5c-a2d7-6dd10e5d7a5d", Key)]
    [InlineData("nobody", Key)]
    [InlineData(Store, null)]
    [InlineData(Store, "short")]
    public void ReadAnchors_EntryThatVouchesForNothing_IsRefused(string store, string? key)
    {
        var file = With(new(store, key is null ? [] : [key], "http://store.example", default));
        Assert.Contains("is not a trust file", Assert.Throws<InvalidDataException>(file.ReadAnchors).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not json", "see line 1, at $.")]
    [InlineData("", "see line 1, at $.")]
    [InlineData("{\"stores\":\n[{\"store\":7}]}", "see line 2, at $.stores[0].store.")]
    [InlineData("{}", "is not JSON of the form {\"stores\": [{")]
    [InlineData("null", "a null stands")]
    [InlineData("{\"stores\":[],\"stores\":[]}", "is not JSON of the form")]
    [InlineData("{\"Stores\":[]}", "is not JSON of the form")]
    [InlineData("{\"stores\":[null]}", "a null stands")]
    public void Stores_FileOfAnotherForm_AreRefusedWithItsNameAndThePlace(string content, string why)
    {
        File.WriteAllText(workspace.At("trust.json"), content);
        var message = Assert.Throws<InvalidDataException>(() => new TrustFile(workspace.At("trust.json")).Stores).Message;
        Assert.StartsWith($"{workspace.At("trust.json")} is not a trust file: ", message, StringComparison.Ordinal);
        Assert.Contains(why, message, StringComparison.Ordinal);
        Assert.DoesNotContain("FairShare.Client", message, StringComparison.Ordinal);
    }

    private TrustFile With(TrustedStore entry)
    {
        var file = new TrustFile(workspace.At("trust.json"));
        file.Write(entry);
        return file;
    }
}
