using System.Text.Json;
using System.Text.Json.Nodes;
using TemplateHost.Gateway;
using TemplateHost.Kernel;

namespace TemplateHost.Ses;

/// <summary>
/// SendEmail of SES over its REST protocol: https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html. Every address
/// counts as verified, and what would be sent goes to the mailbox.
/// </summary>
internal sealed class SesService : JsonService, IAwsService
{
    private const string Path = "/v2/email/outbound-emails";
    private readonly HostContext host;

    public SesService(HostContext host)
    {
        this.host = host;
        Operations = new([
            new(
                "SendEmail",
                "FromEmailAddress Destination(ToAddresses) "
                    + "Content(Simple(Subject(Data Charset) Body(Text(Data Charset)) Headers(Name Value)))",
                call => Task.FromResult(Send(call))
            ),
        ]);
    }

    public override string SigningName => "ses";

    protected override string ContentType => "application/json";

    protected override string UnservedMemberCode => "BadRequestException";

    protected override OperationTable<JsonCall, JsonObject> Operations { get; }

    async Task<AwsResponse> IAwsService.HandleAsync(AwsRequest request, CancellationToken cancellationToken)
    {
        var operation = request is { Method: "POST", RawPath: Path } ? "SendEmail" : $"{request.Method} {request.RawPath}";
        var output = await InvokeAsync(
            operation,
            new JsonCall(request.Caller, request.RequestId, Read(request.Octets.Span), cancellationToken)
        );
        var response = new AwsResponse { Body = JsonSerializer.SerializeToUtf8Bytes(output) };
        response.Headers["Content-Type"] = ContentType;
        return response;
    }

    private static JsonObject Read(ReadOnlySpan<byte> body)
    {
        try
        {
            return DeepJson.Parse(body) as JsonObject ?? throw Bad("The body is not a JSON object.");
        }
        catch (JsonException)
        {
            throw Bad("The body is not JSON.");
        }
    }

    private JsonObject Send(JsonCall call)
    {
        var from = call.Input["FromEmailAddress"]?.GetValue<string>() ?? throw Bad("FromEmailAddress is missing.");
        host.Authorizer.Demand(
            call.Caller,
            call.Right,
            host.Arn("ses", $"identity/{from}"),
            context: new Dictionary<string, string> { ["ses:FromAddress"] = from }
        );
        var to = call.Input["Destination"]?["ToAddresses"]?.AsArray().Select(address => address!.GetValue<string>()).ToList() ?? [];
        var simple = call.Input["Content"]?["Simple"] ?? throw Bad("Content.Simple is missing.");
        if (to.Count is 0 or > 50)
        {
            throw Bad("A mail has one to fifty recipients.");
        }

        foreach (var address in to)
        {
            host.Mailbox.Deliver(Mail(from, address, simple));
        }

        return new JsonObject { ["MessageId"] = host.Random.Uuid() };
    }

    private MailMessage Mail(string from, string to, JsonNode simple) =>
        new(to, TextOf(simple["Subject"]), "", host.Time.GetUtcNow())
        {
            From = from,
            Text = TextOf(simple["Body"]?["Text"]),
            Headers =
            [
                .. (simple["Headers"]?.AsArray() ?? []).Select(header =>
                    (header!["Name"]!.GetValue<string>(), header["Value"]!.GetValue<string>())
                ),
            ],
        };

    private static string TextOf(JsonNode? content) => content?["Data"]?.GetValue<string>() ?? throw Bad("A text is missing.");

    private static AwsException Bad(string message) => new("BadRequestException", message);
}
