using System.Text;
using TemplateHost.ApiGateway.Requests;
using Xunit;

namespace TemplateHost.Tests.ApiGateway;

/// <summary>
/// What an HTTP API makes of a function's answer:
/// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html.
/// </summary>
public sealed class ProxyAnswerTests
{
    [Theory]
    [InlineData("\"Hello from Lambda!\"")]
    [InlineData("""{"message":"Hello from Lambda!"}""")]
    [InlineData("[1,2]")]
    public void Answer_WithoutAStatus_IsTheBodyOf200(string payload)
    {
        var answer = ProxyAnswer.Read(payload)!;
        Assert.Equal((200, payload), (answer.Status, Encoding.UTF8.GetString(answer.Body.Span)));
        Assert.Contains(new("content-type", "application/json"), answer.Headers);
    }

    [Fact]
    public void Answer_WithAStatus_IsTakenApart()
    {
        var answer = ProxyAnswer.Read(
            """
            {"statusCode":201,"headers":{"Content-Type":"text/x","X-Number":7},"cookies":["a=1; Secure","b=2"],"body":"AQI=",
              "isBase64Encoded":true}
            """
        )!;
        Assert.Equal((201, "AQI="), (answer.Status, Convert.ToBase64String(answer.Body.Span)));
        Assert.Equal(
            [new("content-type", "text/x"), new("x-number", "7"), new("set-cookie", "a=1; Secure"), new("set-cookie", "b=2")],
            answer.Headers
        );
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("""{"statusCode":200,"body":"%","isBase64Encoded":true}""")]
    [InlineData("""{"statusCode":200,"body":{"not":"text"}}""")]
    [InlineData("""{"statusCode":"many"}""")]
    public void Answer_ThatIsNone_IsAFailureOfTheIntegration(string payload) => Assert.Null(ProxyAnswer.Read(payload));
}
