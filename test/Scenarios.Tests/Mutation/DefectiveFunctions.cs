using System.Text;
using System.Text.Json.Nodes;
using FairShare.Host;
using TemplateHost.Kernel;
using TemplateHost.Testing;

namespace FairShare.Scenarios.Tests.Mutation;

/// <summary>The handlers of this build, each behind the defect that a run has switched on, the holds of its schedule, and nothing else.</summary>
internal sealed class DefectiveFunctions
{
    private MutationWorld? world;

    /// <summary>Whose run it is: its mutant, and its schedule's holds.</summary>
    public void Enter(MutationWorld? entered) => Volatile.Write(ref world, entered);

    private MutationWorld? World => Volatile.Read(ref world);

    /// <summary>Starts a function, as the host asks for it.</summary>
    public FunctionHandler Start(FunctionStart start)
    {
        var handler = HandlerFactory.Start(
            start with
            {
                Time = new DefectiveTime(this, start),
                CreateHandler = () => new FunctionWire(this, start),
            }
        );
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

    private sealed class DefectiveTime(DefectiveFunctions functions, FunctionStart start) : TimeProvider
    {
        public override long TimestampFrequency => start.Time.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() =>
            functions.World is { } world && world.DefectOf(start.Handler)?.Clock is { } change
                ? change(world, start.Time.GetUtcNow())
                : start.Time.GetUtcNow();

        public override long GetTimestamp() => start.Time.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            start.Time.CreateTimer(callback, state, dueTime, period);
    }

    private sealed class FunctionWire(DefectiveFunctions functions, FunctionStart start) : DelegatingHandler(start.CreateHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (functions.World is not { } world)
            {
                return await base.SendAsync(request, cancellationToken);
            }

            var operation = request.Headers.TryGetValues("X-Amz-Target", out var target) ? target.Single().Split('.')[^1] : "";
            var defect = world.DefectOf(start.Handler);
            if (operation.Length == 0)
            {
                var response = await base.SendAsync(request, cancellationToken);
                await (defect?.Objects?.Invoke(world, request, response) ?? Task.CompletedTask);
                return response;
            }

            var text = await request.Content!.ReadAsStringAsync(cancellationToken);
            await world.PassAsync(start.Handler, operation, text);
            if (defect?.Wire is not { } wire)
            {
                return await base.SendAsync(request, cancellationToken);
            }

            var call = new WireCall(operation, JsonNode.Parse(text)!.AsObject());
            var answer = await wire(world, call, body => SendOnAsync(request, text, body, cancellationToken));
            return Respond(request, answer);
        }

        private async Task<WireAnswer> SendOnAsync(HttpRequestMessage request, string before, JsonObject body, CancellationToken token)
        {
            var text = body.ToJsonString();
            var sent = text == JsonNode.Parse(before)!.ToJsonString() ? request : await SignAsync(request, text);
            var response = await base.SendAsync(sent, token);
            var answer = await response.Content.ReadAsStringAsync(token);
            return new WireAnswer((int)response.StatusCode, answer.Length == 0 ? [] : JsonNode.Parse(answer)!.AsObject());
        }

        private async Task<HttpRequestMessage> SignAsync(HttpRequestMessage request, string text)
        {
            var authorization = request.Headers.GetValues("Authorization").Single();
            var service = authorization.Split("Credential=")[1].Split('/')[3];
            var changed = new HttpRequestMessage(request.Method, request.RequestUri);
            changed.Headers.TryAddWithoutValidation("X-Amz-Target", request.Headers.GetValues("X-Amz-Target").Single());
            changed.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
            changed.Content.Headers.ContentType = request.Content!.Headers.ContentType;
            var environment = start.Environment;
            var signer = new RequestSigner(
                environment["AWS_ACCESS_KEY_ID"],
                environment["AWS_SECRET_ACCESS_KEY"],
                environment.GetValueOrDefault("AWS_SESSION_TOKEN"),
                TimeProvider.System
            );
            await signer.SignAsync(changed, service);
            return changed;
        }

        private static HttpResponseMessage Respond(HttpRequestMessage request, WireAnswer answer) =>
            new((System.Net.HttpStatusCode)answer.Status)
            {
                RequestMessage = request,
                Content = new StringContent(answer.Body.ToJsonString(), Encoding.UTF8, "application/x-amz-json-1.0"),
            };
    }
}
