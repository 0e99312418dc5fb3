using Amazon.CDK.AWS.Apigatewayv2;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AwsApigatewayv2Authorizers;
using Amazon.CDK.AwsApigatewayv2Integrations;
using Constructs;
using FairShare.Cdk.Constructs.Hosting;
using FairShare.Cdk.Constructs.Releases;
using FairShare.Contracts.Vault;
using FairShare.Functions;
using HttpMethod = Amazon.CDK.AWS.Apigatewayv2.HttpMethod;

namespace FairShare.Cdk.Constructs.Service;

public sealed record ApiProps(DeploymentStage Stage, ServiceParts Parts, FunctionFactory Functions, ReleasedFunctions Releases);

/// <summary>The HTTP API: one route per handler, every one but the public ones behind the parties' tokens.</summary>
public sealed class Api : Construct
{
    private readonly Dictionary<string, Function> functions = [];
    private readonly Dictionary<string, IFunction> invoked = [];

    public Api(Construct scope, string id, ApiProps props)
        : base(scope, id)
    {
        ArgumentNullException.ThrowIfNull(props);
        var identity = props.Parts.Identity;
        HttpApi = new HttpApi(
            this,
            "HttpApi",
            new HttpApiProps
            {
                Description = "Fair exchange of documents for signed receipts",
                CorsPreflight = new CorsPreflightOptions
                {
                    AllowOrigins = ["*"],
                    AllowMethods = [CorsHttpMethod.GET, CorsHttpMethod.POST, CorsHttpMethod.DELETE],
                    AllowHeaders = ["authorization", "content-type", "idempotency-key", VaultRoutes.OwnerHeader.ToLowerInvariant()],
                },
            }
        );
        ApiStage.SetUp(this, HttpApi, props.Stage);
        var parties = new HttpUserPoolAuthorizer(
            "Parties",
            identity.UserPool,
            new HttpUserPoolAuthorizerProps { UserPoolClients = [identity.Client] }
        );
        foreach (var (route, rights, _) in HandlerCatalog.Routes)
        {
            var function = props.Functions.Create(route.Name);
            functions[route.Name] = function;
            // The authorizer takes the pool's ID tokens too, and another client's where they name an audience: the handler takes neither.
            function.AddEnvironment("FAIRSHARE_USER_POOL_CLIENT_ID", identity.Client.UserPoolClientId);
            foreach (var right in rights)
            {
                props.Parts.Grant(function, right);
            }

            invoked[route.Name] = props.Releases.Release(route.Name, function);

            HttpApi.AddRoutes(
                new AddRoutesOptions
                {
                    Path = route.Path,
                    Methods = [Enum.Parse<HttpMethod>(route.Method.Method)],
                    Integration = new HttpLambdaIntegration(route.Name, invoked[route.Name]),
                    Authorizer = route.IsPublic ? new HttpNoneAuthorizer() : parties,
                }
            );
        }

        RefuseTheRest(props.Functions.Create("RefuseUnknownCall"));
    }

    public HttpApi HttpApi { get; }

    // A problem like any other refusal, and not the gateway's own answer.
    private void RefuseTheRest(Function function) =>
        _ = new HttpRoute(
            this,
            "Unknown",
            new HttpRouteProps
            {
                HttpApi = HttpApi,
                RouteKey = HttpRouteKey.DEFAULT,
                Integration = new HttpLambdaIntegration("Unknown", function),
                Authorizer = new HttpNoneAuthorizer(),
            }
        );

    /// <summary>What is invoked for a route: the handler's function, or the alias of what is in use of it.</summary>
    public IFunction InvokedOf(string handler) => invoked[handler];

    /// <summary>The function of a handler behind a route.</summary>
    public Function FunctionOf(string handler) => functions[handler];
}
