using System.Text;
using System.Text.Json.Nodes;
using FairShare.Host;
using TemplateHost.Kernel;

namespace FairShare.Scenarios.Tests.Mutation;

/// <summary>The handlers of this build, each behind the defect that a run has, the holds of its schedule, and nothing else.</summary>
internal sealed class DefectiveFunctions
{
    private MutationWorld? world;

    /// <summary>Whose run it is: its mutant, and its schedule's holds.</summary>
    public void Enter(MutationWorld? entered) => Volatile.Write(ref world, entered);

    /// <summary>The run; null between two.</summary>
    public MutationWorld? World => Volatile.Read(ref world);

    /// <summary>Starts a function, as the host asks for it.</summary>
    public FunctionHandler Start(FunctionStart start)
    {
        var handler = HandlerFactory.Start(start with { CreateHandler = () => new FunctionWire(this, start) });
        return async (payload, invocation) =>
        {
            if (World is not { } current)
            {
                return await handler(payload, invocation);
            }

            if (current.Away.Contains(start.Handler))
            {
                throw new InvalidOperationException("The schedule keeps this function from running.");
            }

            var defect = current.DefectOf(start.Handler);
            return Answered(current, defect, await handler(await AskedAsync(current, defect, payload), invocation));
        };
    }

    private static async Task<Stream> AskedAsync(MutationWorld world, Defect? defect, Stream payload)
    {
        if (defect?.Event is not { } change)
        {
            return payload;
        }

        var json = (await JsonNode.ParseAsync(payload))!.AsObject();
        change(world, json);
        return new MemoryStream(Encoding.UTF8.GetBytes(json.ToJsonString()));
    }

    private static Stream Answered(MutationWorld world, Defect? defect, Stream answer)
    {
        if (defect?.Reply is not { } change)
        {
            return answer;
        }

        var json = JsonNode.Parse(answer)!.AsObject();
        if (json["body"]?.GetValue<string>() is { Length: > 0 } text && JsonNode.Parse(text) is JsonObject body)
        {
            change(world, body);
            json["body"] = body.ToJsonString();
        }

        return new MemoryStream(Encoding.UTF8.GetBytes(json.ToJsonString()));
    }
}
