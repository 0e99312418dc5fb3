namespace TemplateHost.Tests.Contract;

/// <summary>Where moto's Step Functions and Cognito answer otherwise.</summary>
internal static class WorkflowDifferences
{
    private const string Api = "https://docs.aws.amazon.com/step-functions/latest/apireference/";
    private const string Guide = "https://docs.aws.amazon.com/step-functions/latest/dg/";
    private const string CognitoApi = "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/";
    private const string CognitoGuide = "https://docs.aws.amazon.com/cognito/latest/developerguide/";

    public static IReadOnlyList<Difference> OfMoto { get; } =
    [
        new(
            nameof(DefinitionContract),
            [
                nameof(DefinitionContract.Target_Missing_IsRefused),
                nameof(DefinitionContract.Start_Missing_IsRefused),
                nameof(DefinitionContract.State_Unreachable_IsRefused),
                nameof(DefinitionContract.Field_Unknown_IsRefused),
                nameof(DefinitionContract.Type_Unknown_IsRefused),
                nameof(DefinitionContract.Path_ThatIsNone_IsRefused),
                nameof(DefinitionContract.Path_InParameters_IsRefused),
                nameof(DefinitionContract.Definition_NotJson_IsRefused),
            ],
            "Step Functions, a definition with a fault",
            "`InvalidDefinition`, saying what and where",
            "accepted, or refused without a code",
            "CreateStateMachine",
            Api + "API_CreateStateMachine.html"
        ),
        new(
            nameof(DefinitionContract),
            [
                nameof(DefinitionContract.Validation_OfAGoodDefinition_IsOk),
                nameof(DefinitionContract.Validation_OfABadDefinition_TellsWhatAndWhere),
            ],
            "Step Functions, ValidateStateMachineDefinition",
            "answers with its diagnostics",
            "not there",
            "ValidateStateMachineDefinition",
            Api + "API_ValidateStateMachineDefinition.html"
        ),
        new(
            nameof(WorkflowContract),
            [nameof(WorkflowContract.Machine_CreatedAgain_IsTheSameUnlessItDiffers)],
            "Step Functions, a machine created again with another definition",
            "`StateMachineAlreadyExists`",
            "accepted",
            "CreateStateMachine",
            Api + "API_CreateStateMachine.html"
        ),
        new(
            nameof(WorkflowContract),
            [nameof(WorkflowContract.Machine_Updated_IsAnotherForNewExecutionsOnly)],
            "Step Functions, the machine of an execution that began before an update",
            "as it was",
            "as it is",
            "UpdateStateMachine",
            Api + "API_UpdateStateMachine.html"
        ),
        new(
            nameof(WorkflowContract),
            [nameof(WorkflowContract.Names_WithOtherCharacters_AreRefused)],
            "Step Functions, a name with white space or special characters",
            "`InvalidName`",
            "accepted",
            "StartExecution",
            Api + "API_StartExecution.html"
        ),
        new(
            nameof(WorkflowContract),
            [nameof(WorkflowContract.Start_OfWhatIsNot_IsRefused)],
            "Step Functions, an input that is not JSON",
            "`InvalidExecutionInput`",
            "an unknown error",
            "StartExecution",
            Api + "API_StartExecution.html"
        ),
        new(
            nameof(WorkflowContract),
            [nameof(WorkflowContract.Execution_Stopped_TellsWhy)],
            "Step Functions, error and cause of StopExecution",
            "shown",
            "forgotten",
            "StopExecution",
            Api + "API_StopExecution.html"
        ),
        new(
            nameof(WorkflowContract),
            [nameof(WorkflowContract.Executions_Listed_ComeInPagesTheLatestFirst)],
            "Step Functions, the order of ListExecutions",
            "the latest first",
            "the earliest first",
            "ListExecutions",
            Api + "API_ListExecutions.html"
        ),
        new(
            nameof(WorkflowContract),
            [nameof(WorkflowContract.History_Reversed_BeginsWithTheEnd)],
            "Step Functions, `reverseOrder`",
            "the latest event first",
            "no effect",
            "GetExecutionHistory",
            Api + "API_GetExecutionHistory.html"
        ),
        new(
            nameof(FailureContract),
            [nameof(FailureContract.Choice_WithoutAMatch_IsNoChoiceMatched)],
            "Step Functions, no rule of a Choice matches",
            "`States.NoChoiceMatched`",
            "`States.Runtime`",
            "Error names",
            Guide + "concepts-error-handling.html"
        ),
        new(
            nameof(FailureContract),
            [nameof(FailureContract.Function_ThatFails_IsIntrinsicFailure)],
            "Step Functions, an intrinsic function that fails",
            "`States.IntrinsicFailure`",
            "`States.Runtime`",
            "Error names",
            Guide + "concepts-error-handling.html"
        ),
        new(
            nameof(FailureContract),
            [nameof(FailureContract.RuntimeError_IsNotCaughtByAll)],
            "Step Functions, `States.Runtime` under a Catch of `States.ALL`",
            "not caught",
            "caught",
            "Error names",
            Guide + "concepts-error-handling.html"
        ),
        new(
            nameof(FailureContract),
            [nameof(FailureContract.Token_SentBack_GivesTheOutput)],
            "Step Functions, SendTaskHeartbeat with an open token",
            "accepted",
            "`InvalidToken`",
            "SendTaskHeartbeat",
            Api + "API_SendTaskHeartbeat.html"
        ),
        new(
            nameof(FailureContract),
            [nameof(FailureContract.Token_ToldThatTheTaskFailed_FailsIt)],
            "Step Functions, error and cause of SendTaskFailure",
            "those of the execution",
            "not shown",
            "SendTaskFailure",
            Api + "API_SendTaskFailure.html"
        ),
        new(
            nameof(LanguageContract),
            [nameof(LanguageContract.Format_KeepsEscapedBraces)],
            "Step Functions, escaped braces in `States.Format`",
            "written",
            "an error",
            "Intrinsic functions",
            Guide + "intrinsic-functions.html"
        ),
        new(
            nameof(LanguageContract),
            [nameof(LanguageContract.Functions_OfChance_KeepTheirBounds)],
            "Step Functions, the end of `States.MathRandom`",
            "excluded",
            "may come",
            "Intrinsic functions",
            Guide + "intrinsic-functions.html"
        ),
        new(
            nameof(LanguageContract),
            [nameof(LanguageContract.Paths_ReadSlicesFiltersAndNull), nameof(LanguageContract.Parallel_GivesItsBranchesOutputsInOrder)],
            "Step Functions, a path that names one element of an array",
            "that element",
            "a list of it",
            "Paths",
            Guide + "amazon-states-language-paths.html"
        ),
        new(
            nameof(UserPoolContract),
            [nameof(UserPoolContract.Code_ThatIsWrong_DoesNotConfirm)],
            "Cognito, a wrong confirmation code",
            "`CodeMismatchException`",
            "confirms",
            "ConfirmSignUp",
            CognitoApi + "API_ConfirmSignUp.html"
        ),
        new(
            nameof(UserPoolContract),
            [nameof(UserPoolContract.Password_AgainstThePolicy_IsRefused)],
            "Cognito, what a refused password lacks",
            "named",
            "not named",
            "SignUp",
            CognitoApi + "API_SignUp.html"
        ),
        new(
            nameof(UserPoolContract),
            [nameof(UserPoolContract.SignIn_ByAFlowThatTheClientLacks_IsRefused)],
            "Cognito, a flow that the client does not allow",
            "`InvalidParameterException`",
            "looks for the user",
            "InitiateAuth",
            CognitoApi + "API_InitiateAuth.html"
        ),
        new(
            nameof(UserPoolContract),
            [nameof(UserPoolContract.RefreshToken_GivesNewTokensUntilRevoked)],
            "Cognito, RevokeToken",
            "ends the sign-in",
            "not there",
            "RevokeToken",
            CognitoApi + "API_RevokeToken.html"
        ),
        new(
            nameof(UserPoolContract),
            [nameof(UserPoolContract.SignIn_WithAWrongPassword_IsRefusedAndThenLocked)],
            "Cognito, wrong passwords beyond five",
            "locked for a while",
            "looked at",
            "Sign-in lockout",
            CognitoGuide + "authentication.html"
        ),
        new(
            nameof(UserPoolContract),
            [nameof(UserPoolContract.Tokens_CarryTheirClaims)],
            "Cognito, the claims of the id token",
            "with the user's attributes",
            "without",
            "ID token",
            CognitoGuide + "amazon-cognito-user-pools-using-the-id-token.html"
        ),
        new(
            nameof(HistoryContract),
            [nameof(HistoryContract.Parallel_WithAFailingTask_AbortsItsState)],
            "Step Functions, the state of a branch whose task fails",
            "`TaskStateAborted` in the history",
            "no such event",
            "HistoryEvent",
            Api + "API_HistoryEvent.html"
        ),
        new(
            nameof(HistoryContract),
            [nameof(HistoryContract.Output_OfSendMessage_HasTheHeadersOfItsAnswer)],
            "Step Functions, the output of `sqs:sendMessage`",
            "with the HTTP headers of the answer",
            "without",
            "Amazon SQS integration",
            Guide + "connect-sqs.html"
        ),
        new(
            nameof(HistoryContract),
            [nameof(HistoryContract.Timestamp_WithNanoseconds_IsOne)],
            "Step Functions, a timestamp with nanoseconds",
            "taken",
            "fails the execution",
            "Choice state",
            Guide + "state-choice.html"
        ),
        new(
            nameof(HistoryContract),
            [nameof(HistoryContract.Update_OfNothing_IsRefused)],
            "Step Functions, UpdateStateMachine with nothing to update",
            "`MissingRequiredParameter`",
            "an internal error",
            "UpdateStateMachine",
            Api + "API_UpdateStateMachine.html"
        ),
        new(
            nameof(HistoryContract),
            [nameof(HistoryContract.Logging_OfAMachine_IsShown)],
            "Step Functions, a level of logging without a log group",
            "`InvalidLoggingConfiguration`",
            "accepted",
            "CreateStateMachine",
            Api + "API_CreateStateMachine.html"
        ),
        new(
            nameof(DefinitionContract),
            [nameof(DefinitionContract.Express_WaitingForAToken_IsRefused)],
            "Step Functions, an express machine that waits for a token",
            "`InvalidDefinition`",
            "accepted",
            "Service integration patterns",
            Guide + "connect-to-resource.html"
        ),
    ];
}
