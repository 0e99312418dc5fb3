using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace TemplateHost.Tests.Support;

/// <summary>Requests of AWS's JSON protocols, 1.0 and 1.1.</summary>
public static class JsonProtocol
{
    private static readonly Dictionary<string, (string Prefix, string Version)> Services = new()
    {
        ["states"] = ("AWSStepFunctions", "1.0"),
        ["sqs"] = ("AmazonSQS", "1.0"),
        ["events"] = ("AWSEvents", "1.1"),
        ["dynamodb"] = ("DynamoDB_20120810", "1.0"),
        ["streams.dynamodb"] = ("DynamoDBStreams_20120810", "1.0"),
        ["kms"] = ("TrentService", "1.1"),
        ["logs"] = ("Logs_20140328", "1.1"),
        ["cognito-idp"] = ("AWSCognitoIdentityProviderService", "1.1"),
    };

    public static HttpRequestMessage Request(string endpoint, string service, string operation, JsonObject input)
    {
        var (prefix, version) = Services[service];
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(input.ToJsonString()));
        content.Headers.ContentType = new MediaTypeHeaderValue($"application/x-amz-json-{version}");
        var request = new HttpRequestMessage(HttpMethod.Post, endpoint + "/") { Content = content };
        request.Headers.Add("X-Amz-Target", $"{prefix}.{operation}");
        return request;
    }
}
