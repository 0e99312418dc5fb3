using FairShare.Core.Errors;

namespace FairShare.Vault.Codes;

/// <summary>A code as a link: <c>https://HOST/v#CODE</c>. Browsers do not send what follows the <c>#</c>.</summary>
/// <param name="Site">Scheme, host and port, for example <c>https://vault.example.org</c>.</param>
/// <param name="Code">The code.</param>
public sealed record VaultLink(Uri Site, VaultCode Code)
{
    private const string Path = "/v";

    /// <summary>Reads a link of <c>https</c>, or of <c>http</c> to this machine.</summary>
    /// <exception cref="ProtocolException">
    /// <c>invalid-vault-link</c>: no such link; <c>invalid-vault-code</c>: the code in it is wrong. Neither message repeats the code.
    /// </exception>
    public static VaultLink Parse(string text)
    {
        if (
            !Uri.TryCreate(text.Trim(), UriKind.Absolute, out var link)
            || !IsSafe(link)
            || link.AbsolutePath != Path
            || link.Query.Length > 0
        )
        {
            throw new ProtocolException("invalid-vault-link", "A link is https://HOST/v#CODE.");
        }

        return new(new Uri(link.GetLeftPart(UriPartial.Authority)), VaultCode.Parse(Uri.UnescapeDataString(link.Fragment.TrimStart('#'))));
    }

    /// <summary>Whether a text looks like a link, so that its errors are a link's and not a code's.</summary>
    public static bool IsLink(string text) => text.Contains("://", StringComparison.Ordinal);

    /// <summary>The link, with the code in groups.</summary>
    public override string ToString() => $"{Site.GetLeftPart(UriPartial.Authority)}{Path}#{Code}";

    private static bool IsSafe(Uri link) => link.Scheme == Uri.UriSchemeHttps || (link.Scheme == Uri.UriSchemeHttp && link.IsLoopback);
}
