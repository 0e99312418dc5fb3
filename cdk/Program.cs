using Amazon.CDK;
using FairShare.Cdk;

var app = new App();
var stage = DeploymentStage.FromContext(app.Node);
_ = new FairShareStack(app, $"FairShare-{stage.Name}", new FairShareStackProps
{
    Stage = stage,
    Sources = ProjectSources.FromContext(app.Node),
    Description = $"FairShare.Serverless ({stage.Name}): fair exchange of documents for signed receipts",
    AnalyticsReporting = false,
    // The template must be the same wherever it is synthesized; the account and the region are the deployment's.
    Synthesizer = new DefaultStackSynthesizer(new DefaultStackSynthesizerProps { GenerateBootstrapVersionRule = false }),
});
app.Synth();
