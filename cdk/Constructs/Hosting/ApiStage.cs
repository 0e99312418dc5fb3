using Amazon.CDK;
using Amazon.CDK.AWS.Apigatewayv2;
using Amazon.CDK.AWS.Logs;
using Constructs;

namespace FairShare.Cdk.Constructs.Hosting;

/// <summary>What every HTTP API's stage does: it takes no more than some requests a second, and logs each.</summary>
internal static class ApiStage
{
    // One line a call, with nothing in it of who called: the handler's log has the rest under the same request id.
    private const string AccessLine =
        """{"requestId":"$context.requestId","route":"$context.routeKey","status":"$context.status","error":"$context.error.message"}""";

    /// <summary>Sets up the default stage of an API; the limit is for all callers together, each party has limits of its own.</summary>
    /// <param name="scope">What the log group is part of.</param>
    /// <param name="api">The API.</param>
    /// <param name="stage">For how long logs are kept.</param>
    public static void SetUp(Construct scope, HttpApi api, DeploymentStage stage)
    {
        var logs = new LogGroup(
            scope,
            "AccessLogs",
            new LogGroupProps { Retention = stage.LogDays, RemovalPolicy = RemovalPolicy.DESTROY }
        );
        var made = (CfnStage)api.DefaultStage!.Node.DefaultChild!;
        made.DefaultRouteSettings = new CfnStage.RouteSettingsProperty
        {
            ThrottlingRateLimit = DeploymentStage.RequestsPerSecond,
            ThrottlingBurstLimit = 2 * DeploymentStage.RequestsPerSecond,
        };
        made.AccessLogSettings = new CfnStage.AccessLogSettingsProperty { DestinationArn = logs.LogGroupArn, Format = AccessLine };
    }
}
