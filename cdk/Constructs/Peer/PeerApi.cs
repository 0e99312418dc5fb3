using Amazon.CDK.AWS.Apigatewayv2;
using Amazon.CDK.AwsApigatewayv2Integrations;
using Constructs;
using FairShare.Cdk.Constructs.Hosting;
using FairShare.Functions;
using HttpMethod = Amazon.CDK.AWS.Apigatewayv2.HttpMethod;

namespace FairShare.Cdk.Constructs.Peer;

public sealed record PeerApiProps(DeploymentStage Stage, PeerParts Parts, FunctionFactory Functions);

/// <summary>A peer's HTTP API: one route per handler, each open to everybody, since only signed orders are followed.</summary>
public sealed class PeerApi : Construct
{
    public PeerApi(Construct scope, string id, PeerApiProps props)
        : base(scope, id)
    {
        ArgumentNullException.ThrowIfNull(props);
        HttpApi = new HttpApi(this, "HttpApi", new HttpApiProps { Description = "A peer of dispersed backups" });
        ((CfnStage)HttpApi.DefaultStage!.Node.DefaultChild!).DefaultRouteSettings = new CfnStage.RouteSettingsProperty
        {
            ThrottlingRateLimit = DeploymentStage.RequestsPerSecond,
            ThrottlingBurstLimit = 2 * DeploymentStage.RequestsPerSecond,
        };
        foreach (var (route, rights, _) in HandlerCatalog.PeerRoutes)
        {
            var function = props.Functions.Create(route.Name);
            props.Parts.Terms.DescribeTo(function);
            foreach (var right in rights)
            {
                props.Parts.Grant(function, right);
            }

            HttpApi.AddRoutes(
                new AddRoutesOptions
                {
                    Path = route.Path,
                    Methods = [Enum.Parse<HttpMethod>(route.Method.Method, ignoreCase: true)],
                    Integration = new HttpLambdaIntegration(route.Name, function),
                    Authorizer = new HttpNoneAuthorizer(),
                }
            );
        }
    }

    public HttpApi HttpApi { get; }
}
