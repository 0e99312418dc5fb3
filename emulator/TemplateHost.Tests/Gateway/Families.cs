using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace TemplateHost.Tests.Gateway;

/// <summary>One request of each family of protocols, each of which would change something, and how the family writes a refusal.</summary>
internal static class Families
{
    private const string Trust =
        """{"Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":"lambda.amazonaws.com"}}]}""";
    private const string Stack = """{"Resources":{"A":{"Type":"AWS::Logs::LogGroup"}}}""";

    private const string Table = """
        {"TableName":"table","BillingMode":"PAY_PER_REQUEST","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],
          "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}]}
        """;

    /// <returns>The signing name, and the request.</returns>
    public static (string Service, HttpRequestMessage Request) Of(string family, string url) =>
        family switch
        {
            "json" => ("dynamodb", Json(url, "DynamoDB_20120810.CreateTable", Table)),
            "query" => (
                "iam",
                Form(url, $"Action=CreateRole&Version=2010-05-08&RoleName=r&AssumeRolePolicyDocument={Uri.EscapeDataString(Trust)}")
            ),
            "query, of a region" => (
                "cloudformation",
                Form(url, $"Action=CreateStack&Version=2010-05-15&StackName=s&TemplateBody={Uri.EscapeDataString(Stack)}")
            ),
            "rest-json" => (
                "lambda",
                new HttpRequestMessage(HttpMethod.Post, url + "/2015-03-31/functions/none/invocations")
                {
                    Content = new StringContent("{}"),
                }
            ),
            "rest-xml" => ("s3", new HttpRequestMessage(HttpMethod.Put, url + "/bucket")),
            _ => throw new ArgumentOutOfRangeException(nameof(family), family, "no such family"),
        };

    public static async Task<string> CodeOfAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        return text.StartsWith('<')
            ? XElement.Parse(text).DescendantsAndSelf().First(element => element.Name.LocalName == "Code").Value
            : JsonNode.Parse(text)!["__type"]?.ToString() ?? answer.Headers.GetValues("x-amzn-ErrorType").Single();
    }

    public static HttpRequestMessage Json(string url, string target, string body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, url + "/") { Content = Content(body, "application/x-amz-json-1.0") };
        request.Headers.Add("X-Amz-Target", target);
        return request;
    }

    public static HttpRequestMessage Form(string url, string form) =>
        new(HttpMethod.Post, url + "/") { Content = Content(form, "application/x-www-form-urlencoded") };

    private static ByteArrayContent Content(string text, string type)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return content;
    }
}
