using Amazon.DynamoDBv2;
using TemplateHost.Deployment;
using TemplateHost.Hosting;
using TemplateHost.Testing;
using TemplateHost.Tests.DynamoDb;
using Xunit;

namespace TemplateHost.Tests.Deployment;

public sealed class StackTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("template-host-stack-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Theory]
    [InlineData("""{"Fn::Join":["-",["a",{"Ref":"AWS::Region"},{"Ref":"Word"}]]}""", "a-us-east-1-word")]
    [InlineData(
        """{"Fn::Sub":"${Word} ${AWS::AccountId} ${!Literal} ${Group.Arn}"}""",
        "word 000000000000 ${Literal} arn:aws:logs:us-east-1:000000000000:log-group:logs:*"
    )]
    [InlineData("""{"Fn::Sub":["${x}-${Word}",{"x":{"Ref":"Group"}}]}""", "logs-word")]
    [InlineData("""{"Fn::Select":[1,{"Fn::Split":["/","a/b/c"]}]}""", "b")]
    [InlineData("""{"Fn::Select":["0",{"Ref":"List"}]}""", "x")]
    [InlineData("""{"Fn::If":["IsWord","yes","no"]}""", "yes")]
    [InlineData("""{"Fn::If":["Both","yes",{"Fn::If":["Either","either","no"]}]}""", "either")]
    [InlineData("""{"Fn::FindInMap":["Sizes",{"Ref":"Word"},"small"]}""", "1")]
    [InlineData("""{"Fn::GetAtt":["Group","Arn"]}""", "arn:aws:logs:us-east-1:000000000000:log-group:logs:*")]
    [InlineData("""{"Fn::Base64":"hi"}""", "aGk=")]
    public async Task Output_OfIntrinsicFunction_IsItsValue(string expression, string value)
    {
        await using var host = await SdkHost.StartAsync(
            """
            { "Parameters": { "Word": { "Type": "String", "Default": "word" }, "List": { "Type": "CommaDelimitedList",
              "Default": "x, y" } },
              "Mappings": { "Sizes": { "word": { "small": "1" } } },
              "Conditions": { "IsWord": { "Fn::Equals": [ { "Ref": "Word" }, "word" ] },
                "Not": { "Fn::Not": [ { "Condition": "IsWord" } ] },
                "Both": { "Fn::And": [ { "Condition": "IsWord" }, { "Condition": "Not" } ] },
                  "Either": { "Fn::Or": [ { "Condition": "IsWord" }, { "Condition": "Not" } ] } },
              "Resources": {
                "Group": { "Type": "AWS::Logs::LogGroup", "Properties": { "LogGroupName": "logs", "KmsKeyId": { "Ref": "AWS::NoValue" } } },
                "Absent": { "Type": "AWS::Unheard::Of", "Condition": "Not" } },
              "Outputs": { "Out": { "Value": 
            """
                + expression
                + """
                 }, "Skipped": { "Condition": "Not", "Value": { "Ref": "Absent" } } } }
                """
        );

        Assert.Equal(value, host.Host.Outputs["Out"]);
        Assert.Single(host.Host.Outputs);
    }

    [Theory]
    [InlineData(
        """{"Resources":{"A":{"Type":"AWS::Unheard::Of"}}}""",
        "Template format error: Unrecognized resource types: [AWS::Unheard::Of] of A: not honoured by the embedded host."
    )]
    [InlineData(
        """{"Resources":{"A":{"Type":"AWS::Logs::LogGroup","Properties":{"Shiny":1}}}}""",
        "A (AWS::Logs::LogGroup): property Shiny is not honoured by the embedded host."
    )]
    [InlineData(
        """
            {"Resources":{"A":{"Type":"AWS::Logs::LogGroup","DependsOn":"B"},"B":{"Type":"AWS::Logs::LogGroup",
              "Properties":{"LogGroupName":{"Ref":"A"}}}}}
            """,
        "Circular dependency between resources: [A, B]"
    )]
    [InlineData(
        """{"Resources":{"A":{"Type":"AWS::Logs::LogGroup","CreationPolicy":{}}}}""",
        "A (AWS::Logs::LogGroup): attribute CreationPolicy is not honoured by the embedded host."
    )]
    [InlineData(
        """{"Resources":{},"Transform":"AWS::Serverless-2016-10-31"}""",
        "The template section Transform is not honoured by the embedded host."
    )]
    [InlineData("""{"Resources":{},"Parameters":{"P":{"Type":"String"}}}""", "Parameters: [P] must have values")]
    [InlineData(
        """{"Resources":{},"Mappings":{"M":{"a":["b"]}},"Outputs":{"O":{"Value":{"Fn::FindInMap":["M","a","b"]}}}}""",
        "Template error: Unable to get mapping for M::a::b"
    )]
    [InlineData(
        """{"Resources":{"A":{"Type":"AWS::Logs::LogGroup","Properties":{"LogGroupName":{"Ref":"B"}}}}}""",
        "Template format error: Unresolved resource dependencies [B] in the Resources block of the template"
    )]
    [InlineData(
        """{"Resources":{"A":{"Type":"AWS::Logs::LogGroup","Properties":{"LogGroupName":{"Fn::Cidr":[]}}}}}""",
        "A (AWS::Logs::LogGroup): property LogGroupName uses the intrinsic function Fn::Cidr, which is not honoured by the embedded host."
    )]
    [InlineData(
        """{"Resources":{"A":{"Type":"AWS::Logs::LogGroup","DependsOn":"B"}}}""",
        "Template format error: Unresolved resource dependencies [B] in the Resources block of the template"
    )]
    [InlineData(
        """{"Resources":{"A":{"Type":"AWS::Logs::LogGroup","Properties":{"LogGroupName":{"Fn::Sub":"${B}-${C}"}}}}}""",
        "Template format error: Unresolved resource dependencies [B, C] in the Resources block of the template"
    )]
    [InlineData(
        """{"Resources":{"A":{"Type":"AWS::Logs::LogGroup","Properties":{"LogGroupName":{"Fn::GetAtt":["B","Arn"]}}}}}""",
        "Template error: instance of Fn::GetAtt references undefined resource B"
    )]
    [InlineData(
        """
            {"Resources":{"A":{"Type":"AWS::Logs::LogGroup"},"B":{"Type":"AWS::Logs::LogGroup",
              "Properties":{"LogGroupName":{"Fn::GetAtt":["A","Colour"]}}}}}
            """,
        "Template error: resource A does not support attribute type Colour in Fn::GetAtt"
    )]
    [InlineData(
        """{"Resources":{},"Outputs":{"O":{"Value":{"Ref":"Nothing"}}}}""",
        "Template format error: Unresolved resource dependencies [Nothing] in the Outputs block of the template"
    )]
    [InlineData(
        """{"Resources":{"A":{"Type":"AWS::Logs::LogGroup","Condition":"Never"}}}""",
        "Template format error: Unresolved condition dependency Never in the Resources block of the template"
    )]
    [InlineData(
        """
            {"Conditions":{"X":{"Fn::Not":[{"Condition":"Y"}]},"Y":{"Fn::Not":[{"Condition":"X"}]}},
              "Resources":{"A":{"Type":"AWS::Logs::LogGroup","Condition":"X"}}}
            """,
        "Circular dependency between conditions: [X, Y]"
    )]
    [InlineData(
        """{"Conditions":{"X":{"Fn::Equals":[{"Ref":"A"},"a"]}},"Resources":{"A":{"Type":"AWS::Logs::LogGroup"}}}""",
        "Template format error: Unresolved dependencies [A]. Cannot reference resources in the Conditions block of the template"
    )]
    [InlineData(
        """{"Conditions":{"X":{"Fn::Equals":["a"]}},"Resources":{}}""",
        "Template error: every Fn::Equals object requires a list of 2 string parameters."
    )]
    [InlineData(
        """
            {"Conditions":{"No":{"Fn::Equals":["a","b"]}},"Resources":{"A":{"Type":"AWS::Logs::LogGroup",
              "Condition":"No"},"B":{"Type":"AWS::Logs::LogGroup","Properties":{"LogGroupName":{"Ref":"A"}}}}}
            """,
        "Template format error: Unresolved resource dependencies [A] in the Resources block of the template"
    )]
    [InlineData(
        """{"Resources":{"A":{"Type":"AWS::Logs::LogGroup","Properties":{"LogGroupName":{"Fn::Join":"x"}}}}}""",
        "Template error: every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of "
            + "strings to be joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined."
    )]
    [InlineData(
        """{"Resources":{"A":{"Type":"AWS::Logs::LogGroup","Properties":{"LogGroupName":{"Fn::Select":[3,["a"]]}}}}}""",
        "Template error: Fn::Select cannot select nonexistent value at index 3"
    )]
    [InlineData(
        """{"Resources":{"A":{"Properties":{}}}}""",
        "Template format error: [/Resources/A] Every Resources object must contain a Type member."
    )]
    [InlineData(
        """{"Resources":{"A":{"Type":"AWS::Logs::LogGroup","DeletionPolicy":"Snapshot"}}}""",
        "Template error: resource type AWS::Logs::LogGroup does not support deletion policy Snapshot"
    )]
    [InlineData("""{"Resources":{},"Bogus":{}}""", "Invalid template property or properties [Bogus]")]
    [InlineData(
        """{"Resources":{"A":{"Type":"AWS::SQS::QueuePolicy","Properties":{"Queues":[]}}}}""",
        "A (AWS::SQS::QueuePolicy): property PolicyDocument is required."
    )]
    [InlineData("""{"Resources":""", "Template format error: JSON not well-formed. (line 1, column 14)")]
    [InlineData("""{"Resources":{"\ud800":{}}}""", "Template format error: JSON not well-formed. A name or a value is not text.")]
    [InlineData("""{"Description":"\ud800"}""", "Template format error: JSON not well-formed. A name or a value is not text.")]
    [InlineData(
        """{"Resources":{"Q":{"Type":"AWS::SQS::Queue","Properties":{"QueueName":"\udc00"}}}}""",
        "Template format error: JSON not well-formed. A name or a value is not text."
    )]
    [InlineData("""{"Resources":{},"Resources":{}}""", "Template format error: JSON not well-formed. A name stands twice in one object.")]
    [InlineData(
        """{"Resources":{"A":{"Type":"AWS::Logs::LogGroup","Properties":{"RetentionInDays":null}}}}""",
        "Template format error: [/Resources/A/Properties/RetentionInDays] Null values are not allowed in templates"
    )]
    [InlineData(
        """
            {"Resources":{"A":{"Type":"AWS::S3::Bucket",
              "Properties":{"LifecycleConfiguration":{"Rules":[{"Status":"Enabled","Transitions":[]}]}}}}}
            """,
        "A (AWS::S3::Bucket): property LifecycleConfiguration.Rules.Transitions is not honoured by the embedded host."
    )]
    [InlineData(
        """
            {"Resources":{"A":{"Type":"AWS::S3::Bucket",
              "Properties":{"VersioningConfiguration":{"Status":"Enabled","MfaDelete":false}}}}}
            """,
        "A (AWS::S3::Bucket): property VersioningConfiguration.MfaDelete is not honoured by the embedded host."
    )]
    [InlineData(
        """
            {"Resources":{"A":{"Type":"AWS::DynamoDB::Table",
              "Properties":{"KeySchema":[{"AttributeName":"k","KeyType":"HASH"}],"StreamSpecification":{"ResourcePolicy":{}}}}}}
            """,
        "A (AWS::DynamoDB::Table): property StreamSpecification.ResourcePolicy is not honoured by the embedded host."
    )]
    [InlineData(
        """{"Resources":{"A":{"Type":"AWS::Cognito::UserPool","Properties":{"EnabledMfas":["SMS_MFA"]}}}}""",
        "A (AWS::Cognito::UserPool): property EnabledMfas SMS_MFA is not honoured by the embedded host."
    )]
    [InlineData(
        """{"Resources":{"A":{"Type":"AWS::S3::Bucket","Properties":{"CorsConfiguration":{"CorsRules":[{"MaxAge":"long"}]}}}}}""",
        "A (AWS::S3::Bucket): property CorsConfiguration.CorsRules.MaxAge must be an integer."
    )]
    [InlineData(
        """{"Resources":{"A":{"Type":"AWS::S3::Bucket","Properties":{"ObjectLockEnabled":"perhaps"}}}}""",
        "A (AWS::S3::Bucket): property ObjectLockEnabled must be true or false."
    )]
    [InlineData(
        """
            {"Resources":{"A":{"Type":"AWS::ApiGatewayV2::Api",
              "Properties":{"Name":"a","ProtocolType":{"Fn::Join":["",["WEB","SOCKET"]]}}}}}
            """,
        "A (AWS::ApiGatewayV2::Api): property ProtocolType WEBSOCKET is not honoured by the embedded host."
    )]
    public async Task Template_ThatCannotBeHonoured_IsRefusedByName(string template, string message)
    {
        var refusal = await Assert.ThrowsAsync<DeploymentException>(() => SdkHost.StartAsync(template));

        Assert.Equal(message, refusal.Message);
    }

    [Theory]
    [InlineData("Retain", true)]
    [InlineData("Delete", false)]
    public async Task Update_WithoutTheResource_FollowsItsDeletionPolicy(string policy, bool stays)
    {
        var template = TestTable.Template.Replace(
            "\"Properties\"",
            $"\"DeletionPolicy\": \"{policy}\", \"Properties\"",
            StringComparison.Ordinal
        );
        await using (var host = await StartAsync(template))
        {
            using var client = Client(host);
            await client.PutItemAsync(TestTable.Name, TestTable.Key("a"));
        }

        await using var updated = await StartAsync(SdkHost.EmptyTemplate);
        using var later = Client(updated);

        Assert.Equal(stays, (await later.ListTablesAsync()).TableNames?.Contains(TestTable.Name) ?? false);
    }

    [Fact]
    public async Task Start_OnAHeldDirectory_IsRefused()
    {
        await using var host = await StartAsync(SdkHost.EmptyTemplate);

        await Assert.ThrowsAsync<HostOptionException>(() => StartAsync(SdkHost.EmptyTemplate));
    }

    [Fact]
    public async Task Start_BesideAnotherDatabase_IsRefusedByItsNameAndChangesNothing()
    {
        await File.WriteAllTextAsync(Path.Combine(directory, "older.db"), "data");

        var refused = await Assert.ThrowsAsync<HostOptionException>(() => StartAsync(SdkHost.EmptyTemplate));

        Assert.Contains("older.db", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["older.db"], Directory.GetFileSystemEntries(directory).Select(Path.GetFileName));
    }

    private Task<SdkHost> StartAsync(string template) =>
        SdkHost.StartAsync(template, new EmbeddedHostOptions { DataDirectory = directory });

    private static AmazonDynamoDBClient Client(SdkHost host) => new(host.Root, host.Configure(new AmazonDynamoDBConfig()));
}
