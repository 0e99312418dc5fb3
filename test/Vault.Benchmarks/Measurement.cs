using System.Diagnostics;
using System.Globalization;

namespace FairShare.Vault.Benchmarks;

/// <summary>What a command took.</summary>
/// <param name="Wall">Seconds.</param>
/// <param name="Cpu">Seconds of all its processes.</param>
/// <param name="Memory">The most memory that our process had, in MiB; null for the tools.</param>
internal sealed record Measurement(double Wall, double Cpu, double? Memory)
{
    public static Measurement Worst { get; } = new(double.MaxValue, double.MaxValue, double.MaxValue);

    public static Measurement Better(Measurement one, Measurement other) =>
        new(
            Math.Min(one.Wall, other.Wall),
            Math.Min(one.Cpu, other.Cpu),
            other.Memory is { } memory ? Math.Min(one.Memory ?? memory, memory) : null
        );

    /// <summary>Runs a command.</summary>
    public static Measurement Of(Command command, string folder)
    {
        // The shell's own clock counts the processes of a whole pipe.
        var output = Shell(folder, $"TIMEFORMAT='%R %U %S'; time {{ {command.Script}; }}", out var errors);
        var times = errors.Trim().Split('\n')[^1].Split(' ').Select(Number).ToArray();
        return new(times[0], times[1] + times[2], output.Length > 0 ? Number(output) : null);
    }

    /// <summary>Makes the key pair of the tools, where they are installed.</summary>
    public static void Require(string folder)
    {
        if (IsInstalled("age"))
        {
            Shell(folder, "age-keygen -o identity 2>/dev/null; age-keygen -y identity >recipient", out _);
        }
    }

    public static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(path => File.Exists(Path.Combine(path, program)));

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Wall, 7:F2} {Cpu, 7:F2} {(Memory is { } memory ? $"{memory, 11:F0}" : "")}");

    private static string Shell(string folder, string script, out string errors)
    {
        var start = new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", script])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var reading = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        errors = reading.GetAwaiter().GetResult();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{script}: {errors}");
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
