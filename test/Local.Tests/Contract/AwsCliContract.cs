using FairShare.Local.Tests.S3;
using Xunit;

namespace FairShare.Local.Tests.Contract;

public sealed class AwsCliContract(Targets targets) : IClassFixture<Targets>, IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("fairshare-cli-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Theory, MemberData(nameof(Targets.All), MemberType = typeof(Targets))]
    public Task Files_CopiedUpAndDown_AreTheSame(string target) => HoldAsync(target, async aws =>
    {
        var (up, down) = (Path.Combine(directory, "up"), Path.Combine(directory, "down"));
        await File.WriteAllBytesAsync(up, TestBucket.Octets(20 << 20));
        await aws.RunAsync("s3", "mb", "s3://cli");

        // Twenty megabytes travel in parts.
        Assert.Equal(0, (await aws.RunAsync("s3", "cp", up, "s3://cli/a/b")).ExitCode);
        Assert.Equal(0, (await aws.RunAsync("s3", "cp", "s3://cli/a/b", down)).ExitCode);

        Assert.Equal(await File.ReadAllBytesAsync(up), await File.ReadAllBytesAsync(down));
        var listed = await aws.RunAsync("s3api", "list-objects-v2", "--bucket", "cli", "--prefix", "a/");
        Assert.Equal("a/b", listed.Output!["Contents"]![0]!["Key"]!.ToString());
    });

    [Theory, MemberData(nameof(Targets.All), MemberType = typeof(Targets))]
    public Task Items_ThroughTheCli_AreKept(string target) => HoldAsync(target, async aws =>
    {
        await aws.RunAsync(
            "dynamodb", "create-table", "--table-name", "cli", "--billing-mode", "PAY_PER_REQUEST",
            "--attribute-definitions", "AttributeName=pk,AttributeType=S", "--key-schema", "AttributeName=pk,KeyType=HASH");
        await aws.RunAsync("dynamodb", "put-item", "--table-name", "cli", "--item", """{"pk":{"S":"a"},"n":{"N":"1"}}""");

        var got = await aws.RunAsync("dynamodb", "get-item", "--table-name", "cli", "--key", """{"pk":{"S":"a"}}""");
        var refused = await aws.RunAsync(
            "dynamodb", "put-item", "--table-name", "cli", "--item", """{"pk":{"S":"a"}}""", "--condition-expression", "attribute_not_exists(pk)");

        Assert.Equal("1", got.Output!["Item"]!["n"]!["N"]!.ToString());
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("(ConditionalCheckFailedException)", refused.Error, StringComparison.Ordinal);
    });

    [Theory, MemberData(nameof(Targets.All), MemberType = typeof(Targets))]
    public Task Role_WithAPolicy_IsAssumed(string target) => HoldAsync(target, async aws =>
    {
        const string Trust = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":"*"}}]}""";
        const string Policy = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}""";
        var role = await aws.RunAsync("iam", "create-role", "--role-name", "cli", "--assume-role-policy-document", Trust);
        Assert.Equal(0, (await aws.RunAsync("iam", "put-role-policy", "--role-name", "cli", "--policy-name", "read", "--policy-document", Policy)).ExitCode);

        var assumed = await aws.RunAsync("sts", "assume-role", "--role-arn", role.Output!["Role"]!["Arn"]!.ToString(), "--role-session-name", "session");

        Assert.StartsWith("ASIA", assumed.Output!["Credentials"]!["AccessKeyId"]!.ToString(), StringComparison.Ordinal);
        Assert.EndsWith(":assumed-role/cli/session", assumed.Output["AssumedRoleUser"]!["Arn"]!.ToString(), StringComparison.Ordinal);
        var read = await aws.RunAsync("iam", "get-role-policy", "--role-name", "cli", "--policy-name", "read");
        Assert.Equal("s3:GetObject", read.Output!["PolicyDocument"]!["Statement"]![0]!["Action"]!.ToString());
        Assert.NotEqual(0, (await aws.RunAsync("iam", "delete-role", "--role-name", "cli")).ExitCode);
    });

    [Theory, MemberData(nameof(Targets.All), MemberType = typeof(Targets))]
    public Task Key_ThroughTheCli_SignsAndVerifies(string target) => HoldAsync(target, async aws =>
    {
        var key = (await aws.RunAsync("kms", "create-key", "--key-spec", "ECC_NIST_P256", "--key-usage", "SIGN_VERIFY")).Output!["KeyMetadata"]!["KeyId"]!.ToString();
        var message = Path.Combine(directory, "message");
        await File.WriteAllTextAsync(message, "what is signed");
        var signed = await aws.RunAsync("kms", "sign", "--key-id", key, "--message", $"fileb://{message}", "--signing-algorithm", "ECDSA_SHA_256");
        var signature = Path.Combine(directory, "signature");
        await File.WriteAllBytesAsync(signature, Convert.FromBase64String(signed.Output!["Signature"]!.ToString()));

        var verified = await aws.RunAsync(
            "kms", "verify", "--key-id", key, "--message", $"fileb://{message}", "--signature", $"fileb://{signature}", "--signing-algorithm", "ECDSA_SHA_256");

        Assert.True(verified.Output!["SignatureValid"]!.GetValue<bool>());
    });

    private Task HoldAsync(string target, Func<AwsCli, Task> contract, [System.Runtime.CompilerServices.CallerMemberName] string name = "")
    {
        Assert.SkipWhen(AwsCli.Program is null, "The AWS CLI is not installed here.");
        return targets.HoldAsync(target, () => contract(new AwsCli(targets.UrlOf(target))), name);
    }
}
