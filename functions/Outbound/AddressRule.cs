using System.Net;
using FairShare.Contracts.Webhooks;

namespace FairShare.Functions.Outbound;

/// <summary>Where messages may be delivered: to public addresses over TLS, and to this machine where the deployment says so.</summary>
/// <param name="AllowsLoopback">Whether to loopback too, encrypted or not. Only a host on one's own machine says so.</param>
internal sealed record AddressRule(bool AllowsLoopback)
{
    private const int LongestUrl = 1000;

    /// <summary>Whether a connection may be made.</summary>
    /// <param name="address">Where to.</param>
    /// <param name="isEncrypted">Whether by TLS.</param>
    public bool Allows(IPAddress address, bool isEncrypted) =>
        IPAddress.IsLoopback(PublicAddress.Plain(address)) ? AllowsLoopback : isEncrypted && PublicAddress.IsPublic(address);

    /// <summary>Reads the address of an endpoint.</summary>
    /// <exception cref="Core.Errors.ProtocolException"><c>invalid-webhook-url</c>.</exception>
    public Uri Parse(string text) => Read(text, out var url) is { } fault ? throw WebhookProblems.InvalidUrl.With(fault) : url!;

    /// <summary>Reads an address. What its name resolves to is looked at when a connection is made, each time.</summary>
    /// <param name="text">The address.</param>
    /// <param name="url">The same, where it is one to connect to.</param>
    /// <returns>Why it is none; null where it is one.</returns>
    public string? Read(string? text, out Uri? url)
    {
        url = null;
        if (
            text is null or { Length: > LongestUrl }
            || !Uri.TryCreate(text, UriKind.Absolute, out url)
            || url.UserInfo.Length > 0
            || url.Fragment.Length > 0
            || url.HostNameType is UriHostNameType.Unknown or UriHostNameType.Basic
        )
        {
            return $"The address is an absolute URL of at most {LongestUrl} characters, without user and fragment.";
        }

        var isEncrypted = url.Scheme == Uri.UriSchemeHttps;
        if (!isEncrypted && !(AllowsLoopback && url.Scheme == Uri.UriSchemeHttp && url.IsLoopback))
        {
            return "The address begins with https.";
        }

        return IPAddress.TryParse(url.DnsSafeHost, out var address) && !Allows(address, isEncrypted)
            ? "The address is a public one."
            : null;
    }
}
