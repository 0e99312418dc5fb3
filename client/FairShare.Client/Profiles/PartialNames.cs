using System.Security.Cryptography;
using System.Text;
using FairShare.Client.Files;
using FairShare.Core.Encoding;
using FairShare.Core.Identifiers;

namespace FairShare.Client.Profiles;

/// <summary>
/// What files are called whose documents are not whole yet. A profile finds the same name in each run, for a document in a folder; nobody
/// else can tell it beforehand, and so put something there: it is a HMAC-SHA-256 of both under a secret of the profile.
/// </summary>
/// <param name="secret">The secret.</param>
public sealed class PartialNames(ReadOnlyMemory<byte> secret)
{
    private const int NameBytes = 16;

    /// <summary>The length of a secret in bytes.</summary>
    internal const int SecretLength = 32;

    /// <summary>The name: <c>.fairshare-</c>, 22 characters of base64url, <c>.part</c>.</summary>
    /// <param name="document">The document.</param>
    /// <param name="folder">Where it goes.</param>
    public string Of(DocumentId document, string folder)
    {
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var mark = HMACSHA256.HashData(secret.Span, Encoding.UTF8.GetBytes($"{document}\n{path}"));
        return $".fairshare-{Base64UrlText.Encode(mark.AsSpan(0, NameBytes))}.part";
    }

    /// <summary>The names of a secret in a file; made where there is none. One that is damaged is replaced: what is lost is where an
    /// earlier run stopped.</summary>
    internal static PartialNames Load(string file, IRandomness randomness)
    {
        if (File.Exists(file) && new FileInfo(file).Length == SecretLength)
        {
            return new PartialNames(File.ReadAllBytes(file));
        }

        var secret = new byte[SecretLength];
        randomness.Fill(secret);
        PrivateFile.Write(file, secret);
        return new PartialNames(secret);
    }
}
