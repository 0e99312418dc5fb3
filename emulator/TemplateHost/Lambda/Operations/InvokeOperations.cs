using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using TemplateHost.Gateway;
using TemplateHost.Kernel;
using TemplateHost.Lambda.EventSources;
using TemplateHost.Lambda.Runtime;

namespace TemplateHost.Lambda.Operations;

/// <summary>Invoke: the payload travels as text both ways.</summary>
internal sealed class InvokeOperations(HostContext host, FunctionAccess access, FunctionInvoker invoker, EventDelivery events)
{
    private const int LargestPayload = 6 * 1024 * 1024;
    private const int LargestEvent = 1024 * 1024;

    /// <summary>
    /// RequestResponse answers with what the function answered; Event once the event is in the store; DryRun only checks rights.
    /// </summary>
    public async Task<JsonObject> InvokeAsync(JsonCall call)
    {
        var target = access.DemandTarget(
            call.Caller,
            call.Input["FunctionName"]?.GetValue<string>() ?? "",
            call.Input["Qualifier"]?.GetValue<string>(),
            call.Right
        );
        var payload = Payload(call.Input["Payload"]?.GetValue<string>());
        switch (call.Input["InvocationType"]?.GetValue<string>() ?? "RequestResponse")
        {
            case "RequestResponse":
                Bound(payload, LargestPayload);
                var result = await invoker.InvokeAsync(target, call.RequestId, payload, call.CancellationToken);
                return Answer(target.Function.Version, result.Failed, Encoding.UTF8.GetString(result.Payload.Span));
            case "Event":
                Bound(payload, LargestEvent);
                await events.AddAsync(target.Function.Name, host.Random.Uuid(), payload);
                return new JsonObject { ["StatusCode"] = 202 };
            case "DryRun":
                return new JsonObject { ["StatusCode"] = 204 };
            case var other:
                throw new AwsException("InvalidParameterValueException", $"The invocation type {other} is not known.");
        }
    }

    private static JsonObject Answer(string version, bool failed, string payload)
    {
        var answer = new JsonObject
        {
            ["StatusCode"] = 200,
            ["ExecutedVersion"] = version,
            ["Payload"] = payload,
        };
        if (failed)
        {
            answer["FunctionError"] = "Unhandled";
        }

        return answer;
    }

    private static byte[] Payload(string? text)
    {
        var octets = Encoding.UTF8.GetBytes(string.IsNullOrEmpty(text) ? "{}" : text);
        try
        {
            using var _ = JsonDocument.Parse(octets);
            return octets;
        }
        catch (JsonException fault)
        {
            throw new AwsException("InvalidRequestContentException", $"Could not parse request body into json: {fault.Message}");
        }
    }

    private static void Bound(byte[] payload, int most)
    {
        if (payload.Length > most)
        {
            throw new AwsException(
                "RequestTooLargeException",
                $"Request must be smaller than {most} bytes for the InvokeFunction operation",
                413
            );
        }
    }
}
