namespace FairShare.Vault.Benchmarks;

/// <summary>What is compared with what.</summary>
internal static class Commands
{
    private static readonly string Ours = $"\"{Environment.ProcessPath}\" {ProgramFile()}worker";

    /// <summary>The groups, each of which is measured by turns; the later ones open what the earlier ones wrote.</summary>
    public static IEnumerable<IReadOnlyList<Command>> Of(string folder)
    {
        Command[][] all =
        [
            [
                new("scrypt 2^18, 64 bytes: library", $"{Ours} scrypt"),
                new("scrypt 2^18, 64 bytes: OpenSSL (python3)", OpenSsl, "python3"),
                new("nothing: a .NET process that starts and ends", $"{Ours} nothing"),
                new("nothing: a Python process", "python3 -c 'import hashlib'", "python3"),
            ],
            [
                new("write: library", $"{Ours} write file ours.age"),
                new("write: library, in parts, each with SHA-256", $"{Ours} upload file parts.age"),
                new("write: tar | zstd | age", "tar c file | zstd -q | age -R recipient -o tools.age", "tar", "zstd", "age"),
                new("write: library, without compression", $"{Ours} write-raw file raw.age"),
            ],
            [
                new("read: library", $"rm -rf out; {Ours} read ours.age out"),
                new(
                    "read: age | zstd | tar",
                    "rm -rf out; mkdir out; age -d -i identity tools.age | zstd -dq | tar x -C out",
                    "tar",
                    "zstd",
                    "age"
                ),
            ],
        ];
        return all.Select(group => group.Where(command => command.Needs.All(Measurement.IsInstalled)).ToList());
    }

    private const string OpenSsl =
        "python3 -c 'import hashlib; hashlib.scrypt(b\"password\", salt=bytes(44), n=1 << 18, r=8, p=1, maxmem=1 << 30, dklen=64)'";

    // Where the process is dotnet itself, its first argument is this program.
    private static string ProgramFile() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
            ? $"\"{Path.Combine(AppContext.BaseDirectory, $"{typeof(Commands).Assembly.GetName().Name}.dll")}\" "
            : "";
}
