namespace TemplateHost.Kernel;

/// <summary>An AWS service that the gateway can hand requests to.</summary>
internal interface IAwsService
{
    /// <summary>The SigV4 signing name.</summary>
    string SigningName { get; }

    /// <summary>The operations that it serves by name; none where method and path tell them.</summary>
    IEnumerable<string> OperationNames => [];

    /// <summary>Whether the operation is one that AWS serves without a signature.</summary>
    bool AllowsAnonymous(AwsRequest request) => false;

    /// <summary>Whether a page of another origin may send the request: only where CORS rules of the template say so.</summary>
    bool AllowsOrigin(AwsRequest request, string origin) => false;

    /// <summary>Serves one request; throws <see cref="AwsException"/> for every refusal.</summary>
    Task<AwsResponse> HandleAsync(AwsRequest request, CancellationToken cancellationToken);

    /// <summary>Writes a refusal in the service's own wire format.</summary>
    AwsResponse WriteError(AwsException error, AwsRequest request);
}

/// <summary>Work that goes on between requests: timers, pollers, executions. Started after deployment state is loaded.</summary>
internal interface IBackgroundWork
{
    /// <summary>Takes up what the store says was under way, and goes on with it.</summary>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Stops taking up new work; what was acknowledged stays in the store.</summary>
    Task StopAsync();
}

/// <summary>Calls from one service to another inside the host, authorised exactly as a signed request of that caller.</summary>
internal interface IServiceCaller
{
    /// <summary>Invokes a JSON-protocol operation, for example <c>("dynamodb", "TransactWriteItems")</c>.</summary>
    /// <exception cref="AwsException">The service refused.</exception>
    Task<System.Text.Json.Nodes.JsonObject> CallAsync(
        Caller caller,
        string service,
        string operation,
        System.Text.Json.Nodes.JsonObject input,
        CancellationToken cancellationToken
    );
}
