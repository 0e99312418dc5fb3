using Amazon.CDK;
using Amazon.CDK.AWS.Lambda;
using FairShare.Cdk.Constructs.Exchange;

namespace FairShare.Cdk.Constructs.Service;

public sealed record OutputsProps(ServiceParts Parts, Api Api, Access Access, Endings Endings, Function Sequencer, Function StampCertifier);

/// <summary>What clients, operators and auditors need to know of a deployment.</summary>
public sealed class Outputs
{
    public Outputs(Stack stack, OutputsProps props)
    {
        ArgumentNullException.ThrowIfNull(props);
        var parts = props.Parts;
        Add(stack, "ApiUrl", props.Api.HttpApi.ApiEndpoint);
        Add(stack, "ApiId", props.Api.HttpApi.ApiId);
        Add(stack, "SubmitReceiptName", props.Api.FunctionOf("SubmitReceipt").FunctionName);
        Add(stack, "UserPoolId", parts.Identity.UserPool.UserPoolId);
        Add(stack, "UserPoolClientId", parts.Identity.Client.UserPoolClientId);
        Add(stack, "EvidenceTableName", parts.Evidence.Table.TableName);
        Add(stack, "DocumentBucketName", parts.Documents.Bucket.BucketName);
        Add(stack, "VaultTableName", parts.Vault.Table.Table.TableName);
        Add(stack, "VaultBucketName", parts.Vault.Objects.Bucket.BucketName);
        Add(stack, "LogBucketName", parts.Log.Objects.Bucket.BucketName);
        Add(stack, "LogSequencerName", props.Sequencer.FunctionName);
        Add(stack, "StampCertifierName", props.StampCertifier.FunctionName);
        Add(stack, "LogKeyArn", parts.Log.Key.KeyArn);
        Add(stack, "SealKeyArn", parts.Keys.Seal.KeyArn);
        Add(stack, "ExchangeStateMachineArn", parts.Workflow.StateMachine.StateMachineArn);
        Add(stack, "ExchangeStateMachineAliasArn", parts.Workflow.Release.Arn);
        Add(stack, "ProtocolQueueUrl", parts.ProtocolQueue.Queue.QueueUrl);
        Add(stack, "ProtocolDeadLetterQueueUrl", parts.ProtocolQueue.DeadLetters.QueueUrl);
        Add(stack, "EndingsQueueUrl", props.Endings.Queue.QueueUrl);
        Add(stack, "EndingsDeadLetterQueueUrl", props.Endings.DeadLetters.QueueUrl);
        Add(stack, "UndeliveredQueueUrl", parts.Delivery.Undelivered.QueueUrl);
        Add(stack, "UploadersQueueUrl", parts.Delivery.Uploaders.QueueUrl);
        Add(stack, "DownloadersQueueUrl", parts.Delivery.Downloaders.QueueUrl);
        Add(stack, "EventBusName", parts.Delivery.Bus.EventBusName);
        Add(stack, "EvidenceStreamArn", parts.Evidence.Table.TableStreamArn!);
        Add(stack, "WebhookTableName", parts.Webhooks.Table.Table.TableName);
        Add(stack, "WebhookEventsDeadLetterQueueUrl", parts.Webhooks.Events.DeadLetters.QueueUrl);
        Add(stack, "WebhookDeliveriesDeadLetterQueueUrl", parts.Webhooks.Deliveries.DeadLetters.QueueUrl);
        Add(stack, "AuditorRoleArn", props.Access.Auditor.RoleArn);
        Add(stack, "UploaderRoleArn", props.Access.Uploader.RoleArn);
        Add(stack, "DownloaderRoleArn", props.Access.Downloader.RoleArn);
    }

    private static void Add(Stack stack, string name, string value) => _ = new CfnOutput(stack, name, new CfnOutputProps { Value = value });
}
