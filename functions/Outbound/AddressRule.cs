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

    /// <summary>Reads the address of an endpoint. What its name resolves to is looked at when a connection is made, each time.</summary>
    /// <exception cref="Core.Errors.ProtocolException"><c>invalid-webhook-url</c>.</exception>
    public Uri Parse(string text)
    {
        if (
            text.Length > LongestUrl
            || !Uri.TryCreate(text, UriKind.Absolute, out var url)
            || url.UserInfo.Length > 0
            || url.Fragment.Length > 0
            || url.HostNameType is UriHostNameType.Unknown or UriHostNameType.Basic
        )
        {
            throw Refuse($"A webhook's address is an absolute URL of at most {LongestUrl} characters, without user and fragment.");
        }

        var isEncrypted = url.Scheme == Uri.UriSchemeHttps;
        if (!isEncrypted && !(AllowsLoopback && url.Scheme == Uri.UriSchemeHttp && url.IsLoopback))
        {
            throw Refuse("A webhook's address begins with https.");
        }

        return IPAddress.TryParse(url.DnsSafeHost, out var address) && !Allows(address, isEncrypted)
            ? throw Refuse("A webhook's address is a public one.")
            : url;
    }

    private static Contracts.Http.ProblemException Refuse(string detail) => WebhookProblems.InvalidUrl.With(detail);
}
