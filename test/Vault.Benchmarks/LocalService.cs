using System.Diagnostics;
using System.Text.Json.Nodes;

namespace FairShare.Vault.Benchmarks;

/// <summary>The built command's <c>up</c> in a process of its own, and somebody with an account there.</summary>
internal sealed class LocalService : IDisposable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "fairshare.dll");

    private readonly string home;
    private readonly Process host;

    private LocalService(string home, Process host) => (this.home, this.host) = (home, host);

    /// <summary>Starts it, and signs somebody up and in.</summary>
    public static LocalService Start(string folder)
    {
        var home = Path.Combine(folder, "profile");
        var host = Begin(home, ["up", "--json", "--data", Path.Combine(folder, "data"), "--port", "0", "--aws-port", "0"]);
        var service = new LocalService(home, host);
        var url = service.Read()["api"]!.ToString();
        service.Run("register", "somebody@example.com", "--service", url);
        service.Run("confirm", service.Read()["code"]!.ToString());
        service.Run("login");
        _ = host.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        return service;
    }

    /// <summary>Runs a command of the vault.</summary>
    /// <returns>Its answer, and what it took; the memory is the most that its process had.</returns>
    public (JsonObject Answer, Measurement Took) Measure(params string[] arguments)
    {
        var began = Stopwatch.GetTimestamp();
        using var process = Begin(home, ["vault", .. arguments, "--json"]);
        var reading = process.StandardOutput.ReadToEndAsync();
        var (memory, cpu) = (0L, 0.0);
        while (!process.WaitForExit(20))
        {
            // What the last hundredths add is not seen, and of who is just ending nothing is.
            var (peak, used) = Look(process);
            (memory, cpu) = (Math.Max(memory, peak), Math.Max(cpu, used));
        }

        var wall = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var output = reading.GetAwaiter().GetResult();
        return process.ExitCode == 0
            ? (JsonNode.Parse(output)!.AsObject(), new(wall, cpu, memory / 1048576.0))
            : throw new InvalidOperationException(process.StandardError.ReadToEnd());
    }

    public void Dispose()
    {
        using var ending = Process.Start("kill", ["-INT", $"{host.Id}"]);
        host.WaitForExit();
        host.Dispose();
    }

    private static (long Memory, double Cpu) Look(Process process)
    {
        try
        {
            process.Refresh();
            return (process.PeakWorkingSet64, process.TotalProcessorTime.TotalSeconds);
        }
        catch (InvalidOperationException)
        {
            return (0, 0);
        }
    }

    // The host is the built command. What is measured is that too, unless FAIRSHARE_CLIENT names another: one of native code, say.
    private static Process Begin(string home, string[] arguments)
    {
        var client = arguments[0] == "vault" ? Environment.GetEnvironmentVariable("FAIRSHARE_CLIENT") : null;
        var start = client is null ? new ProcessStartInfo("dotnet", [Program, .. arguments]) : new ProcessStartInfo(client, arguments);
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.Environment["FAIRSHARE_HOME"] = home;
        start.Environment["FAIRSHARE_PASSWORD"] = "Correct-horse-1";
        start.Environment["FAIRSHARE_PASSPHRASE"] = "battery staple";
        start.Environment["FAIRSHARE_VAULT_PASSWORD"] = "bicycle";
        return Process.Start(start)!;
    }

    private JsonNode Read() =>
        JsonNode.Parse(host.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The host has ended."))!;

    private void Run(params string[] arguments)
    {
        using var process = Begin(home, [.. arguments, "--json"]);
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException(process.StandardError.ReadToEnd());
        }
    }
}
