namespace TemplateHost.StepFunctions.Language;

/// <summary>A state that ended in error: what Retry and Catch look at.</summary>
/// <param name="error">The error name, for example <c>States.Timeout</c> or <c>DynamoDb.TransactionCanceledException</c>.</param>
/// <param name="cause">The human-readable cause, or null where AWS gives none.</param>
internal sealed class StateFailedException(string error, string? cause) : Exception($"{error}: {cause}")
{
    public string Error { get; } = error;

    public string? Cause { get; } = cause;

    public static StateFailedException Runtime(string cause) => new(ErrorNames.Runtime, cause);
}

/// <summary>The errors that the Amazon States Language itself names.</summary>
internal static class ErrorNames
{
    public const string All = "States.ALL";
    public const string DataLimitExceeded = "States.DataLimitExceeded";
    public const string HeartbeatTimeout = "States.HeartbeatTimeout";
    public const string IntrinsicFailure = "States.IntrinsicFailure";
    public const string NoChoiceMatched = "States.NoChoiceMatched";
    public const string ResultPathMatchFailure = "States.ResultPathMatchFailure";
    public const string Runtime = "States.Runtime";
    public const string TaskFailed = "States.TaskFailed";
    public const string Timeout = "States.Timeout";
}
