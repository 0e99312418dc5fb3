namespace FairShare.Vault.Tests.Support;

/// <summary>The command <c>age</c>, which reads passphrases from a terminal alone: <c>script</c> gives it one.</summary>
internal static class AgeCommand
{
    public static Task<byte[]> DecryptAsync(byte[] file, string passphrase) => RunAsync("age -d -o $2/out $2/in", file, $"{passphrase}\n");

    public static Task<byte[]> EncryptAsync(byte[] payload, string passphrase) =>
        RunAsync("age -p -o $2/out $2/in", payload, $"{passphrase}\n{passphrase}\n");

    private static async Task<byte[]> RunAsync(string command, byte[] input, string typed)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder["in"], input);
        // The pauses let age switch the terminal's echo off before the next line comes; without them it may lose what was typed.
        const string Type = "while IFS= read -r line; do sleep 0.5; printf '%s\\n' \"$line\"; done <<<\"$1\"; sleep 0.5";
        var script =
            $"{{ {Type}; }} | script -qec \"{command.Replace("$2", folder.Path)}\" /dev/null >$2/log || {{ cat $2/log >&2; exit 1; }}";
        await Tools.RunAsync(script, null, typed.TrimEnd('\n'), folder.Path);
        // age makes the file with its first byte.
        return File.Exists(folder["out"]) ? await File.ReadAllBytesAsync(folder["out"]) : [];
    }
}
