using FairShare.Cli.Output;
using FairShare.Client.Tests.Support;

namespace FairShare.Client.Tests.Cli.Built;

/// <summary>Two profiles for one service: of one person, and of two; by the built command, against <c>up</c>.</summary>
public sealed class TwoProfilesTests(UpFixture up) : IClassFixture<UpFixture>, IDisposable
{
    private readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    [Fact]
    public async Task Profiles_OfOnePerson_SignEachWithAKeyOfItsOwn()
    {
        var (person, address) = await up.JoinAsync();
        var other = person.With("FAIRSHARE_HOME", workspace.At("other"));
        var second = (await other.RunAsync("login", "--email", address, "--service", up.Url, "--json")).Answer;
        var first = (await person.RunAsync("whoami", "--json")).Answer;
        Assert.Equal(first["party"]!.ToString(), second["party"]!.ToString());
        Assert.NotEqual(first["kid"]!.ToString(), second["kid"]!.ToString());

        var source = workspace.MakeFile("a.bin", 10);
        foreach (var profile in new[] { person, other })
        {
            var document = (await profile.RunAsync("put", source, "--open", "--json")).Answer["fileId"]!.ToString();
            _ = (await up.Bob.RunAsync("get", document, "--yes", "--out", workspace.At(document), "--json")).Answer;
        }

        Assert.Equal(2, (await person.RunAsync("list", "--mine", "--json")).Answer["documents"]!.AsArray().Count);
        var keys = (await other.RunAsync("keys", "list", "--json")).Answer["keys"]!.AsArray();
        Assert.Equal(second["kid"]!.ToString(), Assert.Single(keys, key => key!["signing"]!.GetValue<bool>())!["kid"]!.ToString());
    }

    [Fact]
    public async Task Profiles_OfTwoPeople_AreNotMixed()
    {
        var (person, _) = await up.JoinAsync();
        var run = await person.RunAsync("login", "--email", up.BobsAddress, "--service", up.Url);
        run.Require(ExitCode.Usage, "profile-in-use");
        Assert.Contains(person.Home, run.Error, StringComparison.Ordinal);
        (await person.RunAsync("register", up.BobsAddress, "--service", up.Url)).Require(ExitCode.Usage, "profile-in-use");
    }
}
