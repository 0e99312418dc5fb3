using Amazon.CDK;
using FairShare.Cdk;
using FairShare.Cdk.Constructs.Hosting;
using FairShare.Cdk.Constructs.Web;

var app = new App();
DeploymentStage stage;
try
{
    stage = DeploymentStage.FromContext(app.Node);
}
catch (ArgumentException wrong)
{
    Console.Error.WriteLine(wrong.Message.Split(" (Parameter")[0]);
    return 1;
}

try
{
    // A peer is deployed where somebody else runs it, and a coordinator too: npx cdk deploy -c stack=peer
    _ = (app.Node.TryGetContext("stack") as string) switch
    {
        "peer" => Peer(),
        "coordinator" => Coordinator(),
        "web" => Web(),
        "operations" => Operations(),
        "notices" => Notices(),
        _ => Service(),
    };
    app.Synth();
    return 0;
}
catch (ArgumentException wrong)
{
    Console.Error.WriteLine(wrong.Message.Split(" (Parameter")[0]);
    return 1;
}
catch (Exception failure) when (PublishedCode.IsFailureOf(failure))
{
    return 1;
}

// The template must be the same wherever it is synthesized; the account and the region are the deployment's.
static DefaultStackSynthesizer Synthesizer() => new(new DefaultStackSynthesizerProps { GenerateBootstrapVersionRule = false });

Stack Service() =>
    new FairShareStack(
        app,
        $"FairShare-{stage.Name}",
        new FairShareStackProps
        {
            Stage = stage,
            Sources = ProjectSources.FromContext(app.Node),
            Description = $"FairShare.Serverless ({stage.Name}): fair exchange of documents for signed receipts",
            AnalyticsReporting = false,
            Synthesizer = Synthesizer(),
        }
    );

Stack Peer() =>
    new PeerStack(
        app,
        $"FairSharePeer-{stage.Name}",
        new PeerStackProps
        {
            Stage = stage,
            FunctionsDirectory = app.Node.TryGetContext("functions") as string,
            Description = $"FairShare.Serverless ({stage.Name}): a peer of dispersed backups",
            AnalyticsReporting = false,
            Synthesizer = Synthesizer(),
        }
    );

Stack Coordinator() =>
    new CoordinatorStack(
        app,
        $"FairShareCoordinator-{stage.Name}",
        new CoordinatorStackProps
        {
            Stage = stage,
            FunctionsDirectory = app.Node.TryGetContext("functions") as string,
            Definition = ProjectSources.DefinitionOf(app.Node, "standing"),
            Description = $"FairShare.Serverless ({stage.Name}): a coordinator of standing work on dispersed backups",
            AnalyticsReporting = false,
            Synthesizer = Synthesizer(),
        }
    );

Stack Web() =>
    new WebStack(
        app,
        $"FairShare-{stage.Name}-Web",
        new WebStackProps
        {
            Stage = stage,
            Headers = PageHeaders.Read(),
            Place = PagePlace.FromContext(app.Node),
            Description = $"FairShare.Serverless ({stage.Name}): the web page",
            AnalyticsReporting = false,
            Synthesizer = Synthesizer(),
        }
    );

Stack Operations() =>
    new OperationsStack(
        app,
        $"FairShare-{stage.Name}-Operations",
        new OperationsStackProps
        {
            Stage = stage,
            FunctionsDirectory = app.Node.TryGetContext("functions") as string,
            Description = $"FairShare.Serverless ({stage.Name}): the auditor and its alarms",
            AnalyticsReporting = false,
            Synthesizer = Synthesizer(),
        }
    );

Stack Notices() =>
    new NoticesStack(
        app,
        $"FairShare-{stage.Name}-Notices",
        new NoticesStackProps
        {
            Stage = stage,
            FunctionsDirectory = app.Node.TryGetContext("functions") as string,
            Description = $"FairShare.Serverless ({stage.Name}): mail of what waits",
            AnalyticsReporting = false,
            Synthesizer = Synthesizer(),
        }
    );
