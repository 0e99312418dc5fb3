using Amazon.Lambda;
using Amazon.Lambda.Model;

namespace FairShare.Aws.Events;

/// <summary>Calls of one function by another, each with the caller's own role.</summary>
/// <param name="client">The Lambda client, with the function's own role.</param>
public sealed class FunctionCalls(IAmazonLambda client)
{
    /// <summary>Invokes a function, and waits for its answer.</summary>
    /// <param name="function">The function's ARN.</param>
    /// <param name="payload">The event, UTF-8 JSON.</param>
    /// <param name="cancellationToken">Stops the call; the function may run on.</param>
    /// <returns>What the function answered, UTF-8 JSON.</returns>
    /// <exception cref="FunctionFailedException">The function failed; a repeat may succeed.</exception>
    public async Task<ReadOnlyMemory<byte>> InvokeAsync(string function, byte[] payload, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream(payload, writable: false);
        var response = await client.InvokeAsync(new InvokeRequest { FunctionName = function, PayloadStream = body }, cancellationToken);
        return response is { FunctionError: null or "", Payload: { } answer }
            ? answer.ToArray()
            : throw new FunctionFailedException(function);
    }
}

/// <summary>A function that another called failed, or ran out of time; its own log says why.</summary>
/// <param name="function">The function's ARN.</param>
public sealed class FunctionFailedException(string function) : Exception($"The function {function} failed.");
