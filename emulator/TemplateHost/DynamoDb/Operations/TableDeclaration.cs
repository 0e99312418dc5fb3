using System.Globalization;
using System.Text.Json.Nodes;
using TemplateHost.DynamoDb.Model;
using TemplateHost.Kernel;

namespace TemplateHost.DynamoDb.Operations;

/// <summary>Reads the members that CreateTable and AWS::DynamoDB::Table share.</summary>
internal static class TableDeclaration
{
    /// <exception cref="Kernel.AwsException">ValidationException: keys and attribute definitions do not agree.</exception>
    public static TableDefinition Read(HostContext context, string name, JsonObject input)
    {
        DemandName(name);
        var settings = ReadSettings(input, before: null);
        var types = ReadTypes(input["AttributeDefinitions"]);
        IndexDefinition[] indexes =
        [
            .. (input["GlobalSecondaryIndexes"] as JsonArray ?? []).Select(index => ReadIndex((JsonObject)index!, isLocal: false)),
            .. (input["LocalSecondaryIndexes"] as JsonArray ?? []).Select(index => ReadIndex((JsonObject)index!, isLocal: true)),
        ];
        var definition = new TableDefinition(
            name,
            context.Arn("dynamodb", $"table/{name}"),
            context.Random.Uuid(),
            context.Time.GetUtcNow(),
            ReadKeys(input["KeySchema"]),
            types,
            indexes,
            null,
            null,
            null,
            input["DeletionProtectionEnabled"]?.GetValue<bool>() ?? false
        )
        {
            Settings = settings,
        };
        DemandAgreement(definition);
        return WithStream(context, definition, input["StreamSpecification"] as JsonObject);
    }

    /// <summary>Turns the stream on or off; one that stays on keeps its label.</summary>
    public static TableDefinition WithStream(HostContext context, TableDefinition definition, JsonObject? specification)
    {
        var view = specification?["StreamEnabled"]?.GetValue<bool>() == false ? null : specification?["StreamViewType"]?.ToString();
        return view == definition.StreamViewType
            ? definition
            : definition with
            {
                StreamViewType = view,
                StreamLabel = view is null
                    ? null
                    : context.Time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff", CultureInfo.InvariantCulture),
            };
    }

    public static KeySchema ReadKeys(JsonNode? schema)
    {
        var keys = (schema as JsonArray ?? []).ToLookup(key => key!["KeyType"]!.ToString(), key => key!["AttributeName"]!.ToString());
        var hash = keys["HASH"].FirstOrDefault() ?? throw Invalid.Parameter("Missing a HASH key in the KeySchema");
        return keys["RANGE"].FirstOrDefault() is var range && range == hash
            ? throw Invalid.Request("Both the Hash Key and the Range Key element in the KeySchema have the same name")
            : new KeySchema(hash, range);
    }

    public static IndexDefinition ReadIndex(JsonObject index, bool isLocal) =>
        new(
            index["IndexName"]!.ToString(),
            ReadKeys(index["KeySchema"]),
            index["Projection"]?["ProjectionType"]?.ToString() ?? "ALL",
            [.. (index["Projection"]?["NonKeyAttributes"] as JsonArray ?? []).Select(name => name!.ToString())],
            isLocal
        )
        {
            Throughput = ReadThroughput(index["ProvisionedThroughput"]),
        };

    /// <param name="input">The request or the template's properties.</param>
    /// <param name="before">Null for a new table.</param>
    /// <exception cref="Kernel.AwsException">ValidationException: the billing mode and the throughput do not agree.</exception>
    public static TableSettings ReadSettings(JsonObject input, TableSettings? before)
    {
        var encrypted = input["SSESpecification"] is { } encryption
            ? (encryption["Enabled"] ?? encryption["SSEEnabled"])?.ToString() is "true" or "True"
            : before?.IsEncryptedByKms is true;
        return new TableSettings(BillingOf(input, before), encrypted, ClassOf(input) ?? before?.Class);
    }

