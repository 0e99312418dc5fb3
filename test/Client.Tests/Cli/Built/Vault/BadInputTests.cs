using FairShare.Cli.Output;
using FairShare.Client.Tests.Support;

namespace FairShare.Client.Tests.Cli.Built.Vault;

/// <summary>What is wrong is named, and nothing is changed by it.</summary>
public sealed class BadInputTests(UpFixture up) : IClassFixture<UpFixture>, IDisposable
{
    private readonly Workspace workspace = new();

    private BuiltCommand Stranger => workspace.Stranger();

    public void Dispose() => workspace.Dispose();

    [Fact]
    public async Task Get_OneWrongSymbol_IsNoticedBeforeAnythingIsAsked()
    {
        var item = await PutAsync("--opens", "1");
        var code = item["code"]!.ToString().ToCharArray();
        for (var place = 2; place < code.Length; place += 7)
        {
            var wrong = (char[])code.Clone();
            wrong[place] = code[place] == '7' ? '8' : '7';
            var run = await Stranger.RunAsync("vault", "get", new string(wrong), "--service", "http://127.0.0.1:1");
            run.Require(ExitCode.Usage, "invalid-vault-code");
            Assert.DoesNotContain(new string(wrong), run.Error, StringComparison.Ordinal);
        }

        _ = (await Stranger.GetItemAsync(item, "--out", workspace.At("out"))).Answer;
    }

    [Fact]
    public async Task Get_WrongPassword_IsRefusedAndCostsNoOpen()
    {
        var item = await up.Alice.Knowing("right").PutItemAsync(workspace.MakeFile("a.bin", 10), "--password", "--opens", "1");

        var run = await Stranger.Knowing("wrong").RunAsync("vault", "get", item["link"]!.ToString(), "--out", workspace.At("out"));

        run.Require(ExitCode.Refused, "vault-wrong-password");
        Assert.False(Directory.Exists(workspace.At("out")));
        _ = (await Stranger.Knowing("right").GetItemAsync(item, "--out", workspace.At("out"))).Answer;
    }

    [Fact]
    public async Task Get_CodeOfNothing_IsNotFound()
    {
        var run = await Stranger.Knowing("bicycle").RunAsync("vault", "get", "P-000G-40R4-0M30-E209-185G-R38E-1XJN", "--service", up.Url);
        run.Require(ExitCode.Refused, "vault-item-not-found");
    }

    [Theory]
    [InlineData("136021057210105094113039113188177221253072063999")]
    [InlineData("13602105721010509411303911318817722125307206312")]
    public async Task Get_BadCookie_IsRefused(string cookie) =>
        (await Stranger.RunAsync("vault", "get", cookie, "--service", up.Url)).Require(ExitCode.Usage, "invalid-vault-cookie");

    [Theory]
    [InlineData("ftp://example.com/v#P-1")]
    [InlineData("https://example.com/x#P-000G-40R4-0M30-E209-185G-R38E-1XJN")]
    public async Task Get_BadLink_IsRefused(string link) =>
        (await Stranger.RunAsync("vault", "get", link)).Require(ExitCode.Usage, "invalid-vault-link");

    [Theory]
    [InlineData("invalid-vault-limits", "--opens", "0")]
    [InlineData("invalid-vault-limits", "--opens", "1001")]
    [InlineData("invalid-vault-limits", "--expires", "0s")]
    [InlineData("invalid-vault-limits", "--expires", "366d")]
    [InlineData("invalid-time", "--expires", "7x")]
    [InlineData("invalid-time", "--expires", "-7d")]
    [InlineData("invalid-time", "--expires", "99999999999d")]
    public async Task Put_BadTerms_AreRefusedBeforeAnythingIsSent(string code, params string[] options) =>
        (await up.Alice.RunAsync(["vault", "put", workspace.MakeFile("a.bin", 10), .. options])).Require(ExitCode.Usage, code);

    [Fact]
    public async Task Put_EmptyPassword_IsRefused()
    {
        await File.WriteAllTextAsync(workspace.At("password"), "\n", TestContext.Current.CancellationToken);
        var run = await up.Alice.RunAsync("vault", "put", workspace.MakeFile("a.bin", 10), "--password-file", workspace.At("password"));
        run.Require(ExitCode.Usage, "invalid-vault-password");
    }

