using System.Text.Json.Nodes;
using TemplateHost.Gateway.Faults;

namespace FairShare.Simulation.Defects;

/// <summary>Changes of what a function asks of a service.</summary>
internal static class CallEdits
{
    /// <summary>Changes one operation of one function.</summary>
    public static Func<CallPoint, string, string> At(string origin, string operation, Action<JsonNode> change) =>
        (call, body) =>
        {
            if (call.Origin != origin || call.Operation != operation)
            {
                return body;
            }

            var request = JsonNode.Parse(body)!;
            change(request);
            return request.ToJsonString();
        };
}