    public static void DemandName(string name)
    {
        if (name.Length is < 3 or > 255)
        {
            throw Invalid.Request("TableName must be at least 3 characters long and at most 255 characters long");
        }

        if (!name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '.' or '-'))
        {
            throw Invalid.Request(
                $"1 validation error detected: Value '{name}' at 'tableName' failed to satisfy constraint: Member must satisfy "
                    + "regular expression pattern: [a-zA-Z0-9_.-]+"
            );
        }
    }

    private static Dictionary<string, string> ReadTypes(JsonNode? definitions)
    {
        var types = new Dictionary<string, string>();
        foreach (var attribute in definitions as JsonArray ?? [])
        {
            if (attribute?["AttributeName"]?.ToString() is not { } name || attribute["AttributeType"]?.ToString() is not { } type)
            {
                throw Invalid.Request(
                    "1 validation error detected: Value null at 'attributeDefinitions' failed to satisfy constraint: every "
                        + "attribute has a name and a type"
                );
            }

            if (!types.TryAdd(name, type))
            {
                throw Invalid.Parameter($"Cannot have two attributes with the same name: {name}");
            }
        }

        return types;
    }

    private static Throughput? BillingOf(JsonObject input, TableSettings? before)
    {
        var given = ReadThroughput(input["ProvisionedThroughput"]);
        var mode = input["BillingMode"]?.ToString() ?? (before is null || given is not null ? "PROVISIONED" : null);
        return mode switch
        {
            null => before!.Throughput,
            "PAY_PER_REQUEST" when given is null => null,
            "PAY_PER_REQUEST" => throw Invalid.Parameter(
                "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST"
            ),
            "PROVISIONED" => given
                ?? before?.Throughput
                ?? throw Invalid.Parameter(
                    "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED"
                ),
            _ => throw NotOf(mode, "billingMode", "[PROVISIONED, PAY_PER_REQUEST]"),
        };
    }

    private static Throughput? ReadThroughput(JsonNode? throughput) =>
        throughput is null ? null : new Throughput(UnitsOf(throughput, "ReadCapacityUnits"), UnitsOf(throughput, "WriteCapacityUnits"));

    private static long UnitsOf(JsonNode throughput, string name) =>
        long.TryParse(throughput[name]?.ToString(), CultureInfo.InvariantCulture, out var units) && units >= 1
            ? units
            : throw Invalid.Request(
                $"1 validation error detected: Value '{throughput[name]}' at 'provisionedThroughput.{char.ToLowerInvariant(name[0])}"
                    + $"{name[1..]}' failed to satisfy constraint: Member must have value greater than or equal to 1"
            );

    private static string? ClassOf(JsonObject input) =>
        input["TableClass"]?.ToString() is not { } kind ? null
        : kind is "STANDARD" or "STANDARD_INFREQUENT_ACCESS" ? kind
        : throw NotOf(kind, "tableClass", "[STANDARD, STANDARD_INFREQUENT_ACCESS]");

    private static AwsException NotOf(string value, string member, string values) =>
        Invalid.Request(
            $"1 validation error detected: Value '{value}' at '{member}' failed to satisfy constraint: Member must satisfy enum value "
                + $"set: {values}"
        );

    private static void DemandAgreement(TableDefinition table)
    {
        var keys = table.Indexes.Select(index => index.Keys).Prepend(table.Keys).SelectMany(schema => schema.Attributes).ToHashSet();
        if (!keys.SetEquals(table.AttributeTypes.Keys))
        {
            throw Invalid.Parameter(
                "Some index key attributes are not defined in AttributeDefinitions, or some defined are no keys. Keys: "
                    + $"[{string.Join(", ", keys)}], AttributeDefinitions: [{string.Join(", ", table.AttributeTypes.Keys)}]"
            );
        }

        if (table.AttributeTypes.Values.FirstOrDefault(type => type is not ("S" or "N" or "B")) is { } wrong)
        {
            throw Invalid.Request(
                $"1 validation error detected: Value '{wrong}' at 'attributeDefinitions.1.member.attributeType' failed to "
                    + "satisfy constraint: Member must satisfy enum value set: [B, N, S]"
            );
        }
    }
}
