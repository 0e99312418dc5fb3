using System.Net;
using System.Text.Json.Nodes;

namespace TemplateHost.Kernel.EventPatterns;

/// <summary>cidr: an IPv4 or IPv6 address of a network.</summary>
internal sealed class CidrMatcher(IPNetwork network) : ValueMatcher
{
    public static new CidrMatcher Parse(JsonNode? operand) =>
        IPNetwork.TryParse(Text(operand), out var network)
            ? new CidrMatcher(network)
            : throw new FormatException("Malformed CIDR, one '/' required");

    protected override bool Accepts(JsonNode? value) => IPAddress.TryParse(Text(value), out var address) && network.Contains(address);
}
