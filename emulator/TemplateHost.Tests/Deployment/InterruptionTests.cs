using System.Text.Json.Nodes;
using TemplateHost.Deployment;
using TemplateHost.Hosting;
using TemplateHost.Storage;
using Xunit;

namespace TemplateHost.Tests.Deployment;

/// <summary>A deployment that is cut off after its first write, its second, and so on: the next start makes it whole.</summary>
public sealed class InterruptionTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("template-host-interrupted-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public async Task Creation_CutAfterAnyWrite_IsFinishedByTheNextStart()
    {
        for (var writes = 0; await IsCutAsync(writes, $"create-{writes}", Template("pk", "a")); writes++)
        {
            await ExpectWholeAsync($"create-{writes}", Template("pk", "a"));
        }
    }

    [Fact]
    public async Task Update_CutAfterAnyWrite_IsFinishedByTheNextStart()
    {
        for (var writes = 0; await IsUpdateCutAsync(writes, $"update-{writes}", Template("id", "b")); writes++)
        {
            await ExpectWholeAsync($"update-{writes}", Template("id", "b"));
        }
    }

    [Fact]
    public async Task FailingUpdate_CutAfterAnyWrite_IsRolledBackByTheNextStart()
    {
        var failing = Template(
            "id",
            "b",
            ", \"Zz\": { \"Type\": \"AWS::SQS::Queue\", \"DependsOn\": \"Client\", \"Properties\": { \"VisibilityTimeout\": 99999999 } }"
        );
        for (var writes = 0; await IsUpdateCutAsync(writes, $"failing-{writes}", failing); writes++)
        {
            await ExpectWholeAsync($"failing-{writes}", Template("pk", "a"));
        }
    }

    private async Task<bool> IsUpdateCutAsync(int writes, string name, string template)
    {
        await using (await StartAsync(name, Template("pk", "a"))) { }

        return await IsCutAsync(writes, name, template);
    }

    /// <returns>False once the deployment comes to its end in so many writes.</returns>
    private async Task<bool> IsCutAsync(int writes, string name, string template)
    {
        DyingStore? store = null;
        var fault = await Record.ExceptionAsync(async () =>
        {
            await using var host = await StartAsync(name, template, inner => store = new DyingStore(inner, writes));
        });
        Assert.True(fault is null or DeploymentException || store!.IsDead, fault?.ToString());
        return store!.IsDead;
    }

    private async Task ExpectWholeAsync(string name, string template)
    {
        await using var host = await StartAsync(name, template);
        var outputs = host.Outputs;
        Assert.Equal((1, 1, 1), (Count(name, "ddb_table"), Count(name, "cognito_pool"), Count(name, "sqs_queue")));
        Assert.EndsWith(
            "/" + outputs["Table"],
            JsonNode.Parse(Single(name, "SELECT document FROM iam_role_policy"))!["Statement"]![0]!["Resource"]!.ToString(),
            StringComparison.Ordinal
        );
        Assert.EndsWith(
            "_COMPLETE",
            JsonNode.Parse(Single(name, "SELECT body FROM cfn_stack WHERE body NOT LIKE '%DELETE_COMPLETE%'"))!["Status"]!.ToString(),
            StringComparison.Ordinal
        );
    }

    private int Count(string name, string table) =>
        int.Parse(Single(name, $"SELECT count(*) FROM {table}"), System.Globalization.CultureInfo.InvariantCulture);

    private string Single(string name, string sql)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection(
            $"Data Source={Path.Combine(directory, name, "host.db")};Mode=ReadOnly;Pooling=False"
        );
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The tests' own text.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar()!.ToString()!;
    }

    private Task<EmbeddedHost> StartAsync(string name, string template, Func<IStore, IStore>? decorate = null)
    {
        // There before the start, since one that fails takes away what it made, and one that is killed does not.
        var data = Directory.CreateDirectory(Path.Combine(directory, name)).FullName;
        return EmbeddedHost.StartAsync(
            new EmbeddedHostOptions
            {
                DataDirectory = data,
                Listen = false,
                DecorateStore = decorate,
            },
            template,
            TestContext.Current.CancellationToken
        );
    }

    private static string Template(string key, string word, string more = "") =>
        $$"""
            { "Resources": {
              "Table": { "Type": "AWS::DynamoDB::Table", "Properties": { "BillingMode": "PAY_PER_REQUEST",
                "AttributeDefinitions": [ { "AttributeName": "{{key}}", "AttributeType": "S" } ],
                  "KeySchema": [ { "AttributeName": "{{key}}", "KeyType": "HASH" } ] } },
              "Role": { "Type": "AWS::IAM::Role", "Properties": {
                "AssumeRolePolicyDocument": { "Statement": [ { "Effect": "Allow", "Action": "sts:AssumeRole",
                  "Principal": { "Service": "lambda.amazonaws.com" } } ] } } },
              "Policy": { "Type": "AWS::IAM::Policy", "Properties": { "PolicyName": "{{word}}", "Roles": [ { "Ref": "Role" } ],
                "PolicyDocument": { "Statement": [ { "Effect": "Allow", "Action": "dynamodb:*", "Resource": { "Fn::GetAtt": [ "Table",
                  "Arn" ] } } ] } } },
              "Queue": { "Type": "AWS::SQS::Queue", "Properties": { "VisibilityTimeout": {{word.Length + key.Length}} } },
              "Pool": { "Type": "AWS::Cognito::UserPool", "Properties": { "UserPoolName": "{{word}}" } },
              "Client": { "Type": "AWS::Cognito::UserPoolClient", "Properties": { "UserPoolId": { "Ref": "Pool" } } }{{more}} },
              "Outputs": { "Table": { "Value": { "Ref": "Table" } } } }
            """;
}
