using System.Security.Cryptography;
using FairShare.Core.Encoding;

namespace FairShare.Cli.Demo;

/// <summary>What a person of the demonstration signs in with.</summary>
/// <param name="Name">What she is called.</param>
/// <param name="Address">Her e-mail address.</param>
/// <param name="Password">Her password; it goes with the demonstration.</param>
internal sealed record DemoLogin(string Name, string Address, string Password)
{
    /// <summary>One with a password that nobody had before.</summary>
    /// <remarks>Upper and lower case, a digit and a sign are what the user pool asks for, whatever the random part has.</remarks>
    public static DemoLogin Of(string name) =>
        new(name, $"{name.ToLowerInvariant()}@example.com", $"Aa1!{Base64UrlText.Encode(RandomNumberGenerator.GetBytes(18))}");
}
