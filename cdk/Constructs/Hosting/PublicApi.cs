using Amazon.CDK.AWS.Apigatewayv2;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AwsApigatewayv2Integrations;
using Constructs;
using FairShare.Functions.Modules;
using HttpMethod = Amazon.CDK.AWS.Apigatewayv2.HttpMethod;

namespace FairShare.Cdk.Constructs.Hosting;

/// <param name="Stage">The stage.</param>
/// <param name="Description">What the API is.</param>
/// <param name="Routes">The routes.</param>
/// <param name="Functions">Makes the handlers.</param>
/// <param name="Describe">Tells a handler the terms of the deployment.</param>
/// <param name="Grant">Grants a handler a right.</param>
internal sealed record PublicApiProps(
    DeploymentStage Stage,
    string Description,
    IReadOnlyList<ModuleRoute> Routes,
    FunctionFactory Functions,
    Action<Function> Describe,
    Action<Function, Right> Grant
);

/// <summary>An HTTP API without accounts: one route per handler, each open to everybody, since what counts there are signatures.</summary>
internal sealed class PublicApi : Construct
{
    public PublicApi(Construct scope, string id, PublicApiProps props)
        : base(scope, id)
    {
        HttpApi = new HttpApi(this, "HttpApi", new HttpApiProps { Description = props.Description });
        ApiStage.SetUp(this, HttpApi, props.Stage);
        foreach (var (route, rights, _) in props.Routes)
        {
            var function = props.Functions.Create(route.Name);
            props.Describe(function);
            foreach (var right in rights)
            {
                props.Grant(function, right);
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
