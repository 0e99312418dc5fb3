using System.Diagnostics;
using System.Globalization;
using FairShare.Backup.Refresh;
using FairShare.Backup.Tests.Refresh;

namespace FairShare.Backup.Benchmarks;

/// <summary>
/// The CPU time of a whole refresh of five peers, all five of them together: the protocol alone, without network and KMS.
/// </summary>
internal static class RefreshRow
{
    private const int Rounds = 10;
    private static readonly int[] All = [1, 2, 3, 4, 5];

    public static void Run()
    {
        var scene = new RefreshScene(3, 5, 1, 1);
        var best = double.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var before = Process.GetCurrentProcess().TotalProcessorTime;
            Refresh(scene);
            best = Math.Min(best, (Process.GetCurrentProcess().TotalProcessorTime - before).TotalMilliseconds);
        }

        if (scene.Restore(1, 3, 5) != scene.Secret)
        {
            throw new InvalidOperationException("The shares do not give the secret any more.");
        }

        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"\na refresh, 3 of 5, all peers together, best of {Rounds}: {best:F0} ms of CPU")
        );
    }

    private static void Refresh(RefreshScene scene)
    {
        RefreshDeal[] deals = [.. All.Select(scene.Deal)];
        List<Accusation> accusations = [.. All.SelectMany(index => scene.Judge(index, deals))];
        var transcript = scene.Transcript(deals, accusations);
        RefreshCertificate certificate = new([.. All.Select(index => scene.Prepare(index, transcript))]);
        foreach (var index in All)
        {
            scene.Finish(index, transcript, certificate);
        }
    }
}
