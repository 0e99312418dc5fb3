using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using TemplateHost.Testing;

namespace TemplateHost.Tests.DynamoDb;

/// <summary>A host with one table: partition key <c>pk</c> (text), sort key <c>sk</c> (number), an index on <c>g</c>.</summary>
internal sealed class TestTable : IAsyncDisposable
{
    public const string Name = "things";

    public const string Template = """
        { "Resources": { "Things": { "Type": "AWS::DynamoDB::Table", "Properties": {
          "TableName": "things", "BillingMode": "PAY_PER_REQUEST",
          "AttributeDefinitions": [ { "AttributeName": "pk", "AttributeType": "S" }, { "AttributeName": "sk", "AttributeType": "N" },
            { "AttributeName": "g", "AttributeType": "S" } ],
          "KeySchema": [ { "AttributeName": "pk", "KeyType": "HASH" }, { "AttributeName": "sk", "KeyType": "RANGE" } ],
          "GlobalSecondaryIndexes": [ { "IndexName": "byG", "KeySchema": [ { "AttributeName": "g", "KeyType": "HASH" } ],
            "Projection": { "ProjectionType": "KEYS_ONLY" } } ],
          "TimeToLiveSpecification": { "AttributeName": "expiresAt", "Enabled": true },
          "StreamSpecification": { "StreamViewType": "NEW_AND_OLD_IMAGES" } } } } }
        """;

    private TestTable(SdkHost host)
    {
        Host = host;
        Client = new AmazonDynamoDBClient(host.Root, host.Configure(new AmazonDynamoDBConfig()));
    }

    public SdkHost Host { get; }

    public AmazonDynamoDBClient Client { get; }

    public static async Task<TestTable> StartAsync() => new(await SdkHost.StartAsync(Template));

    public static Dictionary<string, AttributeValue> Key(string pk, int sk = 1) => new() { ["pk"] = new(pk), ["sk"] = Number(sk) };

    public static AttributeValue Number(decimal number) => new() { N = number.ToString(System.Globalization.CultureInfo.InvariantCulture) };

    public Task<PutItemResponse> PutAsync(string pk, int sk, params (string Name, AttributeValue Value)[] attributes)
    {
        var item = Key(pk, sk);
        foreach (var (name, value) in attributes)
        {
            item[name] = value;
        }

        return Client.PutItemAsync(Name, item);
    }

    public async Task<Dictionary<string, AttributeValue>?> GetAsync(string pk, int sk = 1) =>
        (await Client.GetItemAsync(Name, Key(pk, sk), consistentRead: true)).Item;

    public Task<UpdateItemResponse> UpdateAsync(
        string pk,
        string expression,
        Dictionary<string, AttributeValue>? values = null,
        string? condition = null,
        ReturnValue? returns = null
    ) =>
        Client.UpdateItemAsync(
            new UpdateItemRequest
            {
                TableName = Name,
                Key = Key(pk),
                UpdateExpression = expression,
                ConditionExpression = condition,
                ExpressionAttributeValues = values,
                ReturnValues = returns,
            }
        );

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Host.DisposeAsync();
    }
}
