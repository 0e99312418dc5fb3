using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FairShare.Client.Bundles;
using FairShare.Client.Tests.Support;
using TemplateHost.Testing.Fuzzing;

namespace FairShare.Client.Tests.Bundles;

/// <summary>
/// Of bundles that were changed by their structure both verifiers say the same, word for word: neither throws, and neither takes what the
/// other refuses.
/// </summary>
public sealed class VerifiersFuzzTests(ITestOutputHelper output) : IDisposable
{
    private const int ShortForm = 80;

    // Differences that are seeded in the JavaScript: a check that is left out, and a word that is another.
    private static readonly (string Module, string From, string To)[] Differences =
    [
        ("checks.js", "signed ? null : new Fault(\"bad-signature\"", "true ? null : new Fault(\"bad-signature\""),
        ("checks.js", "The token is missing.", "The token is not there."),
    ];

    private readonly Workspace workspace = new();
    private readonly BundleScene scene = new();

    public void Dispose()
    {
        scene.Dispose();
        workspace.Dispose();
    }

    [Fact]
    public async Task Verify_AnyBundle_IsJudgedTheSameByBoth()
    {
        using var log = new LogCorpus(scene);
        var whole = (await log.CasesAsync())[0].Archive;
        var files = BundleArchive.Read(whole);
        var anchors = new Anchors(scene.Store.KeyId.ToString()) with
        {
            LogKey = log.LogKey,
            WitnessKey = log.WitnessKey,
            StampKey = log.StampKey,
        };
        var plan = FuzzPlan.Of(ShortForm);
        List<byte[]> drawn = [whole, .. plan.Numbers.Select(number => Draw(whole, files, plan.RandomOf(number)))];
        var paths = await WriteAsync(drawn);
        if (await NodeVerifier.VerifyAsync(paths, anchors) is not { } other)
        {
            Assert.Skip(NodeVerifier.Missing);
            return;
        }

        Assert.Equal(drawn.Count, other.Count);
        var (refused, owns) = (0, new List<(int, string)>());
        for (var place = 0; place < drawn.Count; place++)
        {
            var own = await RunCommandAsync(paths[place], anchors);
            owns.Add(own);
            var said = place == 0 ? "whole" : plan.Replay(plan.First + place - 1);
            Assert.True(own == other[place], $"{said}\n{own}\n{other[place]}\n{Convert.ToBase64String(drawn[place])}");
            Assert.True(place > 0 || own.ExitCode == 0, own.Output);
            refused += own.ExitCode == 0 ? 0 : 1;
        }

        Assert.True(plan.Count == 1 || refused > plan.Count / 2, $"Only {refused} of {plan.Count} were refused.");
        foreach (var difference in Differences.Where(_ => plan.Count >= ShortForm))
        {
            var altered = (await NodeVerifier.VerifyAsync(paths, anchors, Altered(difference)))!;
            Assert.False(altered.SequenceEqual(owns), $"No input shows that {difference} is another.");
        }

        output.WriteLine($"bundles for both: {plan.Count} inputs, {refused} refused by both");
    }

    /// <summary>A copy of the modules with a difference.</summary>
    private string Altered((string Module, string From, string To) difference)
    {
        var target = workspace.At($"web-{Array.IndexOf(Differences, difference)}");
        foreach (var path in Directory.GetFiles(NodeVerifier.Web, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(NodeVerifier.Web, path));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(path, copy);
        }

        var module = Path.Combine(target, "evidence", difference.Module);
        var text = File.ReadAllText(module);
        Assert.Contains(difference.From, text, StringComparison.Ordinal);
        File.WriteAllText(module, text.Replace(difference.From, difference.To, StringComparison.Ordinal));
        return target;
    }

    private byte[] Draw(byte[] whole, IReadOnlyDictionary<string, byte[]> files, Random random)
    {
        if (random.Next(6) == 0)
        {
            return OctetMutator.Mutate(whole, random);
        }

        var changed = files.Where(file => file.Key != BundleList.Path).ToDictionary(file => file.Key, file => file.Value);
        for (var left = random.Next(1, 3); left > 0; left--)
        {
            Change(changed, random);
        }

        return scene.Pack(changed);
    }

    private static void Change(Dictionary<string, byte[]> files, Random random)
    {
        var paths = files.Keys.Order(StringComparer.Ordinal).ToList();
        var (path, other) = (paths[random.Next(paths.Count)], paths[random.Next(paths.Count)]);
        switch (random.Next(8))
        {
            case 0 when files.Count > 1:
                files.Remove(path);
                break;
            case 1:
                (files[path], files[other]) = (files[other], files[path]);
                break;
            case 2:
                files[path] = files[other];
                break;
            default:
                files[path] = Mutate(path, files[path], random);
                break;
        }
    }

    private static byte[] Mutate(string path, byte[] content, Random random) =>
        Path.GetExtension(path) switch
        {
            ".jws" => Encoding.UTF8.GetBytes(JwsMutator.Mutate(Encoding.UTF8.GetString(content), random)),
            ".json" when random.Next(4) > 0 && TryParse(content, out var json) => Encoding.UTF8.GetBytes(
                new JsonMutator(random).Mutate(json)?.ToJsonString() ?? "null"
            ),
            _ => OctetMutator.Mutate(content, random),
        };

    // A file may be changed twice.
    private static bool TryParse(byte[] content, out JsonNode? json)
    {
        json = null;
        try
        {
            json = JsonNode.Parse(content);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private async Task<List<string>> WriteAsync(List<byte[]> bundles)
    {
        var paths = bundles.Select((_, place) => workspace.At($"{place}.zip")).ToList();
        foreach (var (path, bundle) in paths.Zip(bundles))
        {
            await File.WriteAllBytesAsync(path, bundle, TestContext.Current.CancellationToken);
        }

        return paths;
    }

    private async Task<(int ExitCode, string Output)> RunCommandAsync(string path, Anchors anchors)
    {
        using var text = new StringWriter();
        var commands = new TestCommands(workspace, _ => null);
        var exitCode = await commands.InvokeAsync("anybody", text, TextWriter.Null, ["verify", path, .. anchors.ToArguments()]);
        return (exitCode, text.ToString());
    }
}
