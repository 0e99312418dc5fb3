using System.Globalization;
using FairShare.Core.Identifiers;
using FairShare.Vault.Age;
using FairShare.Vault.Codes;
using FairShare.Vault.Compression;
using FairShare.Vault.Derivation;
using FairShare.Vault.Extraction;
using FairShare.Vault.Objects;
using FairShare.Vault.Packing;
using FairShare.Vault.Transfer;

namespace FairShare.Vault.Benchmarks;

/// <summary>One piece of work in a process of its own, which in the end writes the most memory that it had, in MiB.</summary>
internal static class Worker
{
    private static readonly SystemRandomness Randomness = new();
    private static readonly VaultCode Code = new(VaultMode.Link, VaultSecret.FromBytes(new byte[16]));

    public static async Task RunAsync(string work, string[] arguments)
    {
        switch (work)
        {
            case "scrypt":
                AgeScrypt.Derive("password"u8.ToArray(), new byte[16], 18, 64);
                break;
            case "write":
                Write(arguments[0], arguments[1], VaultCompression.Zstd);
                break;
            case "write-raw":
                Write(arguments[0], arguments[1], VaultCompression.None);
                break;
            case "upload":
                await UploadAsync(arguments[0], arguments[1]);
                break;
            case "read":
                Read(arguments[0], arguments[1]);
                break;
            case "nothing":
                break;
            default:
                throw new ArgumentException($"No work is called {work}.", nameof(work));
        }

        Console.WriteLine(PeakMemory().ToString(CultureInfo.InvariantCulture));
    }

    private static void Write(string source, string destination, VaultCompression compression)
    {
        using var keys = VaultKeys.Derive(Code, null);
        using var envelope = VaultObject.NewEnvelope(keys, Randomness);
        using var file = File.Create(destination, 1 << 20);
        VaultObject.Write(new TreeContent(SourceTree.List(source)), compression, envelope, file);
    }

    private static async Task UploadAsync(string source, string destination)
    {
        using var keys = VaultKeys.Derive(Code, null);
        await using var file = File.Create(destination, 0);
        using var state = UploadState.New(Code, VaultObject.NewEnvelope(keys, Randomness), VaultCompression.Zstd, PartSize.Smallest);
        await VaultUpload.RunAsync(new TreeContent(SourceTree.List(source)), state, new FileSink(file));
    }

    private static void Read(string source, string folder)
    {
        using var keys = VaultKeys.Derive(Code, null);
        using var file = File.OpenRead(source);
        using var opened = VaultObject.Open(file, keys, long.MaxValue);
        new TreeExtractor(Randomness).Extract(opened.Content, folder);
    }

    // Of Linux; 0 elsewhere.
    private static double PeakMemory() =>
        File.Exists("/proc/self/status")
            ? File.ReadLines("/proc/self/status")
                .Where(line => line.StartsWith("VmHWM", StringComparison.Ordinal))
                .Select(Kibibytes)
                .Single() / 1024
            : 0;

    private static double Kibibytes(string line) =>
        double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture);

    private sealed class FileSink(FileStream file) : IUploadSink
    {
        public Task RecordAsync(UploadState state, CancellationToken cancellationToken) => Task.CompletedTask;

        public async Task SendAsync(UploadPart part, CancellationToken cancellationToken) =>
            await file.WriteAsync(part.Bytes, cancellationToken);
    }
}
