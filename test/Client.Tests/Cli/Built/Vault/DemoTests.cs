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
    public async Task Demo_WithTheMeter_CountsWhatAnItemCostsUntilItIsErased()
    {
        var units = (await Nobody.RunAsync("demo", "vault", "--meter", "--json")).Answer["meter"]!["units"]!;
        // What a function's time costs depends on the machine; all else is under 25 dollars a million.
        Assert.Equal(20, units["dynamodb.writeRequestUnit"]!.GetValue<double>());
        Assert.InRange(units["dynamodb.readRequestUnit"]!.GetValue<double>(), 1, 3);
        Assert.Equal(4, units["apiGateway.httpRequest"]!.GetValue<double>());
        Assert.Equal((1, 2), (units["s3.put"]!.GetValue<double>(), units["s3.get"]!.GetValue<double>()));
    }

    [Fact]
    public async Task Demo_OfWhatIsNotThere_IsEight() =>
        (await Nobody.RunAsync("demo", "vault", workspace.At("nothing"))).Require(ExitCode.LocalFile, "file-not-found");

    private BuiltCommand Nobody => new(workspace.At("nobody"));
}
