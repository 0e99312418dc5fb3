using Amazon.CDK;
using FairShare.Cdk;
using FairShare.Cdk.Constructs.Hosting;

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
    _ = new FairShareStack(
        app,
        $"FairShare-{stage.Name}",
        new FairShareStackProps
        {
            Stage = stage,
            Sources = ProjectSources.FromContext(app.Node),
            Description = $"FairShare.Serverless ({stage.Name}): fair exchange of documents for signed receipts",
            AnalyticsReporting = false,
            // The template must be the same wherever it is synthesized; the account and the region are the deployment's.
            Synthesizer = new DefaultStackSynthesizer(new DefaultStackSynthesizerProps { GenerateBootstrapVersionRule = false }),
        }
    );
    app.Synth();
    return 0;
}
catch (Exception failure) when (PublishedCode.IsFailureOf(failure))
{
    return 1;
}
