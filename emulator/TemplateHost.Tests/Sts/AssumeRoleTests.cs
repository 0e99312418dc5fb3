using System.Xml.Linq;
using TemplateHost.Testing;
using TemplateHost.Tests.Support;
using Xunit;

namespace TemplateHost.Tests.Sts;

public sealed class AssumeRoleTests : IAsyncLifetime
{
    private const string RoleArn = "arn:aws:iam::000000000000:role/target";

    private TestHost host = null!;

    public async ValueTask InitializeAsync() => host = await TestHost.StartAsync(TestHost.Template(Role("target", "\"WorkflowRole\"")));

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task CallerIdentity_OfRootAndOfASession_IsTheirs()
    {
        var root = await QueryClient.Of(host).CallAsync("sts", "GetCallerIdentity");
        var session = await (await SessionAsync()).CallAsync("sts", "GetCallerIdentity");

        Assert.Equal(("arn:aws:iam::000000000000:root", "000000000000"), (Text(root, "Arn"), Text(root, "Account")));
        Assert.Equal("arn:aws:sts::000000000000:assumed-role/target/me", Text(session, "Arn"));
        Assert.Matches("^AROA[A-Z2-7]{17}:me$", Text(session, "UserId"));
    }

    [Fact]
    public async Task Role_ThatDoesNotTrustTheCaller_IsRefused()
    {
        host = await host.RestartAsync(TestHost.Template(Role("target", "\"states.amazonaws.com\"", "Service")));

        var refusal = await Assert.ThrowsAsync<QueryCallException>(() =>
            QueryClient.Of(host, "WorkflowRole").CallAsync("sts", "AssumeRole", ("RoleArn", RoleArn), ("RoleSessionName", "me"))
        );

        Assert.Equal((403, "AccessDenied"), (refusal.Status, refusal.Code));
        Assert.Contains($"is not authorized to perform: sts:AssumeRole on resource: {RoleArn}", refusal.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DurationSeconds", "899", "Member must have value greater than or equal to 900")]
    [InlineData("DurationSeconds", "43201", "Member must have value less than or equal to 43200")]
    [InlineData("DurationSeconds", "7200", "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.")]
    [InlineData("RoleSessionName", "a b", "failed to satisfy constraint: Member must satisfy regular expression pattern")]
    [InlineData("SerialNumber", "mfa", "The embedded host does not serve SerialNumber of AssumeRole.")]
    public async Task Parameter_OutOfBounds_IsRefused(string name, string value, string reason)
    {
        var refusal = await Assert.ThrowsAsync<QueryCallException>(() =>
            QueryClient
                .Of(host)
                .CallAsync(
                    "sts",
                    "AssumeRole",
                    [("RoleArn", RoleArn), (name, value), .. name == "RoleSessionName" ? [] : new[] { ("RoleSessionName", "me") }]
                )
        );

        Assert.Equal((400, "ValidationError"), (refusal.Status, refusal.Code));
        Assert.Contains(reason, refusal.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ChainedSession_OfMoreThanAnHour_IsRefused()
    {
        var refusal = await Assert.ThrowsAsync<QueryCallException>(() =>
            QueryClient
                .Of(host, "WorkflowRole")
                .CallAsync("sts", "AssumeRole", ("RoleArn", RoleArn), ("RoleSessionName", "me"), ("DurationSeconds", "3601"))
        );

        Assert.Contains("1 hour session limit for roles assumed by role chaining", refusal.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SessionPolicy_LimitsTheRole()
    {
        const string ListingOnly = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iam:ListRoles","Resource":"*"}]}""";
        var session = await SessionAsync(("Policy", ListingOnly));

        await session.CallAsync("iam", "ListRoles");
        var refusal = await Assert.ThrowsAsync<QueryCallException>(() => session.CallAsync("iam", "ListPolicies"));

        Assert.Contains("because no session policy allows the iam:ListPolicies action", refusal.Reason, StringComparison.Ordinal);
        await (await SessionAsync()).CallAsync("iam", "ListPolicies");
    }

    [Fact]
    public async Task SessionPolicy_ThatIsMalformed_IsRefused()
    {
        var refusal = await Assert.ThrowsAsync<QueryCallException>(() => SessionAsync(("Policy", "{}")));

        Assert.Equal("MalformedPolicyDocument", refusal.Code);
    }

    [Fact]
    public async Task Session_PastItsDuration_IsExpired()
    {
        var session = await SessionAsync(("DurationSeconds", "900"));
        host.Time.Advance(TimeSpan.FromMinutes(16));

        var refusal = await Assert.ThrowsAsync<QueryCallException>(() => session.CallAsync("sts", "GetCallerIdentity"));

        Assert.Equal((403, "ExpiredToken"), (refusal.Status, refusal.Code));
    }

    private async Task<QueryClient> SessionAsync(params (string, string)[] parameters)
    {
        var answer = await QueryClient
            .Of(host)
            .CallAsync("sts", "AssumeRole", [("RoleArn", RoleArn), ("RoleSessionName", "me"), .. parameters]);
        return new QueryClient(
            host.Client,
            host.Host.AwsUrl,
            new RequestSigner(Text(answer, "AccessKeyId"), Text(answer, "SecretAccessKey"), Text(answer, "SessionToken"), host.Time)
        );
    }

    private static string Text(XElement element, string name) => element.Descendants(name).First().Value;

    private static string Role(string name, string principal, string kind = "AWS")
    {
        var trusted =
            kind == "AWS"
                ? """{ "AWS": [ "arn:aws:iam::000000000000:root", { "Fn::GetAtt": [ "WorkflowRole", "Arn" ] } ] }"""
                : $$"""{ "{{kind}}": {{principal}} }""";
        return $$"""
            "Target": { "Type": "AWS::IAM::Role", "Properties": { "RoleName": "{{name}}",
              "AssumeRolePolicyDocument": { "Version": "2012-10-17", "Statement": [ { "Effect": "Allow", "Action": "sts:AssumeRole",
                "Principal": {{trusted}} } ] },
              "Policies": [ { "PolicyName": "p", "PolicyDocument": { "Version": "2012-10-17", "Statement": [ { "Effect": "Allow",
                "Action": "iam:*", "Resource": "*" } ] } } ] } }
            """;
    }
}
