using TemplateHost.ApiGateway.Model;
using TemplateHost.ApiGateway.Requests;
using Xunit;

namespace TemplateHost.Tests.ApiGateway;

/// <summary>
/// Which route serves a request: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html.
/// </summary>
public sealed class RouteMatchTests
{
    private static readonly string[] Keys =
    [
        "$default",
        "ANY /{proxy+}",
        "GET /pets/{proxy+}",
        "GET /pets/dog/{id}",
        "GET /pets/dog/1",
        "POST /pets/dog/{id}",
        "ANY /pets/dog/{id}",
    ];

    [Theory]
    [InlineData("GET", "/pets/dog/1", "GET /pets/dog/1")]
    [InlineData("GET", "/pets/dog/2", "GET /pets/dog/{id}")]
    [InlineData("PUT", "/pets/dog/2", "ANY /pets/dog/{id}")]
    [InlineData("GET", "/pets/cat/1", "GET /pets/{proxy+}")]
    [InlineData("GET", "/pets/dog/2/collar", "GET /pets/{proxy+}")]
    [InlineData("POST", "/test/5", "ANY /{proxy+}")]
    [InlineData("POST", "/", "$default")]
    public void Route_MostSpecific_Serves(string method, string path, string key) => Assert.Equal(key, Find(method, path)!.Route.Key);

    [Theory]
    [InlineData("/pets/dog/a%20b", "id", "a b")]
    [InlineData("/pets/cat/1/2", "proxy", "cat/1/2")]
    public void Variables_OfThePath_AreDecoded(string path, string name, string value) =>
        Assert.Equal(value, Find("GET", path)!.PathParameters[name]);

    [Fact]
    public void Request_ThatNoRouteTakes_HasNone() =>
        Assert.Null(RouteMatch.Find([new Route("1", "GET /pets", "i", null, [])], "POST", "/pets"));

    private static RouteMatch? Find(string method, string path) =>
        RouteMatch.Find(Keys.Select((key, index) => new Route($"{index}", key, "i", null, [])), method, path);
}
