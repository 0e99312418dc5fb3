using FairShare.Cli.Output;
using FairShare.Client.Tests.Support;

namespace FairShare.Client.Tests.Cli.Built.Vault;

/// <summary><c>demo vault</c> shows what the vault does, and says if something is not so.</summary>
public sealed class DemoTests : IDisposable
{
    private readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    [Fact]
    public async Task Demo_OfAFolder_HoldsAndKeepsWhatWasFetched()
    {
        var folder = SampleFolder.Make(workspace.At("photos"), 30, 5000);

        var answer = (await Nobody.RunAsync("demo", "vault", folder, "--out", workspace.At("out"), "--json")).Answer;

        Assert.True(answer["holds"]!.GetValue<bool>());
        Assert.Equal(["bob.same", "wrong.refused", "carol.same", "last.erased"], answer["checks"]!.AsObject().Select(check => check.Key));
        Assert.Equal(FolderListing.Of(folder), FolderListing.Of(workspace.At("out", "photos")));
    }

    [Fact]
    public async Task Demo_WithTheMeter_CostsAtMostTwentyFiveDollarsAMillion()
    {
        var answer = (await Nobody.RunAsync("demo", "vault", "--meter", "--json")).Answer;
        Assert.InRange(answer["meter"]!["dollarsPerMillion"]!.GetValue<double>(), 10, 25);
    }

    [Fact]
    public async Task Demo_OfWhatIsNotThere_IsEight() =>
        (await Nobody.RunAsync("demo", "vault", workspace.At("nothing"))).Require(ExitCode.LocalFile, "file-not-found");

    private BuiltCommand Nobody => new(workspace.At("nobody"));
}
