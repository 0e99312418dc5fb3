using FairShare.Cli.Output;
using FairShare.Client.Http;
using FairShare.Client.Transfers;
using FairShare.Client.Vault.Catalogue;
using FairShare.Client.Vault.Items;
using FairShare.Core.Encoding;
using FairShare.Core.Identifiers;
using FairShare.Exchange.Evidence;
using FairShare.Vault.Codes;
using FairShare.Vault.Objects;
using FairShare.Vault.Packing;
using TemplateHost.Hosting;

namespace FairShare.Cli.Demo.Vault;

/// <summary>
/// Alice stores something for two opens under a password; somebody without an account fetches it elsewhere, errs once, and finds it erased
/// after the last open.
/// </summary>
internal sealed class VaultDemoRun(EmbeddedHost host, DemoFolders folders, DemoNarrator narrator, Terminal terminal, TimeProvider time)
{
    private const int PasswordLength = 12;
    private static readonly TimeSpan Life = TimeSpan.FromDays(1);

    private readonly SystemRandomness randomness = new();
    private readonly List<EvidenceCheck> checks = [];

    public async Task<VaultDemoOutcome> RunAsync(string path, bool meters, CancellationToken cancellationToken)
    {
        using var alice = await DemoParty.JoinAsync("Alice", host, folders.Profile("alice"), time, cancellationToken);
        using var connection = new HttpClient { BaseAddress = new Uri(host.ApiUrl.TrimEnd('/') + "/") };
        using var transfers = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        var stranger = new VaultClient(new FairShareApi(connection, null, time, randomness), transfers, time, randomness);
        var store = new VaultClient(alice.Client.Api, transfers, time, randomness);
        var password = Secret();
        var item = await PutAsync(store, "alice", path, password, opens: 2, cancellationToken);
        await FetchAsync(stranger, item, password, path, "bob", cancellationToken);
        await ErrAsync(stranger, item, cancellationToken);
        await FetchAsync(stranger, item, password, path, "carol", cancellationToken);
        await FindGoneAsync(stranger, item, password, cancellationToken);
        var metered = meters ? await MeterAsync(store, stranger, cancellationToken) : ((MeterReading, MeterReading)?)null;
        return new(checks, SameTree.Files(path), item.ContentLength, item.Size, metered);
    }

    private async Task<StoredItem> PutAsync(
        VaultClient client,
        string who,
        string path,
        string password,
        int opens,
        CancellationToken cancellationToken
    )
    {
        var folder = new VaultFolder(new(folders.Profile(who)), randomness);
        using var key = folder.Key.Exists ? folder.Key.Open(password) : folder.Key.Create(password, randomness);
        var journal = new PutJournal(folder, key, host.ApiUrl, time);
        var content = new TreeContent(SourceTree.List(path));
        var order = new VaultPutOrder(content, path, VaultMode.Password, password, Life, opens) { Source = path };
        var item = await TransferAsync(progress => client.PutAsync(order, journal, progress, cancellationToken));
        narrator.Say($"Alice stores {path} for {(opens == 1 ? "one open" : "two opens")} under the password {password}.");
        narrator.Say($"  code    {item.Code}");
        narrator.Say($"  cookie  {VaultCookie.Write(item.Code.Secret)}");
        narrator.Say($"  The service has {item.Size} bytes that it cannot read, under the id {item.Id}.");
        return item;
    }

    private async Task FetchAsync(
        VaultClient client,
        StoredItem item,
        string password,
        string original,
        string who,
        CancellationToken cancellationToken
    )
    {
        var target = who == "bob" ? folders.Out : Path.Combine(folders.Next, who);
        var received = await TransferAsync(progress =>
            Get(client, who).RunAsync(item.Code, password, new VaultDestination.Folder(target, "piped"), progress, cancellationToken)
        );
        var same = await SameTree.CompareAsync(original, received.Paths[0], cancellationToken);
        Check($"{who}.same", same, $"what {who} fetched is what Alice stored; opens left: {received.OpensLeft}");
    }

    private async Task ErrAsync(VaultClient client, StoredItem item, CancellationToken cancellationToken) =>
        Check(
            "wrong.refused",
            await RefusedAsync(client, item, Secret(), cancellationToken) == "vault-wrong-password",
            "another password opens nothing, and costs a guess and no open"
        );

    private async Task FindGoneAsync(VaultClient client, StoredItem item, string password, CancellationToken cancellationToken) =>
        Check(
            "last.erased",
            await RefusedAsync(client, item, password, cancellationToken) == "vault-item-gone",
            "after the last open code and password open nothing"
        );

    private async Task<string?> RefusedAsync(VaultClient client, StoredItem item, string password, CancellationToken cancellationToken)
    {
        try
        {
            var destination = new VaultDestination.Folder(Path.Combine(folders.Next, "nobody"), "piped");
            await Get(client, "nobody").RunAsync(item.Code, password, destination, null, cancellationToken);
            return null;
        }
        catch (FairShareProblem problem)
        {
            return problem.Code;
        }
    }

    private async Task<(MeterReading First, MeterReading Next)> MeterAsync(
        VaultClient store,
        VaultClient opener,
        CancellationToken cancellationToken
    )
    {
        var readings = new List<MeterReading>();
        for (var round = 0; round < 2; round++)
        {
            var path = folders.MakeNoise($"noise-{round}.bin");
            var meter = new DemoMeter(host, time);
            meter.Start();
            // Its only open is done, so that its erasure is counted too.
            var item = await PutAsync(store, "meter", path, "metered", opens: 1, cancellationToken);
            var target = new VaultDestination.Folder(Path.Combine(folders.Next, $"metered-{round}"), "piped");
            await Get(opener, "meter").RunAsync(item.Code, "metered", target, null, cancellationToken);
            readings.Add((await meter.StopAsync(cancellationToken)).Without("sqs"));
        }

        return (readings[0], readings[1]);
    }

    private VaultGetOperation Get(VaultClient client, string who) =>
        new(client, new VaultFolder(new(folders.Profile(who)), randomness), randomness);

    private void Check(string name, bool passed, string detail)
    {
        checks.Add(new(name, passed, detail));
        narrator.Say($"{(passed ? "ok  " : "FAIL")}  {detail}");
    }

    private string Secret()
    {
        Span<byte> bytes = stackalloc byte[PasswordLength];
        randomness.Fill(bytes);
        return Base64UrlText.Encode(bytes);
    }

    private Task<T> TransferAsync<T>(Func<Action<TransferProgress>?, Task<T>> work) =>
        narrator.HoldAsync(terminal.ShowsProgress, () => terminal.WithProgressAsync(work));
}
