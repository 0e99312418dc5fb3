using Amazon.CDK;
using Amazon.CDK.AWS.Logs;
using Constructs;

namespace FairShare.Cdk;

/// <summary>What differs between deployments; chosen with <c>-c stage=dev|prod</c>, by default dev.</summary>
/// <param name="Name">The stage's name, part of the stack's.</param>
/// <param name="ProtectsData">Whether the table and the user pool refuse deletion until somebody turns that off.</param>
/// <param name="LogDays">How long logs are kept.</param>
/// <param name="EvidenceRemovalPolicy">What becomes of evidence, documents and keys when the stack is deleted.</param>
public sealed record DeploymentStage(string Name, bool ProtectsData, RetentionDays LogDays, RemovalPolicy EvidenceRemovalPolicy)
{
    /// <summary>How many requests a second the API takes from all callers together; twice as many at once.</summary>
    public int RequestsASecond => 500;

    public static DeploymentStage FromContext(Node node) => Named(node.TryGetContext("stage") as string ?? "dev");

    /// <exception cref="ArgumentException">A name other than dev and prod.</exception>
    public static DeploymentStage Named(string name) => name switch
    {
        "dev" => new DeploymentStage(name, ProtectsData: false, RetentionDays.ONE_WEEK, RemovalPolicy.RETAIN),
        "prod" => new DeploymentStage(name, ProtectsData: true, RetentionDays.ONE_YEAR, RemovalPolicy.RETAIN),
        _ => throw new ArgumentException($"Context 'stage' is '{name}'; it must be dev or prod.", nameof(name)),
    };
}
