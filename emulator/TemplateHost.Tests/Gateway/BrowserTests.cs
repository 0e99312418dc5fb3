using System.Net;
using System.Text;
using TemplateHost.Hosting;
using TemplateHost.Testing;
using TemplateHost.Tests.ApiGateway;
using TemplateHost.Tests.Cognito;
using TemplateHost.Tests.Lambda;
using TemplateHost.Tests.S3;
using TemplateHost.Tests.Support;
using Xunit;

namespace TemplateHost.Tests.Gateway;

/// <summary>What web pages that are open in a browser on this machine can make it send.</summary>
public sealed class BrowserTests
{
    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.0.0.1:1", true)]
    [InlineData("localhost:8080", true)]
    [InlineData("LOCALHOST.", true)]
    [InlineData("documents.localhost:1", true)]
    [InlineData("[::1]:1", true)]
    [InlineData("elsewhere.test", false)]
    [InlineData("elsewhere.test:4566", false)]
    [InlineData("localhost.elsewhere.test", false)]
    [InlineData("127.0.0.1.elsewhere.test", false)]
    [InlineData("elsewhere.test#.localhost", false)]
    [InlineData("localhost@elsewhere.test", false)]
    [InlineData("192.0.2.7", false)]
    [InlineData("dynamodb.us-east-1.amazonaws.com", false)]
    public async Task Host_OfAnotherName_IsNotServed(string name, bool served)
    {
        await using var host = await SdkHost.StartAsync();
        using var client = new HttpClient();

        foreach (var address in (string[])[host.Host.AwsUrl, host.Host.ApiUrl])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address + "/");
            request.Headers.TryAddWithoutValidation("Host", name);
            await host.Signer.SignAsync(request, "s3");
            using var answer = await client.SendAsync(request);
            Assert.Equal(served, answer.StatusCode is not (HttpStatusCode.MisdirectedRequest or HttpStatusCode.BadRequest));
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(served || !text.Contains("ListAllMyBucketsResult", StringComparison.Ordinal), text);
        }
    }

    [Theory]
    [InlineData("Origin", "https://elsewhere.test")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "http://localhost:3000")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task Aws_CalledByAPageElsewhere_IsRefusedEvenWhenSigned(string header, string value)
    {
        await using var host = await SdkHost.StartAsync(Template);
        using var client = new HttpClient();
        (HttpMethod Method, string Path, string Service, string? Target)[] calls =
        [
            (HttpMethod.Get, "/", "s3", null),
            (HttpMethod.Get, "/documents?list-type=2", "s3", null),
            (HttpMethod.Delete, "/documents/k", "s3", null),
            (HttpMethod.Get, "/?Action=DeleteStack&StackName=Stack", "cloudformation", null),
            (HttpMethod.Post, "/", "dynamodb", "DynamoDB_20120810.ListTables"),
            // Not the calls that need no signature: pages of any origin may make those, as at AWS (PoolPagesTests).
            (HttpMethod.Post, "/", "cognito-idp", "AWSCognitoIdentityProviderService.ListUserPools"),
            (HttpMethod.Get, "/2015-03-31/functions", "lambda", null),
        ];
        foreach (var (method, path, service, target) in calls)
        {
            using var request = new HttpRequestMessage(method, host.Host.AwsUrl + path);
            request.Headers.Add(header, value);
            if (target is not null)
            {
                request.Headers.Add("X-Amz-Target", target);
            }

            if (method == HttpMethod.Post)
            {
                request.Content = new StringContent("{}", Encoding.UTF8, "text/plain");
            }

            await host.Signer.SignAsync(request, service);
            using var answer = await client.SendAsync(request);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
            Assert.Contains("AccessDenied", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Origin", "https://shop.example", 200)]
    [InlineData("Origin", "https://elsewhere.test", 403)]
    [InlineData("Referer", "https://shop.example/page", 200)]
    [InlineData("Referer", "https://elsewhere.test/shop.example", 403)]
    public async Task Object_PutByAPage_IsTakenByTheBucketsRules(string header, string value, int status)
    {
        await using var host = await SdkHost.StartAsync(Template);
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Put, host.Host.AwsUrl + "/documents/k") { Content = new StringContent("x") };
        request.Headers.Add(header, value);
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        await host.Signer.SignAsync(request, "s3");

        using var answer = await client.SendAsync(request);

        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Theory]
    [InlineData("same-origin")]
    [InlineData("none")]
    public async Task Aws_CalledByNoForeignPage_IsServed(string site)
    {
        await using var host = await SdkHost.StartAsync(Template);
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, host.Host.AwsUrl + "/");
        request.Headers.Add("Sec-Fetch-Site", site);
        if (site == "same-origin")
        {
            request.Headers.Add("Origin", host.Host.AwsUrl);
        }

        await host.Signer.SignAsync(request, "s3");

        using var answer = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("https://example.com", 200)]
    [InlineData("https://elsewhere.test", 403)]
    [InlineData(null, 403)]
    public async Task Api_CalledByAPage_IsServedByItsRules(string? origin, int status)
    {
        string[] resources = [ShellFunctions.Resource("Echo"), ShellFunctions.Resource("Answer"), Parties.Resources, ApiTemplate.Api];
        using var functions = new ShellFunctions();
        await using var host = await EmbeddedHost.StartAsync(
            new EmbeddedHostOptions { FunctionsDirectory = functions.Location },
            TestHost
                .Template(string.Join(",\n", resources) + ApiTemplate.Permission)
                .Replace("\"AllowOrigins\": [\"*\"]", "\"AllowOrigins\": [\"https://example.com\"]", StringComparison.Ordinal)
        );
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, host.ApiUrl + "/public");
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        using var answer = await client.SendAsync(request);

        Assert.Equal(status == 403, answer.StatusCode == HttpStatusCode.Forbidden);
    }

    private const string Template = TestBucket.Template;
}
