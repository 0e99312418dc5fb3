using System.Text;
using FairShare.Cli.Output;
using FairShare.Client.Tests.Support;

namespace FairShare.Client.Tests.Cli.Built.Vault;

/// <summary>What is stored is fetched elsewhere as it was: by the built command, against <c>up</c>.</summary>
public sealed class PutAndGetTests(UpFixture up) : IClassFixture<UpFixture>, IDisposable
{
    private readonly Workspace workspace = new();

    private BuiltCommand Stranger => workspace.Stranger();

    public void Dispose() => workspace.Dispose();

    [Fact]
    public async Task Get_FolderOfAThousandFiles_IsTheSameTree()
    {
        // 30 MB; 300 in the long form.
        var isLong = Environment.GetEnvironmentVariable("FAIRSHARE_LONG_TESTS") == "1";
        var folder = SampleFolder.Make(workspace.At("photos"), 1000, isLong ? 300_000 : 30_000);
        var item = await up.Alice.Knowing("bicycle").PutItemAsync(folder, "--password", "--opens", "2");

        var got = (await Stranger.Knowing("bicycle").GetItemAsync(item, "--out", workspace.At("out"))).Answer;

        Assert.Equal(FolderListing.Of(folder), FolderListing.Of(workspace.At("out", "photos")));
        Assert.StartsWith("P-", item["code"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal((1000, 1), (got["files"]!.GetValue<int>(), got["opensLeft"]!.GetValue<int>()));
        Assert.Equal(item["size"]!.GetValue<long>(), got["size"]!.GetValue<long>());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(100_000)]
    [InlineData(20_000_000)]
    public async Task Get_FileOfAnySize_IsTheSame(int size)
    {
        var source = workspace.MakeFile("contract.bin", size);
        var item = await up.Alice.PutItemAsync(source);

        _ = (await Stranger.GetItemAsync(item, "--out", workspace.At("out"))).Answer;

        Assert.StartsWith("L-", item["code"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal(await File.ReadAllBytesAsync(source, Stop), await File.ReadAllBytesAsync(workspace.At("out", "contract.bin"), Stop));
        Assert.Single(Directory.EnumerateFileSystemEntries(workspace.At("out")));
    }

    [Fact]
    public async Task Get_WhatWasPipedIn_IsAFileOrTheStandardOutput()
    {
        var text = string.Join('\n', Enumerable.Range(0, 5000));
        var item = (await up.Alice.RunWithInputAsync(Encoding.ASCII.GetBytes(text), "vault", "put", "-", "--json")).Answer;

        var piped = await Stranger.RunAsync("vault", "get", item["link"]!.ToString(), "--out", "-");
        _ = (await Stranger.GetItemAsync(item, "--out", workspace.At("out"), "--name", "numbers.txt")).Answer;

        Assert.Equal((0, text, ""), (piped.ExitCode, piped.Output, piped.Error));
        Assert.Equal(text, await File.ReadAllTextAsync(workspace.At("out", "numbers.txt"), Stop));
    }

    [Fact]
    public async Task Put_MoreThanAPipeMayHave_IsRefusedAndLeavesNothing()
    {
        var run = await up.Bob.RunWithInputAsync(new byte[20_000], "vault", "put", "-", "--max-size", "19999");
        run.Require(ExitCode.LocalFile, "vault-content-too-large");
        Assert.Contains("More than 19999 bytes came.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_ByEachWayThatAnItemIsWritten_IsTheSame()
    {
        var item = await up.Alice.Knowing("bicycle").PutItemAsync(workspace.MakeFile("a.bin", 10), "--password");
        var code = item["code"]!.ToString();
        string[] ways = [code, code.ToLowerInvariant().Replace("-", "", StringComparison.Ordinal), item["cookie"]!.ToString()];
        for (var way = 0; way < ways.Length; way++)
        {
            var run = await Stranger
                .Knowing("bicycle")
                .RunAsync("vault", "get", ways[way], "--service", up.Url, "--out", workspace.At($"{way}"), "--json");
            Assert.Equal(10, run.Answer["size"]!.GetValue<int>());
        }
    }

    [Fact]
    public async Task Get_TheLastOpen_ErasesTheItem()
    {
        var item = await up.Alice.PutItemAsync(workspace.MakeFile("a.bin", 50_000), "--opens", "1");
        var got = (await Stranger.GetItemAsync(item, "--out", workspace.At("first"))).Answer;

        var again = (await Stranger.GetItemAsync(item, "--out", workspace.At("second")));

        Assert.Equal(0, got["opensLeft"]!.GetValue<int>());
        Assert.Equal(ExitCode.Refused, again.ExitCode);
        Assert.Contains("vault-item-gone", again.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(workspace.At("second")));
    }

    [Theory]
    [InlineData("caf\u00e9", "cafe\u0301")]
    [InlineData("x", "x")]
    public async Task Get_PasswordInAnotherUnicodeForm_IsTheSame(string stored, string typed)
    {
        var item = await up.Alice.Knowing(stored).PutItemAsync(workspace.MakeFile("a.bin", 10), "--password");
        _ = (await Stranger.Knowing(typed).GetItemAsync(item, "--out", workspace.At("out"))).Answer;
    }

    [Fact]
    public async Task Get_PasswordOfTenKilobytes_IsNotCut()
    {
        var password = new string('p', 10_000);
        await File.WriteAllTextAsync(workspace.At("password"), password + "\n", Stop);
        await File.WriteAllTextAsync(workspace.At("cut"), password[..^1], Stop);
        var item = await up.Alice.PutItemAsync(workspace.MakeFile("a.bin", 10), "--password-file", workspace.At("password"));

        (await Stranger.RunAsync("vault", "get", item["link"]!.ToString(), "--password-file", workspace.At("cut"))).Require(
            ExitCode.Refused,
            "vault-wrong-password"
        );
        _ = (await Stranger.GetItemAsync(item, "--password-file", workspace.At("password"), "--out", workspace.At("out"))).Answer;
    }

    [Fact]
    public async Task Get_Raw_IsTheObjectThatAgeZstdAndTarOpen()
    {
        var folder = SampleFolder.Make(workspace.At("photos"), 50, 1000);
        var item = await up.Alice.PutItemAsync(folder);
        _ = (await Stranger.GetItemAsync(item, "--raw", workspace.At("item.age"))).Answer;
        Assert.Equal(item["objectSize"]!.GetValue<long>(), new FileInfo(workspace.At("item.age")).Length);
        AgeCommand.Require();

        await AgeCommand.ExtractAsync(workspace.At("item.age"), item["code"]!.ToString(), workspace.At("out"));

        Assert.Equal(FolderListing.Of(folder), FolderListing.Of(workspace.At("out", "photos")));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;
}
