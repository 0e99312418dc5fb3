using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.SimpleEmailV2.Model;

namespace Amazon.SimpleEmailV2.Internal;

/// <summary>The request of SendEmail: <c>POST /v2/email/outbound-emails</c>.</summary>
internal sealed class SendEmailMarshaller : IMarshaller<IRequest, AmazonWebServiceRequest>
{
    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            Write(json, (SendEmailRequest)input);
        }

        var request = new DefaultRequest(input, "SimpleEmailV2.SendEmail")
        {
            HttpMethod = "POST",
            ResourcePath = "/v2/email/outbound-emails",
            Content = buffer.ToArray(),
        };
        request.Headers["Content-Type"] = "application/json";
        return request;
    }

    public static void Read(JsonElement json, SendEmailResponse response) =>
        response.MessageId = json.TryGetProperty("MessageId", out var id) ? id.GetString() : null;

    private static void Write(Utf8JsonWriter json, SendEmailRequest request)
    {
        json.WriteStartObject();
        json.WriteString("FromEmailAddress", request.FromEmailAddress);
        json.WriteStartObject("Destination");
        json.WriteStartArray("ToAddresses");
        foreach (var address in request.Destination?.ToAddresses ?? [])
        {
            json.WriteStringValue(address);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartObject("Content");
        if (request.Content?.Simple is { } message)
        {
            Write(json, message);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Message message)
    {
        json.WriteStartObject("Simple");
        Write(json, "Subject", message.Subject);
        json.WriteStartObject("Body");
        Write(json, "Text", message.Body?.Text);
        json.WriteEndObject();
        json.WriteStartArray("Headers");
        foreach (var header in message.Headers)
        {
            json.WriteStartObject();
            json.WriteString("Name", header.Name);
            json.WriteString("Value", header.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, Content? content)
    {
        json.WriteStartObject(name);
        json.WriteString("Data", content?.Data);
        json.WriteString("Charset", content?.Charset);
        json.WriteEndObject();
    }
}
