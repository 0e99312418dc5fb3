using System.Text.Json.Nodes;
using System.Xml.Linq;
using TemplateHost.Tests.Support;
using Xunit;

namespace TemplateHost.Tests.Iam;

public sealed class PolicyApiTests : IAsyncLifetime
{
    private const string Trust =
        """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":"*"}}]}""";
    private const string Listing =
        """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"dynamodb:ListTables","Resource":"*"}]}""";

    private TestHost host = null!;

    public async ValueTask InitializeAsync() => host = await TestHost.StartAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task ManagedPolicy_Attached_AllowsUntilItIsDetached()
    {
        await CallAsync("CreateRole", ("RoleName", "reader"), ("AssumeRolePolicyDocument", Trust));
        var arn = (await CallAsync("CreatePolicy", ("PolicyName", "listing"), ("PolicyDocument", Listing)))
            .Descendants("Arn")
            .Single()
            .Value;
        Assert.Equal("AccessDeniedException", await CodeOfListingAsync());

        await CallAsync("AttachRolePolicy", ("RoleName", "reader"), ("PolicyArn", arn));
        Assert.Equal("", await CodeOfListingAsync());
        Assert.Equal("1", (await CallAsync("GetPolicy", ("PolicyArn", arn))).Descendants("AttachmentCount").Single().Value);
        await ExpectAsync(409, "DeleteConflict", "Cannot delete a policy attached to entities.", "DeletePolicy", ("PolicyArn", arn));
        await ExpectAsync(409, "DeleteConflict", "must detach all policies first", "DeleteRole", ("RoleName", "reader"));

        host = await host.RestartAsync(TestHost.Template());
        Assert.Equal("", await CodeOfListingAsync());

        await CallAsync("DetachRolePolicy", ("RoleName", "reader"), ("PolicyArn", arn));
        Assert.Equal("AccessDeniedException", await CodeOfListingAsync());
        await CallAsync("DeletePolicy", ("PolicyArn", arn));
        await ExpectAsync(404, "NoSuchEntity", $"Policy {arn} was not found.", "GetPolicy", ("PolicyArn", arn));
    }

    [Fact]
    public async Task Role_WithATagTwiceOrWithoutAValue_IsRefused()
    {
        await ExpectAsync(
            400,
            "InvalidInput",
            "Duplicate tag keys found",
            "CreateRole",
            ("RoleName", "tagged"),
            ("AssumeRolePolicyDocument", Trust),
            ("Tags.member.1.Key", "a"),
            ("Tags.member.1.Value", "1"),
            ("Tags.member.2.Key", "a"),
            ("Tags.member.2.Value", "2")
        );
        await ExpectAsync(
            400,
            "ValidationError",
            "every tag has a Key and a Value",
            "CreateRole",
            ("RoleName", "tagged"),
            ("AssumeRolePolicyDocument", Trust),
            ("Tags.member.1.Key", "a")
        );
        await ExpectAsync(404, "NoSuchEntity", "tagged", "GetRole", ("RoleName", "tagged"));
    }

