using System.Security.Cryptography;
using System.Text;

namespace TemplateHost.Deployment.Stacks;

/// <summary>
/// The stack's name and place, from which generated names follow: the same stack has the same names wherever it is deployed anew.
/// </summary>
/// <param name="Serial">How many stacks had this name before.</param>
internal sealed record StackIdentity(string Name, string Region, string AccountId, int Serial = 0)
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    public string Arn =>
        $"arn:aws:cloudformation:{Region}:{AccountId}:stack/{Name}/"
        + $"{new Guid(Digest(Numbered(Name, Serial)).AsSpan(0, 16), bigEndian: true)}";

    /// <summary>A physical name as CloudFormation generates it: stack, logical id, twelve letters and digits.</summary>
    /// <param name="generation">How many resources of this logical id were made before: each has a name of its own.</param>
    public string GeneratedName(string logicalId, int generation)
    {
        var suffix = Digest(Numbered($"{Name}\n{logicalId}", generation)).Take(12).Select(octet => Alphabet[octet % Alphabet.Length]);
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

    private static string Numbered(string text, int number) => number == 0 ? text : $"{text}\n{number}";

    private static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
