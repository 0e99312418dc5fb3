using Amazon.CDK;
using Amazon.CDK.AWS.Logs;
using Constructs;

namespace FairShare.Cdk;

/// <summary>What differs between deployments; chosen with <c>-c stage=dev|prod</c>, by default dev.</summary>
/// <param name="Name">The stage's name, part of the stack's.</param>
/// <param name="ProtectsData">Whether the table and the user pool refuse deletion until somebody turns that off.</param>
/// <param name="LogDays">How long logs are kept.</param>
/// <param name="EvidenceRemovalPolicy">What becomes of evidence, documents and keys when the stack is deleted.</param>
/// <param name="HoldsKeys">Whether the store holds keys in KMS for parties who ask for it; <c>-c heldKeys=on|off</c> says otherwise.</param>
public sealed record DeploymentStage(string Name, bool ProtectsData, RetentionDays LogDays, RemovalPolicy EvidenceRemovalPolicy, bool HoldsKeys)
{
    /// <summary>How many requests a second the API takes from all callers together, in every stage; twice as many at once.</summary>
    public const int RequestsPerSecond = 500;

    public static DeploymentStage FromContext(Node node)
    {
        var stage = Named(node.TryGetContext("stage") as string ?? "dev");
        return node.TryGetContext("heldKeys") switch
        {
            null => stage,
            "on" => stage with { HoldsKeys = true },
            "off" => stage with { HoldsKeys = false },
            var other => throw new ArgumentException($"Context 'heldKeys' is '{other}'; it must be on or off.", nameof(node)),
        };
    }

    /// <exception cref="ArgumentException">A name other than dev and prod.</exception>
    public static DeploymentStage Named(string name) => name switch
    {
        "dev" => new DeploymentStage(name, ProtectsData: false, RetentionDays.ONE_WEEK, RemovalPolicy.RETAIN, HoldsKeys: true),
        "prod" => new DeploymentStage(name, ProtectsData: true, RetentionDays.ONE_YEAR, RemovalPolicy.RETAIN, HoldsKeys: false),
        _ => throw new ArgumentException($"Context 'stage' is '{name}'; it must be dev or prod.", nameof(name)),
    };
}