    [Theory]
    [InlineData("{", "This policy contains invalid Json")]
    [InlineData("[]", "Syntax errors in policy.")]
    [InlineData("""{"Statement":[]}""", "Could not parse the policy: Statement is empty!")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}],"Author":"me"}""", "Syntax errors in policy.")]
    [InlineData(
        """{"Version":"2020","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}""",
        "The policy must contain a valid version string."
    )]
    [InlineData("""{"Statement":[{"Effect":"Allow","Resource":"*"}]}""", "Policy statement must contain actions.")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"s3:*"}]}""", "Policy statement must contain resources.")]
    [InlineData(
        """{"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"bucket"}]}""",
        "Resource bucket must be in ARN format or \"*\"."
    )]
    [InlineData(
        """{"Statement":[{"Effect":"Allow","Action":"fly","Resource":"*"}]}""",
        "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."
    )]
    [InlineData(
        """{"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*","Principal":"*"}]}""",
        "Policy document should not specify a principal."
    )]
    [InlineData(
        """{"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"StringAlmost":{"a":"b"}}}]}""",
        "Invalid Condition type : StringAlmost"
    )]
    [InlineData(
        """{"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"Null":{"a":"perhaps"}}}]}""",
        "Invalid value for the condition Null: perhaps"
    )]
    public async Task Policy_ThatIsMalformed_IsRefusedInIamsWords(string document, string reason)
    {
        await ExpectAsync(400, "MalformedPolicyDocument", reason, "CreatePolicy", ("PolicyName", "p"), ("PolicyDocument", document));

        Assert.DoesNotContain((await CallAsync("ListPolicies", ("Scope", "Local"))).Descendants("PolicyName"), name => name.Value == "p");
    }

    [Theory]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"sts:AssumeRole"}]}""", "Missing required field Principal")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":"me"}]}""", "Invalid principal in policy: me")]
    [InlineData(
        """{"Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":"*","Resource":"*"}]}""",
        "Has prohibited field Resource"
    )]
    public Task TrustPolicy_ThatIsMalformed_IsRefused(string document, string reason) =>
        ExpectAsync(400, "MalformedPolicyDocument", reason, "CreateRole", ("RoleName", "r"), ("AssumeRolePolicyDocument", document));

    [Fact]
    public async Task Names_ThatAreTakenOrUnknown_AreRefused()
    {
        await CallAsync("CreatePolicy", ("PolicyName", "listing"), ("PolicyDocument", Listing));
        await CallAsync("CreateRole", ("RoleName", "reader"), ("AssumeRolePolicyDocument", Trust));

        await ExpectAsync(
            409,
            "EntityAlreadyExists",
            "A policy called listing already exists.",
            "CreatePolicy",
            ("PolicyName", "listing"),
            ("PolicyDocument", Listing)
        );
        await ExpectAsync(
            409,
            "EntityAlreadyExists",
            "Role with name reader already exists.",
            "CreateRole",
            ("RoleName", "reader"),
            ("AssumeRolePolicyDocument", Trust)
        );
        await ExpectAsync(
            404,
            "NoSuchEntity",
            "does not exist or is not attachable",
            "AttachRolePolicy",
            ("RoleName", "reader"),
            ("PolicyArn", "arn:aws:iam::aws:policy/AdministratorAccess")
        );
        await ExpectAsync(404, "NoSuchEntity", "The role with name nobody cannot be found.", "GetRole", ("RoleName", "nobody"));
        await ExpectAsync(
            400,
            "ValidationError",
            "The specified value for roleName is invalid.",
            "CreateRole",
            ("RoleName", "a b"),
            ("AssumeRolePolicyDocument", Trust)
        );
        await ExpectAsync(400, "InvalidAction", "The operation iam:CreateUser is not served", "CreateUser", ("UserName", "u"));
    }

    [Fact]
    public async Task RoleTags_AreSeenByPolicies()
    {
        const string ByTag = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"dynamodb:ListTables","Resource":"*",
              "Condition":{"StringEquals":{"aws:PrincipalTag/team":"blue"}}}]}
            """;
        await CallAsync("CreateRole", ("RoleName", "reader"), ("AssumeRolePolicyDocument", Trust));
        await CallAsync("PutRolePolicy", ("RoleName", "reader"), ("PolicyName", "p"), ("PolicyDocument", ByTag));
        Assert.Equal("AccessDeniedException", await CodeOfListingAsync());

        await CallAsync("TagRole", ("RoleName", "reader"), ("Tags.member.1.Key", "team"), ("Tags.member.1.Value", "blue"));
        Assert.Equal("", await CodeOfListingAsync());
        await CallAsync("UntagRole", ("RoleName", "reader"), ("TagKeys.member.1", "team"));
        Assert.Equal("AccessDeniedException", await CodeOfListingAsync());
    }

    [Fact]
    public async Task ManagedPolicy_OfATemplate_AllowsWhatItSays()
    {
        host = await host.RestartAsync(
            TestHost.Template(
                """
                "Reader": { "Type": "AWS::IAM::Role", "Properties": { "RoleName": "reader",
                  "AssumeRolePolicyDocument": { "Version": "2012-10-17",
                  "Statement": [ { "Effect": "Allow", "Action": "sts:AssumeRole",
                    "Principal": { "Service": "lambda.amazonaws.com" } } ] } } },
                "Listing": { "Type": "AWS::IAM::ManagedPolicy", "Properties": { "Roles": [ { "Ref": "Reader" } ],
                  "PolicyDocument": { "Version": "2012-10-17",
                  "Statement": [ { "Effect": "Allow", "Action": "dynamodb:ListTables", "Resource": "*" } ] } } }
                """
            )
        );

        Assert.Equal("", await CodeOfListingAsync());
        host = await host.RestartAsync(TestHost.Template());
        Assert.Empty((await CallAsync("ListPolicies", ("Scope", "Local"))).Descendants("PolicyName"));
    }

    private async Task<string> CodeOfListingAsync()
    {
        try
        {
            await host.CallAsync("dynamodb", "ListTables", new JsonObject(), "reader");
            return "";
        }
        catch (AwsCallException refusal)
        {
            return refusal.Code;
        }
    }

    private Task<XElement> CallAsync(string action, params (string, string)[] parameters) =>
        QueryClient.Of(host).CallAsync("iam", action, parameters);

    private async Task ExpectAsync(int status, string code, string reason, string action, params (string, string)[] parameters)
    {
        var refusal = await Assert.ThrowsAsync<QueryCallException>(() => CallAsync(action, parameters));
        Assert.Equal((status, code), (refusal.Status, refusal.Code));
        Assert.Contains(reason, refusal.Reason, StringComparison.Ordinal);
    }
}
