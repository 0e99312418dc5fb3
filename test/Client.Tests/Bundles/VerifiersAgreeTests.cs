using FairShare.Client.Bundles;
using FairShare.Client.Tests.Support;

namespace FairShare.Client.Tests.Bundles;

/// <summary>The command and the verifier in JavaScript say the same of every bundle, word for word, and name what is wrong.</summary>
public sealed class VerifiersAgreeTests : IDisposable
{
    private readonly Workspace workspace = new();
    private readonly BundleScene scene = new();

    private Anchors Anchored => new(scene.Store.KeyId.ToString());

    public void Dispose()
    {
        scene.Dispose();
        workspace.Dispose();
    }

    [Fact]
    public Task Verify_ArchiveTricks_AreNamedByBoth() => RequireAsync([.. ArchiveCorpus.Cases(Whole())]);

    [Fact]
    public Task Verify_OtherFiles_AreNamedByBoth() => RequireAsync([.. new FileCorpus(scene).Cases()]);

    [Fact]
    public Task Verify_OtherStatements_AreNamedByBoth() => RequireAsync([.. new TokenCorpus(scene).Cases()]);

    [Fact]
    public Task Verify_OtherKeyRecords_AreNamedByBoth() => RequireAsync([.. new KeyRecordCorpus(scene).Cases()]);

    [Fact]
    public async Task Verify_OtherSuccessions_AreNamedByBoth()
    {
        using var corpus = new SuccessionCorpus(scene);
        await RequireAsync([.. corpus.FromTheFirst()], new Anchors(corpus.First.KeyId.ToString()));
        await RequireAsync([.. corpus.OfTheFormer()]);
        var (second, cases) = corpus.FromTheSecond();
        await RequireAsync(cases, new Anchors(second));
    }

    [Fact]
    public async Task Verify_OtherLogs_AreNamedByBoth()
    {
        using var log = new LogCorpus(scene);
        var anchors = Anchored with { LogKey = log.LogKey, WitnessKey = log.WitnessKey, StampKey = log.StampKey };
        var cases = await log.CasesAsync();
        await RequireAsync([.. cases.Where(bundle => bundle.Fault != "")], anchors);
        // What is not signed of a stamp may change; both say the same of it then, too.
        await VerifyAsync([.. cases.Where(bundle => bundle.Fault == "")], anchors);
    }

    [Fact]
    public async Task Verify_OtherAttachedStamps_AreNamedByBoth()
    {
        using var log = new LogCorpus(scene);
        await RequireAsync(await log.AttachedCasesAsync());
    }

    [Fact]
    public async Task Verify_LogOfNobody_IsNotBelieved()
    {
        using var log = new LogCorpus(scene);
        var whole = (await log.CasesAsync())[0];
        var (exitCode, output) = Assert.Single(await VerifyAsync([whole], Anchored));
        Assert.Equal(0, exitCode);
        Assert.Equal(2, output.Split("nobody vouches for it").Length - 1);
    }

    [Fact]
    public async Task Verify_BundleWithoutALogThatIsAskedFor_IsRefusedByBoth()
    {
        using var log = new LogCorpus(scene);
        await RequireAsync(
            [new BundleCase("no log", "log.checkpoint: the bundle has nothing", Whole())],
            Anchored with
            {
                LogKey = log.LogKey,
            }
        );
    }

    [Fact]
    public Task Verify_OtherForms_AreNamedByBoth() => RequireAsync([.. new FormCorpus(scene).Cases()]);

    [Fact]
    public async Task Verify_AnyOctetChanged_IsRefusedByBothOrChangesNoFile()
    {
        var whole = Whole();
        // Steps that are coprime to whatever lies there at regular distances.
        var cases = Enumerable.Range(0, whole.Length / 37).Select(number => Flip(whole, number * 37, 1 << (number % 8))).ToList();
        var verdicts = await VerifyAsync(cases, Anchored);
        foreach (var (changed, verdict) in cases.Zip(verdicts))
        {
            Assert.True(verdict.ExitCode == 3 || HasSameFiles(whole, changed.Archive), $"{changed.Name}\n{verdict.Output}");
        }

        // Times and versions in the headers of the archive are all that may change, and they are few.
        Assert.True(verdicts.Count(verdict => verdict.ExitCode == 3) > cases.Count * 9 / 10);
    }

    [Fact]
    public async Task Verify_WithoutAnAnchor_IsNotCalledVerifiedByEither()
    {
        var (exitCode, output) = Assert.Single(await VerifyAsync([new BundleCase("whole", null, Whole())], new Anchors()));
        Assert.Equal(9, exitCode);
        Assert.DoesNotContain("erified", output, StringComparison.Ordinal);
    }

    private byte[] Whole() => scene.Pack(scene.Files(scene.Completed));

    private static bool HasSameFiles(byte[] left, byte[] right) =>
        BundleArchive.Read(left).All(file => BundleArchive.Read(right)[file.Key].AsSpan().SequenceEqual(file.Value));

    private static BundleCase Flip(byte[] whole, int at, int bit)
    {
        byte[] changed = [.. whole];
        changed[at] ^= (byte)bit;
        return new BundleCase($"octet {at}", "", changed);
    }

    private async Task RequireAsync(IReadOnlyList<BundleCase> cases, Anchors? anchors = null)
    {
        var verdicts = await VerifyAsync(cases, anchors ?? Anchored);
        foreach (var (wanted, (exitCode, output)) in cases.Zip(verdicts))
        {
            var failed = output.Split('\n').Where(line => line.StartsWith("FAIL", StringComparison.Ordinal)).Select(Shortened).ToList();
            Assert.True(
                wanted.Fault is null
                    ? exitCode == 0
                    : exitCode == 3 && failed.Exists(line => line.StartsWith(wanted.Fault, StringComparison.Ordinal)),
                $"{wanted.Name}: expected {wanted.Fault}, found {exitCode}\n{output}"
            );
        }
    }

    // "FAIL  nrr.time   outside-time:gen: …" as "nrr.time: outside-time:gen: …".
    private static string Shortened(string line)
    {
        var words = line.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries);
        return $"{words[1]}: {words[2]}";
    }

    private async Task<IReadOnlyList<(int ExitCode, string Output)>> VerifyAsync(IReadOnlyList<BundleCase> cases, Anchors anchors)
    {
        var paths = cases.Select((_, number) => workspace.At($"{number}.zip")).ToList();
        foreach (var (path, bundle) in paths.Zip(cases))
        {
            await File.WriteAllBytesAsync(path, bundle.Archive, TestContext.Current.CancellationToken);
        }

        var own = new List<(int ExitCode, string Output)>();
        foreach (var path in paths)
        {
            own.Add(await RunCommandAsync(path, anchors));
        }

        if (await NodeVerifier.VerifyAsync(paths, anchors) is not { } other)
        {
            Assert.Skip(NodeVerifier.Missing);
            return own;
        }

        foreach (var (bundle, left, right) in cases.Zip(own, other))
        {
            Assert.True(left == right, $"{bundle.Name}\n{left}\n{right}");
        }

        return own;
    }

    private async Task<(int ExitCode, string Output)> RunCommandAsync(string path, Anchors anchors)
    {
        using var output = new StringWriter();
        var commands = new TestCommands(workspace, _ => null);
        return (
            await commands.InvokeAsync("anybody", output, TextWriter.Null, ["verify", path, .. anchors.ToArguments()]),
            output.ToString()
        );
    }
}
