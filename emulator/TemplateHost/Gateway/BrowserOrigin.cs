using System.Net;
using TemplateHost.Kernel;

namespace TemplateHost.Gateway;

/// <summary>
/// What a browser says of the page behind a request. Any page may send requests to this machine, and a name that a page's owner points
/// at 127.0.0.1 would even let it read the answers: so only this machine's own names are served, and pages of other origins only by CORS.
/// </summary>
internal static class BrowserOrigin
{
    /// <summary>What stands for a page that does not say where it is from.</summary>
    private const string Unknown = "null";

    /// <summary>Whether the request's Host is a name of this machine's own, with any port, or one of the host's addresses.</summary>
    public static bool IsAddressedHere(WireRequest request, HostAddresses addresses)
    {
        var host = request.Header("Host") ?? "";
        return host == AuthorityOf(addresses.Aws) || host == AuthorityOf(addresses.Api) || IsNameOfThisMachine(host);
    }

    /// <summary>Whether the request is one that no web page can have made, neither by this machine's name nor by another.</summary>
    public static bool IsOfAProgramHere(WireRequest request) =>
        IsNameOfThisMachine(request.Header("Host") ?? "") && ForeignTo(request) is null;

    /// <summary>The origin of the page of another site that a browser sends this request for; null when there is none.</summary>
    public static string? ForeignTo(WireRequest request)
    {
        if (request.Header("Origin") is { } origin)
        {
            return string.Equals(origin, $"http://{request.Header("Host")}", StringComparison.OrdinalIgnoreCase) ? null : origin;
        }

        // A plain GET has no Origin; browsers say in another header that a page of another site, or port, made it.
        return request.Header("Sec-Fetch-Site") is null or "none" or "same-origin" ? null
            : Uri.TryCreate(request.Header("Referer"), UriKind.Absolute, out var page) ? page.GetLeftPart(UriPartial.Authority)
            : Unknown;
    }

    private static bool IsNameOfThisMachine(string host) =>
        Uri.TryCreate($"http://{host}/", UriKind.Absolute, out var uri) && IsWhole(uri) && IsLoopback(uri.IdnHost);

    private static string AuthorityOf(string address) => new Uri(address).Authority;

    private static bool IsWhole(Uri uri) => uri is { UserInfo: "", PathAndQuery: "/", Fragment: "" };

    private static bool IsLoopback(string name) =>
        string.Equals(name.TrimEnd('.'), "localhost", StringComparison.OrdinalIgnoreCase)
        || name.TrimEnd('.').EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(name, out var address) && IPAddress.IsLoopback(address));
}
