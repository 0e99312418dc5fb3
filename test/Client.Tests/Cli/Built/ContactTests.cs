using FairShare.Cli.Output;
using FairShare.Client.Tests.Support;

namespace FairShare.Client.Tests.Cli.Built;

/// <summary>Parties have names: by the built command, against <c>up</c>.</summary>
public sealed class ContactTests(UpFixture up) : IClassFixture<UpFixture>, IDisposable
{
    private readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    [Fact]
    public async Task Contacts_LineHandedOver_NamesThePartyEverywhere()
    {
        var (alice, _) = await up.JoinAsync();
        var (bob, address) = await up.JoinAsync();
        var line = (await bob.RunAsync("whoami", "--name", "Bob")).Output.Trim();
        Assert.StartsWith($"Bob <{address}> ", line, StringComparison.Ordinal);
        _ = (await alice.RunAsync("contacts", "add", line, "--json")).Answer;
        _ = (await bob.RunAsync("contacts", "add", (await alice.RunAsync("whoami", "--name", "Alice")).Output.Trim(), "--json")).Answer;

        var source = workspace.MakeFile("contract.bin", 100);
        var byName = (await alice.RunAsync("put", source, "--to", "bob", "--json")).Answer["fileId"]!.ToString();
        var byAddress = (await alice.RunAsync("put", source, "--to", address.ToUpperInvariant(), "--json")).Answer["fileId"]!.ToString();
        var listed = (await bob.RunAsync("list")).Output;
        Assert.Matches($@"DOCUMENT +STATE +DEPOSITED +BYTES +NAME +FROM +FOR", listed);
        Assert.Matches($@"{byName} +Deposited +\S+Z +100 +contract.bin +Alice +you", listed);
        var waiting = alice.RunAsync("inbox", "--wait");
        while (!waiting.IsCompleted && !File.Exists(workspace.At("out", "contract.bin")))
        {
            // It must be seen to wait before anything arrives: what arrives before its first look is not new.
            await Task.Delay(TimeSpan.FromSeconds(4), TestContext.Current.CancellationToken);
            _ = (await bob.RunAsync("get", byAddress, "--out", workspace.At("out"), "--yes", "--json")).Answer;
        }

        Assert.Matches(@"7 +received and receipted +100 +contract.bin +Bob ", (await waiting).Output);
        Assert.Matches(@"Completed +\S+Z +\S+Z +100 +contract.bin +you +Bob", (await alice.RunAsync("exchanges")).Output);
        _ = (await alice.RunAsync("contacts", "remove", "Bob", "--json")).Answer;
        (await alice.RunAsync("put", source, "--to", "bob")).Require(ExitCode.Usage, "unknown-contact");
    }

