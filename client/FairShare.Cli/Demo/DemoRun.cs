using FairShare.Cli.Output;
using FairShare.Client.Bundles;
using FairShare.Client.Evidence;
using FairShare.Client.Exchange;
using FairShare.Client.Transfers;
using FairShare.Core.Identifiers;
using FairShare.Exchange.Evidence;
using TemplateHost.Hosting;

namespace FairShare.Cli.Demo;

/// <summary>One exchange between Alice and Bob on a host of their own, and its verification with nothing but the files.</summary>
/// <param name="host">The host.</param>
/// <param name="folders">Where the files are.</param>
/// <param name="narrator">Is told each message.</param>
/// <param name="terminal">Shows how a large file goes.</param>
/// <param name="time">The clock.</param>
/// <param name="filling">What the two do after it; null for nothing.</param>
internal sealed class DemoRun(
    EmbeddedHost host,
    DemoFolders folders,
    DemoNarrator narrator,
    Terminal terminal,
    TimeProvider time,
    DemoFilling? filling
)
{
    // Below this a bar would only flicker.
    private const long BarThreshold = 32L << 20;

    /// <summary>What the demonstration came to.</summary>
    /// <param name="Verdict">The evidence, verified offline, with the document's digest.</param>
    /// <param name="SameBytes">Whether the received file is the sent one, byte for byte.</param>
    /// <param name="Calls">The calls of the API, both parties'.</param>
    /// <param name="Metered">What the services would have billed for this exchange, the first that they ever served.</param>
    /// <param name="MeteredNext">The same of a second exchange, when asked for: what one of many costs.</param>
    internal sealed record Outcome(
        FolderVerdict Verdict,
        bool SameBytes,
        IReadOnlyList<string> Calls,
        MeterReading Metered,
        MeterReading? MeteredNext
    )
    {
        /// <summary>That each token stands in the log.</summary>
        public required IReadOnlyList<EvidenceCheck> Logged { get; init; }

        /// <summary>What the bundle has of the log; null for nothing.</summary>
        public required LogEvidence? Log { get; init; }

        /// <summary>What the two sign in with.</summary>
        public required IReadOnlyList<DemoLogin> Logins { get; init; }

        public bool Holds => Verdict.IsVerified && Verdict.DocumentWasChecked && SameBytes && Logged.All(check => check.Passed);
    }

    public async Task<Outcome> RunAsync(PutSource source, long? deadlineSeconds, bool meterNext, CancellationToken cancellationToken)
    {
        using var alice = await DemoParty.JoinAsync("Alice", host, folders.Profile("alice"), time, cancellationToken);
        using var bob = await DemoParty.JoinAsync("Bob", host, folders.Profile("bob"), time, cancellationToken);
        DemoParty[] both = [alice, bob];
        foreach (var party in both)
        {
            narrator.Say($"{party.Name} is party {party.Id}, signs with the self-held key {party.Signer.KeyId}");
            await party.MeetAsync(both, cancellationToken);
            party.Counter.Reset();
        }

        var meter = new DemoMeter(() => host.MeterTotals, time);
        meter.Start();
        var received = await ExchangeAsync(alice, bob, source, deadlineSeconds, folders.Out, narrator.Step, cancellationToken);
        string[] calls = [.. both.SelectMany(party => party.Counter.Calls.Select(call => $"{party.Name}: {call}"))];
        var metered = await meter.StopAsync(cancellationToken);
        var next = meterNext ? await MeterNextAsync(alice, bob, meter, cancellationToken) : null;
        var logged = await new DemoLog(host, time).ProveAsync(
            new EvidenceFolder(folders.Out),
            alice.Client.Service,
            narrator.Step,
            cancellationToken
        );
        var bundle = await WriteBundleAsync(alice.Client, cancellationToken);
        var verdict = await new EvidenceFolder(folders.Out).VerifyAsync(
            received,
            [alice.Client.Store.ToPinnedAnchor()],
            null,
            cancellationToken
        );
        await (filling?.RunAsync(alice, bob, cancellationToken) ?? Task.CompletedTask);
        return new Outcome(verdict, await SameBytes.CompareAsync(source.Path, received, cancellationToken), calls, metered, next)
        {
            Logged = logged,
            Log = bundle,
            Logins = [.. both.Select(party => party.Login)],
        };
    }

    private async Task<LogEvidence?> WriteBundleAsync(FairShareClient client, CancellationToken cancellationToken)
    {
        var challenge = await File.ReadAllTextAsync(Path.Combine(folders.Out, "challenge.jws"), cancellationToken);
        var exchange = EvidenceToken.Parse(challenge.Trim()).Statement.Exchange!.Value;
        var evidence = await client.GetEvidenceAsync(exchange, cancellationToken);
        return await client.WriteBundleAsync(
            evidence,
            new EvidenceBundle(Path.Combine(folders.Out, DemoFolders.Bundle)),
            [],
            authority: null,
            cancellationToken
        );
    }

    private async Task<MeterReading> MeterNextAsync(DemoParty alice, DemoParty bob, DemoMeter meter, CancellationToken cancellationToken)
    {
        var source = new PutSource(folders.MakeSample("agreement-2.txt", time.GetUtcNow()), "text/plain");
        meter.Start();
        await ExchangeAsync(alice, bob, source, null, folders.Next, null, cancellationToken);
        return await meter.StopAsync(cancellationToken);
    }

    private async Task<string> ExchangeAsync(
        DemoParty alice,
        DemoParty bob,
        PutSource source,
        long? deadlineSeconds,
        string output,
        Action<StepReport>? steps,
        CancellationToken cancellationToken
    )
    {
        var large = new FileInfo(source.Path).Length > BarThreshold;
        var order = new PutOrder(
            source.Path,
            DocumentName.Parse(Path.GetFileName(source.Path)),
            MediaType.Parse(source.MediaType),
            [bob.Id]
        );
        var deposit = await TransferAsync(
            large,
            progress => alice.Client.PutAsync(order, alice.Signer, new TransferWatch(progress, steps), cancellationToken)
        );
        var exchange = await bob.Client.OpenAsync(deposit.Document.Id, deadlineSeconds, new TransferWatch(null, steps), cancellationToken);
        var evidence = new EvidenceFolder(output);
        var received = await TransferAsync(
            large,
            progress =>
                bob.Client.AcceptAsync(exchange, evidence.DocumentFolder, bob.Signer, new TransferWatch(progress, steps), cancellationToken)
        );
        var began = time.GetTimestamp();
        var collected = await alice.Client.GetEvidenceAsync(exchange.Id, cancellationToken);
        steps?.Invoke(new StepReport("7", "TDS", "A", "evidence of receipt (NRR), release record", time.GetElapsedTime(began)));
        alice.Client.WriteEvidence(collected, evidence);
        return received.Path;
    }

    private Task<T> TransferAsync<T>(bool large, Func<Action<TransferProgress>?, Task<T>> work) =>
        narrator.HoldAsync(large && terminal.ShowsProgress, () => large ? terminal.WithProgressAsync(work) : work(null));
}

/// <summary>What Alice sends.</summary>
/// <param name="Path">The file.</param>
/// <param name="MediaType">Its media type.</param>
internal sealed record PutSource(string Path, string MediaType);
