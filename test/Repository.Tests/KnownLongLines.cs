namespace FairShare.Repository.Tests;

/// <summary>The files that still have longer lines, and how many; break the lines, and take the file from here.</summary>
internal static class KnownLongLines
{
    /// <summary>The number of long lines by the file's path.</summary>
    public static IReadOnlyDictionary<string, int> OfFiles { get; } =
        new Dictionary<string, int>
        {
            ["cdk/Constructs/Api.cs"] = 1,
            ["client/FairShare.Client/Identity/SrpLogin.cs"] = 4,
            ["emulator/TemplateHost.Tests/CloudFormation/StackApiTests.cs"] = 1,
            ["emulator/TemplateHost.Tests/Contract/DynamoDb/ConditionContract.cs"] = 1,
            ["emulator/TemplateHost.Tests/Contract/DynamoDb/ItemContract.cs"] = 2,
            ["emulator/TemplateHost.Tests/Contract/DynamoDb/QueryContract.cs"] = 1,
            ["emulator/TemplateHost.Tests/Contract/DynamoDb/TransactionContract.cs"] = 1,
            ["emulator/TemplateHost.Tests/Contract/EventPatternContract.cs"] = 1,
            ["emulator/TemplateHost.Tests/Contract/FailureContract.cs"] = 1,
            ["emulator/TemplateHost.Tests/Contract/IdentityContract.cs"] = 2,
            ["emulator/TemplateHost.Tests/Contract/KmsContract.cs"] = 1,
            ["emulator/TemplateHost.Tests/Contract/MessageContract.cs"] = 1,
            ["emulator/TemplateHost.Tests/Contract/S3/BucketContract.cs"] = 1,
            ["emulator/TemplateHost.Tests/Contract/StackContract.cs"] = 1,
            ["emulator/TemplateHost.Tests/Contract/UserPoolContract.cs"] = 2,
            ["emulator/TemplateHost.Tests/Deployment/StackTests.cs"] = 5,
            ["emulator/TemplateHost.Tests/Deployment/UpdateTests.cs"] = 1,
            ["emulator/TemplateHost.Tests/Gateway/Families.cs"] = 1,
            ["emulator/TemplateHost.Tests/Gateway/OddInputTests.cs"] = 2,
            ["emulator/TemplateHost.Tests/Iam/PolicyApiTests.cs"] = 1,
            ["emulator/TemplateHost.Tests/Persistence/KillTemplate.cs"] = 2,
            ["emulator/TemplateHost.Tests/Serializability/HistoryChecker.cs"] = 1,
            ["emulator/TemplateHost.Tests/StepFunctions/DefinitionTests.cs"] = 4,
            ["emulator/TemplateHost.Tests/StepFunctions/RetryTests.cs"] = 3,
            ["emulator/TemplateHost.Tests/StepFunctions/StatesTests.cs"] = 2,
            ["emulator/TemplateHost/ApiGateway/Storage/ApiTable.cs"] = 1,
            ["emulator/TemplateHost/Cognito/Model/Srp.cs"] = 5,
            ["emulator/TemplateHost/Cognito/Storage/PoolTables.cs"] = 2,
            ["emulator/TemplateHost/Deployment/Stacks/StackIdentity.cs"] = 1,
            ["emulator/TemplateHost/DynamoDb/Operations/ItemRules.cs"] = 1,
            ["emulator/TemplateHost/DynamoDb/Storage/Schema.cs"] = 3,
            ["emulator/TemplateHost/Gateway/Signing/ChunkSignatures.cs"] = 1,
            ["emulator/TemplateHost/Identity/ManagedPolicy.cs"] = 1,
            ["emulator/TemplateHost/Identity/RoleDirectory.cs"] = 1,
            ["emulator/TemplateHost/Lambda/Runtime/InProcessRuntime.cs"] = 1,
            ["emulator/TemplateHost/Lambda/Storage/FunctionTables.cs"] = 1,
            ["emulator/TemplateHost/S3/Operations/CorsAnswers.cs"] = 1,
            ["emulator/TemplateHost/S3/Storage/UploadTable.cs"] = 2,
            ["emulator/TemplateHost/Sqs/Operations/SendOperations.cs"] = 1,
            ["emulator/TemplateHost/Sqs/Storage/MessageTable.cs"] = 2,
            ["emulator/TemplateHost/Sqs/Storage/QueueTables.cs"] = 1,
            ["emulator/TemplateHost/StepFunctions/Storage/WorkflowTables.cs"] = 3,
            ["lib/compat/Amazon.Lambda.RuntimeSupport/LambdaBootstrap.cs"] = 1,
            ["test/Client.Tests/Evidence/EvidenceFolderTests.cs"] = 1,
            ["test/Protocol.Tests/Attacks/DuplicateSignatureKeyTests.cs"] = 1,
            ["test/Scenarios.Tests/Keys/RetirementTests.cs"] = 1,
            ["test/Support/SignedAwsClient.cs"] = 1,
        };
}