    [Fact]
    public async Task Put_WhatIsNotThere_IsRefused() =>
        (await up.Alice.RunAsync("vault", "put", workspace.At("nothing"))).Require(ExitCode.LocalFile, "file-not-found");

    [Fact]
    public async Task Put_FolderWithALinkThatLeadsOut_IsRefused()
    {
        var folder = SampleFolder.Make(workspace.At("folder"), 1, 10);
        File.CreateSymbolicLink(Path.Combine(folder, "out"), "/etc/passwd");
        var run = (await up.Alice.RunAsync("vault", "put", folder)).Require(ExitCode.NotVerified, "archive-unsafe");
        Assert.Equal(2, run.Error.Split("folder/out").Length);
    }

    [Fact]
    public async Task Put_NotLoggedIn_IsFive() =>
        (await Stranger.RunAsync("vault", "put", workspace.MakeFile("a.bin", 10))).Require(ExitCode.NotLoggedIn, "not-registered");

    [Fact]
    public async Task Put_AnotherPassphrase_IsSix()
    {
        await PutAsync();
        var run = await up.Alice.With("FAIRSHARE_PASSPHRASE", "another one").RunAsync("vault", "put", workspace.MakeFile("a.bin", 10));
        run.Require(ExitCode.NoKey, "wrong-passphrase");
    }

    [Fact]
    public async Task Get_WhereSomethingHasTheName_IsRefusedAndGoesOnElsewhereForNothing()
    {
        var item = await PutAsync("--opens", "1");
        Directory.CreateDirectory(workspace.At("out"));
        await File.WriteAllTextAsync(workspace.At("out", "a.bin"), "mine", TestContext.Current.CancellationToken);

        var run = await Stranger.RunAsync("vault", "get", item["link"]!.ToString(), "--out", workspace.At("out"));

        run.Require(ExitCode.LocalFile, "archive-target-exists");
        Assert.Contains("the same command costs no further open", run.Error, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(workspace.At("out", "a.bin"), TestContext.Current.CancellationToken));
        Assert.Single(Directory.EnumerateFileSystemEntries(workspace.At("out")));
        _ = (await Stranger.GetItemAsync(item, "--out", workspace.At("elsewhere"))).Answer;
    }

    [Fact]
    public async Task Get_WhatExpandsOverTheLimit_IsRefusedAndLeavesNothing()
    {
        await File.WriteAllBytesAsync(workspace.At("zeros"), new byte[50_000_000], TestContext.Current.CancellationToken);
        var item = await up.Alice.PutItemAsync(workspace.At("zeros"));
        Assert.True(item["objectSize"]!.GetValue<long>() < 50_000);

        var run = await Stranger.RunAsync("vault", "get", item["link"]!.ToString(), "--max-size", "1000000", "--out", workspace.At("out"));

        run.Require(ExitCode.LocalFile, "vault-payload-too-large");
        Assert.False(Directory.Exists(workspace.At("out")));
    }

    [Fact]
    public async Task Get_WithAFullDisk_LeavesNothingAndGoesOnForNothing()
    {
        using var disk = TemplateHost.Testing.SmallDisk.Mount("4m");
        Assert.SkipWhen(disk is null, "No disk can be mounted here: that takes root, and Linux.");
        var item = await up.Alice.PutItemAsync(workspace.MakeFile("large.bin", 6 << 20), "--opens", "1");

        var run = await Stranger.RunAsync("vault", "get", item["link"]!.ToString(), "--max-size", "99000000", "--out", disk!.Folder);

        run.Require(ExitCode.LocalFile, "archive-no-space");
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(disk.Folder), path => Path.GetFileName(path) != "lost+found");
        _ = (await Stranger.GetItemAsync(item, "--out", workspace.At("elsewhere"))).Answer;
    }

    private Task<System.Text.Json.Nodes.JsonObject> PutAsync(params string[] options) =>
        up.Alice.PutItemAsync(workspace.MakeFile("a.bin", 10), options);
}
