using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using FairShare.Cli.Output;
using FairShare.Client.Tests.Support;
using FairShare.Host;
using TemplateHost.Hosting;
using TemplateHost.Testing;

namespace FairShare.Client.Tests.Cli;

/// <summary>What keeps the service from starting is said in one line, with the exit code of a local file: by the command itself.</summary>
public sealed class UpFailureTests : IDisposable
{
    private readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    [Theory]
    [InlineData("70000")]
    [InlineData("-1")]
    [InlineData("65536")]
    public async Task Up_OnABadPort_IsEight(string port)
    {
        var data = workspace.At("above", "data");
        await RefusedAsync([$"{port} is not a port", " --port;"], "up", "--data", data, "--port", port, "--aws-port", "0");
        await RefusedAsync([$"{port} is not a port", " --aws-port;"], "up", "--data", data, "--port", "0", "--aws-port", port);
        Assert.False(Directory.Exists(workspace.At("above")));
    }

    [Fact]
    public async Task Up_OnAPortInUse_IsEight()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var data = workspace.At("data");
        await RefusedAsync(["in use", $"port {port} ", " --port;"], "up", "--data", data, "--aws-port", "0", "--port", $"{port}");
        await RefusedAsync(["in use", $"port {port} ", " --aws-port;"], "up", "--data", data, "--port", "0", "--aws-port", $"{port}");
        Assert.False(Directory.Exists(data));
    }

    [Fact]
    public async Task Up_OnAPortInUse_LeavesTheFolderThatWasThere()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        Directory.CreateDirectory(workspace.At("data"));
        var kept = workspace.MakeFile(Path.Combine("data", "kept.txt"), 1);
        await RefusedAsync(
            "in use",
            "up",
            "--data",
            workspace.At("data"),
            "--aws-port",
            "0",
            "--port",
            $"{((IPEndPoint)taken.LocalEndpoint).Port}"
        );
        Assert.True(File.Exists(kept));
    }

    [Fact]
    public async Task Up_OnADataFolderInUse_IsEightAndLeavesIt()
    {
        var data = workspace.At("data");
        var template = await File.ReadAllTextAsync(
            Path.Combine(AppContext.BaseDirectory, "FairShare-dev.template.json"),
            TestContext.Current.CancellationToken
        );
        await using var other = await ServiceHost.StartAsync(
            new EmbeddedHostOptions { DataDirectory = data, Listen = false },
            template,
            TestContext.Current.CancellationToken
        );
        await RefusedAsync([$"holds the data directory {data}.", "--data"], "up", "--data", data, "--port", "0", "--aws-port", "0");
        Assert.True(File.Exists(Path.Combine(data, "host.db")));
    }

    [Fact]
    public async Task Up_OnADataDirectoryThatIsNone_IsEight()
    {
        var file = workspace.MakeFile("file", 1);

        await RefusedAsync("file", "up", "--data", file);
        await RefusedAsync("file", "up", "--data", Path.Combine(file, "below"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(200)]
    [InlineData(4096)]
    [InlineData(100_000)]
    public async Task Up_OnADamagedDatabase_IsEightAndLeavesIt(int from)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The service cannot be told to end there, so its log would repair the file.");
        var data = workspace.At("data");
        await StartOnceAsync(data);
        var database = Path.Combine(data, "host.db");
        var octets = await File.ReadAllBytesAsync(database, TestContext.Current.CancellationToken);
        Array.Fill(octets, (byte)0x5A, from, Math.Min(40_000, octets.Length - from));
        await File.WriteAllBytesAsync(database, octets, TestContext.Current.CancellationToken);

        await RefusedAsync("damaged", "up", "--data", data, "--port", "0", "--aws-port", "0");

        Assert.Equal(octets, await File.ReadAllBytesAsync(database, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("file")]
    public async Task Demo_WithoutATemporaryFolder_IsEight(string temporary)
    {
        workspace.MakeFile("file", 1);

        await RefusedAsync(["no-temporary-folder"], ["demo"], ("TMPDIR", workspace.At(temporary)));
    }

    [Theory]
    [InlineData("100k")]
    [InlineData("700k")]
    public async Task Up_OnAFullDisk_IsEightAndStartsWhenThereIsRoom(string size)
    {
        using var disk = SmallDisk.Mount(size);
        Assert.SkipWhen(disk is null, "No small disk can be mounted here: that takes root, and Linux.");

        await RefusedAsync("full", "up", "--data", Path.Combine(disk!.Folder, "data"), "--port", "0", "--aws-port", "0");

        disk.Resize("64m");
        await StartOnceAsync(Path.Combine(disk.Folder, "data"));
    }

    private static Task RefusedAsync(string why, params string[] arguments) => RefusedAsync([why], arguments);

    private static Task RefusedAsync(string[] why, params string[] arguments) => RefusedAsync(why, arguments, ("LC_ALL", "C"));

    private static async Task RefusedAsync(string[] why, string[] arguments, (string Name, string Value) variable)
    {
        using var process = Start(arguments, variable);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(ExitCode.LocalFile, process.ExitCode);
        Assert.Equal("", await output);
        var line = Assert.Single((await error).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("fairshare: ", line, StringComparison.Ordinal);
        Assert.All(why, part => Assert.Contains(part, line, StringComparison.Ordinal));
    }

    /// <summary>Starts the service, and stops it once it says that it serves.</summary>
    private static async Task StartOnceAsync(string data)
    {
        using var process = Start(["up", "--json", "--data", data, "--port", "0", "--aws-port", "0"], ("LC_ALL", "C"));
        var announced = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        var error = announced is null ? await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken) : "";
        Terminate(process);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(announced is not null, error);
    }

    /// <summary>
    /// Ends the service as an operator does, so that its database is one whole file afterwards; where there are no signals, by force.
    /// </summary>
    private static void Terminate(Process process)
    {
        if (OperatingSystem.IsWindows())
        {
            process.Kill();
            return;
        }

        using var signal = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        signal.WaitForExit();
    }

    private static Process Start(string[] arguments, (string Name, string Value) variable)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "fairshare.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[variable.Name] = variable.Value;
        return Process.Start(start)!;
    }
}
