using System.Text.Json.Nodes;
using TemplateHost.DynamoDb.Operations;
using TemplateHost.DynamoDb.Storage;
using TemplateHost.Gateway;
using TemplateHost.Kernel;

namespace TemplateHost.DynamoDb;

/// <summary>
/// DynamoDB: one writer serves all writes, so transactions are serializable; what meets one under way is refused, as at AWS.
/// </summary>
internal sealed class DynamoDbService : JsonService
{
    public DynamoDbService(HostContext context, TableCatalog tables)
    {
        var access = new TableAccess(context);
        var inFlight = new ItemsInFlight();
        var writes = new ItemWriteOperations(context, tables, access, inFlight);
        var reads = new ItemReadOperations(context, tables, access);
        var queries = new QueryOperations(context, tables, access);
        var admin = new TableOperations(context, tables);
        var backups = new BackupOperations(context, tables, new BackupCatalog(context.Store));
        var streams = new StreamOperations(context, tables);
        Operations = new([
            new(
                "GetItem",
                "TableName Key ConsistentRead ReturnConsumedCapacity ProjectionExpression ExpressionAttributeNames",
                reads.GetAsync
            ),
            new(
                "BatchGetItem",
                "RequestItems(*(Keys ConsistentRead ProjectionExpression ExpressionAttributeNames)) ReturnConsumedCapacity",
                reads.BatchGetAsync
            ),
            new(
                "PutItem",
                "TableName Item ReturnValues ReturnConsumedCapacity ReturnItemCollectionMetrics "
                    + "ConditionExpression ExpressionAttributeNames ExpressionAttributeValues "
                    + "ReturnValuesOnConditionCheckFailure",
                writes.PutAsync
            ),
            new(
                "UpdateItem",
                "TableName Key ReturnValues ReturnConsumedCapacity ReturnItemCollectionMetrics UpdateExpression "
                    + "ConditionExpression ExpressionAttributeNames ExpressionAttributeValues "
                    + "ReturnValuesOnConditionCheckFailure",
                writes.UpdateAsync
            ),
            new(
                "DeleteItem",
                "TableName Key ReturnValues ReturnConsumedCapacity ReturnItemCollectionMetrics "
                    + "ConditionExpression ExpressionAttributeNames ExpressionAttributeValues "
                    + "ReturnValuesOnConditionCheckFailure",
                writes.DeleteAsync
            ),
            new(
                "BatchWriteItem",
                "RequestItems ReturnConsumedCapacity ReturnItemCollectionMetrics",
                new BatchWriteOperation(context, tables, access, inFlight).RunAsync
            ),
            new(
                "Query",
                "TableName IndexName Select Limit ConsistentRead ScanIndexForward ExclusiveStartKey "
                    + "ReturnConsumedCapacity ProjectionExpression FilterExpression KeyConditionExpression "
                    + "ExpressionAttributeNames ExpressionAttributeValues",
                queries.QueryAsync
            ),
            new(
                "Scan",
                "TableName IndexName Limit Select ExclusiveStartKey ReturnConsumedCapacity TotalSegments Segment "
                    + "ProjectionExpression FilterExpression ExpressionAttributeNames ExpressionAttributeValues "
                    + "ConsistentRead",
                queries.ScanAsync
            ),
            new(
                "TransactWriteItems",
                "TransactItems ReturnConsumedCapacity ReturnItemCollectionMetrics ClientRequestToken",
                new TransactWriteOperation(context, tables, access, inFlight).RunAsync
            ),
            new(
                "TransactGetItems",
                "TransactItems ReturnConsumedCapacity",
                new TransactGetOperation(context, tables, access, inFlight).RunAsync
            ),
            new(
                "CreateTable",
                "AttributeDefinitions TableName KeySchema LocalSecondaryIndexes(IndexName KeySchema Projection) "
                    + "GlobalSecondaryIndexes(IndexName KeySchema Projection ProvisionedThroughput) BillingMode "
                    + "ProvisionedThroughput StreamSpecification SSESpecification(Enabled SSEType=KMS) TableClass "
                    + "DeletionProtectionEnabled",
                admin.CreateAsync
            ),
            new("DescribeTable", "TableName", admin.DescribeAsync),
            new("ListTables", "ExclusiveStartTableName Limit", admin.ListAsync),
            new(
                "UpdateTable",
                "AttributeDefinitions TableName BillingMode ProvisionedThroughput "
                    + "GlobalSecondaryIndexUpdates(Create(IndexName KeySchema Projection ProvisionedThroughput) Delete) "
                    + "StreamSpecification SSESpecification(Enabled SSEType=KMS) TableClass DeletionProtectionEnabled",
                admin.UpdateAsync
            ),
            new("DeleteTable", "TableName", admin.DeleteAsync),
            new("CreateBackup", "TableName BackupName", backups.CreateAsync),
            new("RestoreTableFromBackup", "TargetTableName BackupArn", backups.RestoreAsync),
            new("UpdateTimeToLive", "TableName TimeToLiveSpecification", admin.UpdateTimeToLiveAsync),
            new("DescribeTimeToLive", "TableName", admin.DescribeTimeToLiveAsync),
            new("ListStreams", "TableName", streams.ListAsync),
            new("DescribeStream", "StreamArn", streams.DescribeAsync),
            new("GetShardIterator", "StreamArn ShardId ShardIteratorType SequenceNumber", streams.GetShardIteratorAsync),
            new("GetRecords", "ShardIterator Limit", streams.GetRecordsAsync),
        ]);
    }

    public override string SigningName => "dynamodb";

    protected override OperationTable<JsonCall, JsonObject> Operations { get; }
}
