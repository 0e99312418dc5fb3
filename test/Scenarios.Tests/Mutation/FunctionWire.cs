using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using TemplateHost.Kernel;
using TemplateHost.Testing;

namespace FairShare.Scenarios.Tests.Mutation;

/// <summary>What stands between a function and AWS: the holds of the run, and its defect, if it is of this function.</summary>
internal sealed class FunctionWire(DefectiveFunctions functions, FunctionStart start) : DelegatingHandler(start.CreateHandler())
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
        new((HttpStatusCode)answer.Status)
        {
            RequestMessage = request,
            Content = new StringContent(answer.Body.ToJsonString(), Encoding.UTF8, "application/x-amz-json-1.0"),
        };
}