    [Fact]
    public async Task Put_ContactThatTwoAreCalled_IsRefusedAndNamesBoth()
    {
        var (alice, _) = await up.JoinAsync();
        var line = (await up.Bob.RunAsync("whoami", "--name", "Sam")).Output.Trim();
        var other = (await up.Alice.RunAsync("whoami", "--name", "Sam")).Output.Trim();
        _ = (await alice.RunAsync("contacts", "add", line, "--json")).Answer;
        _ = (await alice.RunAsync("contacts", "add", other, "--json")).Answer;

        var run = await alice.RunAsync("put", workspace.MakeFile("a.bin", 1), "--to", "sam");

        run.Require(ExitCode.Usage, "ambiguous-contact");
        Assert.Contains(line[..line.LastIndexOf(' ')], run.Error, StringComparison.Ordinal);
        Assert.Contains(other[..other.LastIndexOf(' ')], run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Put_PartyThatNobodyIs_IsRefusedBeforeAnythingIsSent()
    {
        var run = await up.Alice.RunAsync("put", workspace.MakeFile("unsent.bin", 1), "--to", "0f8fad5b-d9cb-469f-a165-70867728950e");
        run.Require(ExitCode.Usage, "unknown-party");
        Assert.DoesNotContain("unsent.bin", (await up.Alice.RunAsync("list", "--mine")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Put_AddressOfNoContact_IsLookedUpOnceItsPartyAllowsIt()
    {
        var (bob, address) = await up.JoinAsync();
        var source = workspace.MakeFile("contract.bin", 100);
        var hidden = (await up.Alice.RunAsync("put", source, "--to", address)).Require(ExitCode.Usage, "unknown-contact");
        Assert.Contains("fairshare lookup enable", hidden.Error, StringComparison.Ordinal);
        var unknown = (await up.Alice.RunAsync("put", source, "--to", "nobody@up.example.com")).Require(ExitCode.Usage, "unknown-contact");
        Assert.Equal(hidden.Error, unknown.Error.Replace("nobody@up.example.com", address, StringComparison.Ordinal));

        _ = (await bob.RunAsync("lookup", "enable", "--json")).Answer;
        var found = (await up.Alice.RunAsync("lookup", "find", address, "--json")).Answer["party"]!.ToString();
        var put = await up.Alice.RunAsync("put", source, "--to", address);
        Assert.True(put.ExitCode == 0, put.Error);
        Assert.Contains($"{address} is party {found}, says the service.", put.Output, StringComparison.Ordinal);
        Assert.Contains("contract.bin", (await bob.RunAsync("list")).Output, StringComparison.Ordinal);

        _ = (await bob.RunAsync("lookup", "disable", "--json")).Answer;
        (await up.Alice.RunAsync("lookup", "find", address)).Require(ExitCode.Refused, "party-not-found");
    }

    [Fact]
    public async Task LookupFind_WhatIsNoAddress_IsRefused() =>
        (await up.Alice.RunAsync("lookup", "find", "bob")).Require(ExitCode.Usage, "invalid-email");

    [Theory]
    [InlineData("Bob")]
    [InlineData("Bob <bob@example.com>")]
    [InlineData("Bob <bob@example.com> nobody")]
    [InlineData("Bob <bob@example.com> 0f8fad5b-d9cb-469f-a165-70867728950e nokey")]
    [InlineData("<bob@example.com> 0f8fad5b-d9cb-469f-a165-70867728950e")]
    public async Task ContactsAdd_LineThatIsNone_IsRefused(string line) =>
        (await up.Alice.RunAsync("contacts", "add", line)).Require(ExitCode.Usage, "invalid-contact");

    [Theory]
    [InlineData("you")]
    [InlineData("You")]
    [InlineData("0f8fad5b-d9cb-469f-a165-70867728950e")]
    [InlineData("0F8FAD5B-D9CB-469F-A165-70867728950E")]
    [InlineData("urn:fairshare:tds:other")]
    [InlineData("carol@example.com")]
    [InlineData("Bob <bob@example.com>")]
    [InlineData("a>b")]
    [InlineData(" Bob")]
    [InlineData("B\u202Eob")]
    public async Task ContactsAdd_NameThatReadsAsSomethingElse_IsRefused(string name)
    {
        var (alice, _) = await up.JoinAsync();
        var line = (await up.Bob.RunAsync("whoami", "--name", "Bob")).Output.Trim();
        (await alice.RunAsync("contacts", "add", line, "--name", name)).Require(ExitCode.Usage, "invalid-contact-name");
        (await alice.RunAsync("whoami", "--name", name)).Require(ExitCode.Usage, "invalid-contact-name");
        Assert.Empty((await alice.RunAsync("contacts", "list", "--json")).Answer["contacts"]!.AsArray());
    }

    [Fact]
    public async Task ContactsAdd_LineWhoseNameIsYou_IsRefusedAndTakenUnderAnother()
    {
        var (alice, _) = await up.JoinAsync();
        var line = (await up.Bob.RunAsync("whoami", "--name", "Bob")).Output.Trim();
        line = "you" + line[3..];
        (await alice.RunAsync("contacts", "add", line)).Require(ExitCode.Usage, "invalid-contact-name");
        Assert.Equal("Bob", (await alice.RunAsync("contacts", "add", line, "--name", "Bob", "--json")).Answer["name"]!.ToString());
    }

    [Fact]
    public async Task Put_ContactWhoseKeyTheServiceDoesNotName_IsRefusedBeforeAnythingIsSent()
    {
        var (alice, _) = await up.JoinAsync();
        await AddWithKeyOfAsync(alice, up.Bob, keyOf: up.Alice);

        var run = await alice.RunAsync("put", workspace.MakeFile("unsent.bin", 1), "--to", "sam");

        run.Require(ExitCode.NotVerified, "contact-key-differs");
        Assert.Contains("sam", run.Error, StringComparison.OrdinalIgnoreCase);
        Assert.Empty((await alice.RunAsync("list", "--mine", "--json")).Answer["documents"]!.AsArray());
    }

    [Fact]
    public async Task Get_SenderWhoseKeyTheServiceDoesNotName_SignsNothing()
    {
        var (bob, _) = await up.JoinAsync();
        await AddWithKeyOfAsync(bob, up.Alice, keyOf: up.Bob);
        var document = await up.DepositAsync(workspace.MakeFile("contract.bin", 10));

        var run = await bob.RunAsync("get", document, "--yes", "--out", workspace.At("out"));

        run.Require(ExitCode.NotVerified, "contact-key-differs");
        Assert.Contains("Nothing was signed", run.Error, StringComparison.Ordinal);
        var exchange = Assert.Single((await bob.RunAsync("exchanges", "--json")).Answer["exchanges"]!.AsArray())!;
        Assert.Equal("AwaitingReceipt", exchange["state"]!.ToString());
        Assert.Contains(exchange["exchangeId"]!.ToString(), run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Put_ContactWhoseKeyHasRetired_IsDeposited()
    {
        var (alice, _) = await up.JoinAsync();
        var (bob, _) = await up.JoinAsync();
        _ = (await alice.RunAsync("contacts", "add", (await bob.RunAsync("whoami", "--name", "Bob")).Output.Trim(), "--json")).Answer;
        var old = (await bob.RunAsync("whoami", "--json")).Answer["kid"]!.ToString();
        _ = (await bob.RunAsync("keys", "add", "--json")).Answer;
        _ = (await bob.RunAsync("keys", "retire", old, "--json")).Answer;
        _ = (await alice.RunAsync("put", workspace.MakeFile("a.bin", 1), "--to", "bob", "--json")).Answer;
    }

    /// <summary>Adds somebody as Sam, with the key of somebody else in the line.</summary>
    private static async Task AddWithKeyOfAsync(BuiltCommand person, BuiltCommand somebody, BuiltCommand keyOf)
    {
        var line = (await somebody.RunAsync("whoami", "--name", "Sam")).Output.Trim();
        var key = (await keyOf.RunAsync("whoami", "--json")).Answer["kid"]!.ToString();
        _ = (await person.RunAsync("contacts", "add", $"{line[..line.LastIndexOf(' ')]} {key}", "--json")).Answer;
    }
}
