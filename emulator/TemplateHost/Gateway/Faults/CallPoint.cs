namespace TemplateHost.Gateway.Faults;

/// <summary>Where a call of a service comes from, and what it asks for.</summary>
/// <param name="Origin">The function's handler, or the state of the workflow; empty for a client, and for what services do by
/// themselves.</param>
/// <param name="Service">The service's signing name; <c>execute-api</c> for the HTTP API.</param>
/// <param name="Operation">The operation, where X-Amz-Target or a workflow names it; else the HTTP method.</param>
public sealed record CallPoint(string Origin, string Service, string Operation);
