namespace TemplateHost.Deployment;

/// <summary>A stack as it stands.</summary>
/// <param name="Outputs">Values by output name.</param>
/// <param name="PhysicalIds">What <c>Ref</c> yields, by logical id.</param>
internal sealed record DeployedStack(IReadOnlyDictionary<string, string> Outputs, IReadOnlyDictionary<string, string> PhysicalIds);
