using System.Security.Cryptography;
using System.Text;
using TemplateHost.Kernel;
using TemplateHost.Storage;

namespace TemplateHost.Identity;

/// <summary>
/// The account itself: its credentials follow from the secret of the data directory, so each directory has its own, and keeps them.
/// </summary>
internal sealed class RootAccount(HostSecret secret)
{
    private const string KeyAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>In the form of AWS: <c>AKIA</c> and sixteen letters and digits.</summary>
    public string AccessKeyId { get; } =
        "AKIA" + string.Concat(Derive(secret, "administrator key id").Take(16).Select(octet => KeyAlphabet[octet % KeyAlphabet.Length]));

    /// <summary>Forty characters that stand for 240 bits.</summary>
    public string SecretAccessKey { get; } = Convert.ToBase64String(Derive(secret, "administrator secret")[..30]);

    public static Caller CallerOf(string accountId) => new(CallerKind.Root, $"arn:aws:iam::{accountId}:root", null, accountId);

    /// <summary>Writes the credentials for the AWS CLI, readable by their owner alone; a file that says this already stays.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void WriteTo(string path)
    {
        var content = $"[admin]\naws_access_key_id = {AccessKeyId}\naws_secret_access_key = {SecretAccessKey}\n";
        OwnerOnly.Tighten(path);
        if (!File.Exists(path) || File.ReadAllText(path) != content)
        {
            OwnerOnly.Write(path, content);
        }
    }

    private static byte[] Derive(HostSecret secret, string purpose) => HMACSHA256.HashData(secret.Value, Encoding.UTF8.GetBytes(purpose));
}
