namespace FairShare.Local.Tests.Contract;

/// <summary>Where moto's Step Functions and Cognito answer otherwise.</summary>
internal static class WorkflowDifferences
{
    private const string Api = "https://docs.aws.amazon.com/step-functions/latest/apireference/";
    private const string Guide = "https://docs.aws.amazon.com/step-functions/latest/dg/";
    private const string CognitoApi = "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/";
    private const string CognitoGuide = "https://docs.aws.amazon.com/cognito/latest/developerguide/";

    public static IReadOnlyList<Difference> OfMoto { get; } =
    [
        new(nameof(DefinitionContract),
            [
                nameof(DefinitionContract.Target_Missing_IsRefused), nameof(DefinitionContract.Start_Missing_IsRefused), nameof(DefinitionContract.State_Unreachable_IsRefused),
                nameof(DefinitionContract.Field_Unknown_IsRefused), nameof(DefinitionContract.Type_Unknown_IsRefused), nameof(DefinitionContract.Path_ThatIsNone_IsRefused),
                nameof(DefinitionContract.Path_InParameters_IsRefused), nameof(DefinitionContract.Definition_NotJson_IsRefused),
            ],
            "Step Functions, a definition with a fault", "`InvalidDefinition`, saying what and where", "accepted, or refused without a code", "CreateStateMachine", Api + "API_CreateStateMachine.html"),
        new(nameof(DefinitionContract),
            [nameof(DefinitionContract.Validation_OfAGoodDefinition_IsOk), nameof(DefinitionContract.Validation_OfABadDefinition_TellsWhatAndWhere)],
            "Step Functions, ValidateStateMachineDefinition", "answers with its diagnostics", "not there", "ValidateStateMachineDefinition", Api + "API_ValidateStateMachineDefinition.html"),
        new(nameof(WorkflowContract), [nameof(WorkflowContract.Machine_CreatedAgain_IsTheSameUnlessItDiffers)], "Step Functions, a machine created again with another definition",
            "`StateMachineAlreadyExists`", "accepted", "CreateStateMachine", Api + "API_CreateStateMachine.html"),
        new(nameof(WorkflowContract), [nameof(WorkflowContract.Machine_Updated_IsAnotherForNewExecutionsOnly)], "Step Functions, the machine of an execution that began before an update",
            "as it was", "as it is", "UpdateStateMachine", Api + "API_UpdateStateMachine.html"),
        new(nameof(WorkflowContract), [nameof(WorkflowContract.Names_WithOtherCharacters_AreRefused)], "Step Functions, a name with white space or special characters",
            "`InvalidName`", "accepted", "StartExecution", Api + "API_StartExecution.html"),
        new(nameof(WorkflowContract), [nameof(WorkflowContract.Start_OfWhatIsNot_IsRefused)], "Step Functions, an input that is not JSON",
            "`InvalidExecutionInput`", "an unknown error", "StartExecution", Api + "API_StartExecution.html"),
        new(nameof(WorkflowContract), [nameof(WorkflowContract.Execution_Stopped_TellsWhy)], "Step Functions, error and cause of StopExecution",
            "shown", "forgotten", "StopExecution", Api + "API_StopExecution.html"),
        new(nameof(WorkflowContract), [nameof(WorkflowContract.Executions_Listed_ComeInPagesTheLatestFirst)], "Step Functions, the order of ListExecutions",
            "the latest first", "the earliest first", "ListExecutions", Api + "API_ListExecutions.html"),
        new(nameof(WorkflowContract), [nameof(WorkflowContract.History_Reversed_BeginsWithTheEnd)], "Step Functions, `reverseOrder`",
            "the latest event first", "no effect", "GetExecutionHistory", Api + "API_GetExecutionHistory.html"),
    ];
}
