using System.Net;
using System.Net.Sockets;

namespace FairShare.Functions.Outbound;

/// <summary>
/// Which addresses are of the public internet, by IANA's registries of special-purpose addresses
/// (https://www.iana.org/assignments/iana-ipv4-special-registry, https://www.iana.org/assignments/iana-ipv6-special-registry).
/// </summary>
internal static class PublicAddress
{
    // This network, private, shared (RFC 6598), loopback, link-local with the metadata address, private, protocol assignments,
    // documentation, 6to4 relays, private, benchmarks, documentation twice, multicast and reserved.
    private static readonly IPNetwork[] Special =
    [
        .. new[]
        {
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/3",
        }.Select(IPNetwork.Parse),
    ];

    // All that is assigned for the internet, and in it what is not of it or leads to addresses of IPv4: protocol assignments with Teredo
    // and ORCHID, documentation twice, and 6to4.
    private static readonly IPNetwork Global = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] SpecialInGlobal =
    [
        .. new[] { "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20" }.Select(IPNetwork.Parse),
    ];

    /// <summary>Whether a server there is one that anybody may run. One of IPv4 that is written as IPv6 is one of IPv4.</summary>
    public static bool IsPublic(IPAddress address)
    {
        var plain = Plain(address);
        return plain.AddressFamily switch
        {
            AddressFamily.InterNetwork => !Array.Exists(Special, network => network.Contains(plain)),
            AddressFamily.InterNetworkV6 => plain.ScopeId == 0
                && Global.Contains(plain)
                && !Array.Exists(SpecialInGlobal, network => network.Contains(plain)),
            _ => false,
        };
    }

    /// <summary>The address itself, where it is one of IPv4 in the form of IPv6.</summary>
    public static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
