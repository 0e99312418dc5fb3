using Amazon.CDK;
using Amazon.CDK.AWS.Lambda;
using Constructs;

namespace FairShare.Cdk.Constructs.Peer;

/// <summary>What differs between peers of one template: parameters, which a deployment gives.</summary>
public sealed class PeerTerms
{
    private readonly Dictionary<string, CfnParameter> parameters;

    public PeerTerms(Construct scope) =>
        parameters = new()
        {
            ["DOMAIN"] = Parameter(scope, "Domain", "What fails together with this peer: a region, a building, a disk.", "here"),
            ["OPERATOR"] = Parameter(scope, "Operator", "Who runs this peer.", "somebody"),
            ["ROOM"] = Parameter(scope, "Room", "How many bytes of bodies this peer keeps.", "107374182400"),
            ["PIECE"] = Parameter(scope, "Piece", "How many bytes of a body this peer reads within one call.", "67108864"),
            ["OWNERS"] = Parameter(scope, "Owners", "For whom this peer keeps backups: key ids, separated by commas; * for anybody.", ""),
            ["GROUP"] = Parameter(scope, "Group", "The JWK of the group to which this peer belongs; empty for none.", ""),
        };

    /// <summary>Tells a function the peer's terms.</summary>
    public void DescribeTo(Function function)
    {
        ArgumentNullException.ThrowIfNull(function);
        foreach (var (name, parameter) in parameters)
        {
            function.AddEnvironment($"FAIRSHARE_PEER_{name}", parameter.ValueAsString);
        }
    }

    private static CfnParameter Parameter(Construct scope, string name, string description, string standard) =>
        new(
            scope,
            name,
            new CfnParameterProps
            {
                Type = "String",
                Description = description,
                Default = standard,
            }
        );
}
