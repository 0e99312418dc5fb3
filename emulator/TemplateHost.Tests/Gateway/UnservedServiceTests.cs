using TemplateHost.Testing;
using TemplateHost.Tests.Support;
using Xunit;

namespace TemplateHost.Tests.Gateway;

/// <summary>A service that the host lacks is refused by name, in the protocol that its callers read.</summary>
public sealed class UnservedServiceTests : IAsyncLifetime
{
    private TestHost host = null!;

    public async ValueTask InitializeAsync() => host = await TestHost.StartAsync(SdkHost.EmptyTemplate);

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Theory]
    [InlineData(
        "sns",
        "Action=ListTopics&Version=2010-03-31",
        400,
        "InvalidAction",
        "<ErrorResponse><Error>",
        "sns is not served by the embedded host: ListTopics"
    )]
    [InlineData(
        "ec2",
        "Action=DescribeVpcs&Version=2016-11-15",
        400,
        "InvalidAction",
        "<Response><Errors>",
        "ec2 is not served by the embedded host: DescribeVpcs"
    )]
    public async Task Form_IsAnsweredInXml(string service, string form, int status, string code, string start, string reason) =>
        await ExpectAsync(service, Families.Form(host.Host.AwsUrl, form), status, code, start, reason);

    [Fact]
    public Task Target_IsAnsweredInJson() =>
        ExpectAsync(
            "ecs",
            Families.Json(host.Host.AwsUrl, "AmazonEC2ContainerServiceV20141113.ListClusters", "{}"),
            404,
            "UnknownOperationException",
            "{",
            "ecs is not served by the embedded host: ListClusters"
        );

    [Fact]
    public Task Path_IsAnsweredInXmlOrJson() =>
        ExpectBothAsync(
            () => new HttpRequestMessage(HttpMethod.Get, host.Host.AwsUrl + "/2013-04-01/hostedzone"),
            ("route53", "NotImplemented", "<ErrorResponse>"),
            ("batch", "UnknownOperationException", "{")
        );

    private async Task ExpectBothAsync(Func<HttpRequestMessage> request, params (string Service, string Code, string Start)[] expected)
    {
        foreach (var (service, code, start) in expected)
        {
            await ExpectAsync(
                service,
                request(),
                404,
                code,
                start,
                $"{service} is not served by the embedded host: GET /2013-04-01/hostedzone"
            );
        }
    }

    private async Task ExpectAsync(string service, HttpRequestMessage request, int status, string code, string start, string reason)
    {
        await host.SignerFor(null).SignAsync(request, service);

        using var answer = await host.Client.SendAsync(request);

        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal((status, code), ((int)answer.StatusCode, await Families.CodeOfAsync(answer)));
        Assert.StartsWith(start, text, StringComparison.Ordinal);
        Assert.Contains(reason, text, StringComparison.Ordinal);
        request.Dispose();
    }
}
