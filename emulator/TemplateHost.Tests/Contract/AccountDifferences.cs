namespace TemplateHost.Tests.Contract;

/// <summary>Differences of CloudFormation, IAM and STS.</summary>
internal static class AccountDifferences
{
    private const string CloudFormationApi = "https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/";
    private const string CloudFormationGuide = "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/";
    private const string IamApi = "https://docs.aws.amazon.com/IAM/latest/APIReference/";
    private const string StsApi = "https://docs.aws.amazon.com/STS/latest/APIReference/";

    public static IReadOnlyList<Difference> OfMoto { get; } =
    [
        new(
            nameof(StackContract),
            [nameof(StackContract.Update_WithoutChanges_IsRefused)],
            "CloudFormation, an update without changes",
            "`ValidationError`, \"No updates are to be performed.\"",
            "accepted",
            "UpdateStack",
            CloudFormationApi + "API_UpdateStack.html"
        ),
        new(
            nameof(StackContract),
            [nameof(StackContract.Update_ThatReplaces_MakesAnotherAndDeletesTheOld)],
            "CloudFormation, `FifoQueue` of a queue changes",
            "another queue is made, the old one deleted",
            "the queue keeps its name and kind",
            "AWS::SQS::Queue",
            CloudFormationGuide + "aws-resource-sqs-queue.html"
        ),
        new(
            nameof(StackContract),
            [nameof(StackContract.Creation_ThatFails_IsRolledBack)],
            "CloudFormation, a property value that the service refuses",
            "`ROLLBACK_COMPLETE`, nothing is left",
            "`CREATE_COMPLETE`",
            "Stack failure options",
            CloudFormationGuide + "stack-failure-options.html"
        ),
        new(
            nameof(StackContract),
            [nameof(StackContract.Deletion_TakesTheResourcesWithIt)],
            "CloudFormation, deleting a stack with a queue",
            "the queue is deleted",
            "the queue stays",
            "DeleteStack",
            CloudFormationApi + "API_DeleteStack.html"
        ),
        new(
            nameof(StackContract),
            [nameof(StackContract.Events_TellOfEveryResource)],
            "CloudFormation, events of a creation",
            "two of the stack, two of each resource",
            "two of the stack",
            "DescribeStackEvents",
            CloudFormationApi + "API_DescribeStackEvents.html"
        ),
        new(
            nameof(StackContract),
            [nameof(StackContract.ChangeSet_IsMadeShownAndExecuted)],
            "CloudFormation, a change set that updates",
            "says whether each resource is replaced",
            "does not",
            "ResourceChange",
            CloudFormationApi + "API_ResourceChange.html"
        ),
        new(
            nameof(StackContract),
            [nameof(StackContract.Template_ThatRefersToNothing_IsRefused), nameof(StackContract.Template_WithACycle_IsRefused)],
            "CloudFormation, a reference to nothing; a cycle",
            "`ValidationError`, naming it",
            "HTTP 500",
            "Troubleshooting",
            CloudFormationGuide + "troubleshooting.html"
        ),
        new(
            nameof(StackContract),
            [nameof(StackContract.Template_OfAnUnknownType_IsRefused)],
            "CloudFormation, an unknown resource type",
            "`ValidationError`, naming it",
            "accepted, and not made",
            "Template anatomy, Resources",
            CloudFormationGuide + "resources-section-structure.html"
        ),
        new(
            nameof(StackContract),
            [nameof(StackContract.Template_OfRoles_DemandsTheCapability)],
            "CloudFormation, a template of IAM resources without `Capabilities`",
            "`InsufficientCapabilitiesException`",
            "accepted",
            "CreateStack",
            CloudFormationApi + "API_CreateStack.html"
        ),
        new(
            nameof(IdentityContract),
            [nameof(IdentityContract.ManagedPolicy_AttachedAndDetached_IsCounted)],
            "IAM, deleting a policy that is attached",
            "`DeleteConflict`",
            "deleted",
            "DeletePolicy",
            IamApi + "API_DeletePolicy.html"
        ),
        new(
            nameof(IdentityContract),
            [nameof(IdentityContract.Policy_WithAPrincipal_IsMalformed)],
            "IAM, a `Principal` in an identity policy",
            "`MalformedPolicyDocument`",
            "accepted",
            "Policy elements, Principal",
            "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html"
        ),
        new(
            nameof(TokenContract),
            [
                nameof(TokenContract.Session_LongerThanTheRoleAllows_IsRefused),
                nameof(TokenContract.Session_ShorterThanAQuarterOfAnHour_IsRefused),
            ],
            "STS, `DurationSeconds` out of its bounds",
            "`ValidationError`",
            "accepted",
            "AssumeRole",
            StsApi + "API_AssumeRole.html"
        ),
        new(
            nameof(TokenContract),
            [nameof(TokenContract.SessionPolicy_ThatIsMalformed_IsRefused)],
            "STS, a malformed session policy",
            "`MalformedPolicyDocument`",
            "accepted",
            "AssumeRole, Errors",
            StsApi + "API_AssumeRole.html"
        ),
        new(
            nameof(TokenContract),
            [nameof(TokenContract.Role_ThatIsNot_IsDenied)],
            "STS, assuming a role that is not there",
            "`AccessDenied`",
            "accepted",
            "Troubleshoot IAM roles",
            "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_roles.html"
        ),
    ];
}
