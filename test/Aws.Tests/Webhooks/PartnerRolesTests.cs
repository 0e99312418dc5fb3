using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using FairShare.Aws.Webhooks;
using TemplateHost.Hosting;
using TemplateHost.Testing;
using Xunit;

namespace FairShare.Aws.Tests.Webhooks;

/// <summary>What the service borrows of a partner's account, and for how long.</summary>
public sealed class PartnerRolesTests
{
    private const string Role = "arn:aws:iam::000000000000:role/partner";

    private const string Template = """
        { "Resources": { "Partner": { "Type": "AWS::IAM::Role", "Properties": {
          "RoleName": "partner",
          "AssumeRolePolicyDocument": { "Statement": [ { "Effect": "Allow", "Action": "sts:AssumeRole",
            "Principal": { "AWS": "000000000000" }, "Condition": { "StringEquals": { "sts:ExternalId": "webhook" } } } ] } } },
          "Caller": { "Type": "AWS::IAM::Role", "Properties": {
          "RoleName": "caller",
          "AssumeRolePolicyDocument": { "Statement": [ { "Effect": "Allow", "Action": "sts:AssumeRole",
            "Principal": { "Service": "lambda.amazonaws.com" } } ] },
          "Policies": [ { "PolicyName": "be", "PolicyDocument": { "Statement": [ { "Effect": "Allow", "Action": "sts:AssumeRole",
            "Resource": "arn:aws:iam::000000000000:role/partner" } ] } } ] } } } }
        """;

    [Fact]
    public async Task TryAssume_OfARoleThatTrustsTheWebhook_GivesAQuarterOfAnHour()
    {
        var time = new ManualTime();
        await using var host = await SdkHost.StartAsync(Template, new EmbeddedHostOptions { Time = time });
        var caller = SdkHost.Of(host.Host.CredentialsFor("arn:aws:iam::000000000000:role/caller"));
        using var client = new AmazonSecurityTokenServiceClient(caller, host.Configure(new AmazonSecurityTokenServiceConfig()));
        var roles = new PartnerRoles(client);

        var session = Assert.IsType<Credentials>(await roles.TryAssumeAsync(Role, "webhook", TestContext.Current.CancellationToken));

        Assert.Equal(time.GetUtcNow().UtcDateTime.AddSeconds(900), session.Expiration!.Value.ToUniversalTime(), TimeSpan.FromSeconds(1));
        Assert.Null(await roles.TryAssumeAsync(Role, "another", TestContext.Current.CancellationToken));
    }
}
