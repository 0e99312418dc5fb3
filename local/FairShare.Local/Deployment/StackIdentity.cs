using System.Security.Cryptography;
using System.Text;

namespace FairShare.Local.Deployment;

/// <summary>The stack's name and place, from which generated names follow: the same stack has the same names wherever it is deployed anew.</summary>
internal sealed record StackIdentity(string Name, string Region, string AccountId)
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    public string Arn => $"arn:aws:cloudformation:{Region}:{AccountId}:stack/{Name}/{new Guid(Digest(Name).AsSpan(0, 16), bigEndian: true)}";

    /// <summary>A physical name as CloudFormation generates it: stack, logical id, twelve letters and digits.</summary>
    public string GeneratedName(string logicalId)
    {
        var suffix = Digest($"{Name}\n{logicalId}").Take(12).Select(octet => Alphabet[octet % Alphabet.Length]);
        return $"{Name}-{logicalId}-{string.Concat(suffix)}";
    }

    /// <summary>Shortens a generated name to a service's limit; the suffix stays, so it stays unique.</summary>
    public static string Fit(string generatedName, int limit)
    {
        if (generatedName.Length <= limit)
        {
            return generatedName;
        }

        var suffix = generatedName[generatedName.LastIndexOf('-')..];
        return generatedName[..(limit - suffix.Length)].TrimEnd('-') + suffix;
    }

    private static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
