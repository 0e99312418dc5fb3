using System.Diagnostics;
using FairShare.Log.Notes;

namespace FairShare.Log.Tests.Notes;

public sealed class CosignatureOracleTests
{
    private const string Script = """
        const crypto = require('crypto');
        const [spki, text, line] = process.argv.slice(1);
        const raw = Buffer.from(line.split(' ')[2], 'base64');
        const time = raw.readBigUInt64BE(4);
        const key = crypto.createPublicKey({ key: Buffer.from(spki, 'base64'), format: 'der', type: 'spki' });
        const message = Buffer.from(`cosignature/v1\ntime ${time}\n${text}`);
        process.stdout.write(`${time} ${crypto.verify(null, message, key, raw.subarray(12))}`);
        """;

    [Fact]
    public void Cosignature_IsWhatNodeVerifies()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);
        var signer = new NoteSigner(
            "witness.example/w",
            NoteKeyKind.Cosignature,
            [.. Enumerable.Range(0, 32).Select(octet => (byte)octet)]
        );
        const string Text = "example.com/log\n1\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=\n";
        var spki = Convert.ToBase64String(signer.Key.ToSubjectPublicKeyInfo());
        using var node = TryStart("node", ["-e", Script, spki, Text, signer.Sign(Text, now).ToString()]);
        Assert.SkipWhen(node is null, "Node.js is not installed.");
        Assert.Equal("1700000000 true", node!.StandardOutput.ReadToEnd());
    }

    private static Process? TryStart(string program, IEnumerable<string> arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true });
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
