using Amazon.CDK;
using FairShare.Cdk;
using FairShare.Cdk.Constructs.Hosting;
using FairShare.Cdk.Constructs.Operations;
using FairShare.Cdk.Constructs.Web;

try
{
#pragma warning disable RS0030 // This is the program's settings reader.
    DeploymentContext.CheckNames(System.Environment.GetEnvironmentVariable("CDK_CONTEXT_JSON"));
#pragma warning restore RS0030
    var app = new App();
    DeploymentContext.CheckValues(app.Node);
    var stage = DeploymentStage.FromContext(app.Node);
    var (place, limit) = (PagePlace.FromContext(app.Node), MonthlyLimit.FromContext(app.Node));
    var tags = StackTags.Of(stage.Name, DeploymentContext.Text(app.Node, "tags"));
    var functions = DeploymentContext.Text(app.Node, "functions");

    // A peer is deployed where somebody else runs it, and a coordinator too: npx cdk deploy -c stack=peer
    _ = DeploymentContext.Text(app.Node, "stack") switch
    {
        "peer" => Peer(),
        "coordinator" => Coordinator(),
        "web" => Web(),
        "operations" => Operations(),
        "protection" => Protection(),
        "notices" => Notices(),
        "all" => All(),
        _ => Service(),
    };
    app.Synth();
    return 0;

    // The template must be the same wherever it is synthesized; the account and the region are the deployment's.
    T Common<T>(T props, string what)
        where T : StackProps
    {
        props.Description = $"FairShare.Serverless ({stage.Name}): {what}";
        props.AnalyticsReporting = false;
        props.Synthesizer = new DefaultStackSynthesizer(new DefaultStackSynthesizerProps { GenerateBootstrapVersionRule = false });
        props.Tags = tags;
        return props;
    }

    // For who reviews or lists them; each is deployed on its own.
    Stack All()
    {
        _ = (Peer(), Coordinator(), Web(), Operations(), Protection());
        return Service();
    }

    Stack Service()
    {
        var props = new FairShareStackProps { Stage = stage, Sources = ProjectSources.FromContext(app.Node) };
        return new FairShareStack(app, $"FairShare-{stage.Name}", Common(props, "fair exchange of documents for signed receipts"));
    }

    Stack Peer()
    {
        var props = new PeerStackProps { Stage = stage, FunctionsDirectory = functions };
        return new PeerStack(app, $"FairSharePeer-{stage.Name}", Common(props, "a peer of dispersed backups"));
    }

    Stack Coordinator()
    {
        var definition = ProjectSources.DefinitionOf(app.Node, "standing");
        var props = new CoordinatorStackProps
        {
            Stage = stage,
            FunctionsDirectory = functions,
            Definition = definition,
        };
        var what = "a coordinator of standing work on dispersed backups";
        return new CoordinatorStack(app, $"FairShareCoordinator-{stage.Name}", Common(props, what));
    }

    Stack Web()
    {
        var props = new WebStackProps
        {
            Stage = stage,
            Headers = PageHeaders.Read(),
            Place = place,
        };
        return new WebStack(app, $"FairShare-{stage.Name}-Web", Common(props, "the web page"));
    }

    // Not among all: it needs an address to send from.
    Stack Notices()
    {
        var props = new NoticesStackProps { Stage = stage, FunctionsDirectory = functions };
        return new NoticesStack(app, $"FairShare-{stage.Name}-Notices", Common(props, "mail of what waits"));
    }

    Stack Protection()
    {
        var props = new ProtectionStackProps
        {
            Stage = stage,
            CopyTo = DeploymentContext.Text(app.Node, "backupCopy"),
            NotesWrites = DeploymentContext.Text(app.Node, "dataEvents") == "on",
        };
        return new ProtectionStack(app, $"FairShare-{stage.Name}-Protection", Common(props, "locked backups, and who wrote"));
    }

    Stack Operations()
    {
        var props = new OperationsStackProps
        {
            Stage = stage,
            FunctionsDirectory = functions,
            Limit = limit,
        };
        return new OperationsStack(app, $"FairShare-{stage.Name}-Operations", Common(props, "auditor, canary, alarms and dashboard"));
    }
}
catch (ArgumentException wrong) when (wrong is not ArgumentNullException)
{
    Console.Error.WriteLine(wrong.Message.Split(" (Parameter")[0]);
    return 1;
}
catch (Exception failure) when (PublishedCode.IsFailureOf(failure))
{
    return 1;
}
