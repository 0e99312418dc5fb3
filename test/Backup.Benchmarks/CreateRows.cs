using System.Diagnostics;
using System.Text.Json.Nodes;
using FairShare.Vault.Benchmarks;

namespace FairShare.Backup.Benchmarks;

/// <summary>
/// The command <c>backup create</c> onto five peers on this machine, each a process of its own, beside tar, zstd, age and copies.
/// </summary>
internal static class CreateRows
{
    private const string Tools = "tar c file | zstd -q | age -R recipient | tee copy1 copy2 copy3 copy4 >copy5";
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "fairshare.dll");

    public static void Run(int mebibytes, int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("backup-benchmark-").FullName;
        var peers = new List<Process>();
        try
        {
            SampleFile.Make(Path.Combine(folder, "file"), mebibytes);
            Measurement.Require(folder);
            Join(folder, peers);
            Measure(folder, mebibytes, rounds);
        }
        finally
        {
            peers.ForEach(End);
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Measure(string folder, int mebibytes, int rounds)
    {
        Command[] commands =
        [
            new("backup create, 3 of 5, ida", Of(folder, "backup create file -m 3 >/dev/null")),
            new("backup create, 3 of 5, sss", Of(folder, "backup create file -m 3 --scheme sss >/dev/null")),
            new("tar | zstd | age, and five copies", Tools, "tar", "zstd", "age"),
            new("nothing: a command that starts and ends", Of(folder, "backup list >/dev/null")),
        ];
        Console.WriteLine($"best of {rounds}, one file of {mebibytes} MiB, {Environment.ProcessorCount} processors, peers on the same");
        Console.WriteLine($"{"", -44} {"wall s", 7} {"CPU s", 7}");
        var best = new Dictionary<string, Measurement>();
        for (var round = 0; round < rounds; round++)
        {
            foreach (var command in commands.Where(command => command.Needs.All(Measurement.IsInstalled)))
            {
                var took = Measurement.Of(command, folder);
                best[command.Name] = Measurement.Better(best.GetValueOrDefault(command.Name, Measurement.Worst), took);
            }
        }

        best.ToList().ForEach(row => Console.WriteLine($"{row.Key, -44} {row.Value}"));
    }

    private static void Join(string folder, List<Process> peers)
    {
        using var owner = Begin(folder, "backup", "owner", "--json");
        var kid = JsonNode.Parse(owner.StandardOutput.ReadToEnd())!["kid"]!.ToString();
        for (var number = 1; number <= 5; number++)
        {
            string[] terms = ["--domain", $"domain {number}", "--operator", $"operator {number}", "--owner", kid];
            var peer = Begin(folder, ["peer", "up", "--json", "--data", Path.Combine(folder, $"peer{number}"), "--port", "0", .. terms]);
            peers.Add(peer);
            var url = JsonNode.Parse(peer.StandardOutput.ReadLine() ?? throw new InvalidOperationException(peer.StandardError.ReadToEnd()));
            using var adding = Begin(folder, "peer", "add", $"peer{number}", url!["api"]!.ToString());
            adding.WaitForExit();
        }
    }

    private static void End(Process peer)
    {
        using var ending = Process.Start("kill", ["-INT", $"{peer.Id}"]);
        peer.WaitForExit();
        peer.Dispose();
    }

    private static string Of(string folder, string arguments) =>
        $"FAIRSHARE_HOME='{folder}/profile' FAIRSHARE_PASSPHRASE=benchmark dotnet '{Program}' {arguments}";

    private static Process Begin(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["FAIRSHARE_HOME"] = Path.Combine(folder, "profile");
        start.Environment["FAIRSHARE_PASSPHRASE"] = "benchmark";
        return Process.Start(start)!;
    }
}
