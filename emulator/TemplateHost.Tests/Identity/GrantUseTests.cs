using System.Collections.Concurrent;
using Amazon.KeyManagementService;
using TemplateHost.Identity;
using TemplateHost.Testing;
using Xunit;

namespace TemplateHost.Tests.Identity;

public sealed class GrantUseTests
{
    private const string Template = """
        { "Resources": { "Caller": { "Type": "AWS::IAM::Role", "Properties": { "RoleName": "caller",
            "AssumeRolePolicyDocument": { "Statement": [ { "Effect": "Allow", "Action": "sts:AssumeRole",
              "Principal": { "Service": "lambda.amazonaws.com" } } ] },
            "Policies": [
              { "PolicyName": "first", "PolicyDocument": { "Statement": [
                { "Effect": "Allow", "Action": "kms:ListKeys", "Resource": "*" },
                { "Effect": "Allow", "Action": ["kms:CreateKey", "kms:TagResource"], "Resource": "*" } ] } },
              { "PolicyName": "second", "PolicyDocument": { "Statement": [
                { "Effect": "Allow", "Action": "kms:List*", "Resource": "*" } ] } } ] } } } }
        """;

    [Fact]
    public async Task Relied_CallThatOneStatementAllows_NamesIt()
    {
        var uses = new ConcurrentQueue<GrantUse>();
        await using var host = await SdkHost.StartAsync(Template, new() { Relied = uses.Enqueue });
        using var kms = new AmazonKeyManagementServiceClient(
            SdkHost.Of(host.Host.CredentialsFor("Caller")),
            host.Configure(new AmazonKeyManagementServiceConfig())
        );

        await kms.CreateKeyAsync(new() { KeySpec = KeySpec.ECC_NIST_P256, KeyUsage = KeyUsageType.SIGN_VERIFY });
        await kms.ListKeysAsync(new());

        Assert.Equal([new("caller", "first", 1, "kms:CreateKey", "*")], uses);
    }
}
