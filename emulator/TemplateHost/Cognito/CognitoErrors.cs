using TemplateHost.Kernel;

namespace TemplateHost.Cognito;

/// <summary>Cognito's refusals, in its words.</summary>
internal static class CognitoErrors
{
    public static AwsException Invalid(string message) => new("InvalidParameterException", message);

    public static AwsException NotAuthorized(string message) => new("NotAuthorizedException", message);

    public static AwsException WrongPassword() => NotAuthorized("Incorrect username or password.");

    public static AwsException InvalidSession() => NotAuthorized("Invalid session for the user.");

    public static AwsException UserNotFound() => new("UserNotFoundException", "User does not exist.");

    public static AwsException BadPassword(string message) => new("InvalidPasswordException", message);

    public static AwsException WrongCode() => new("CodeMismatchException", "Invalid verification code provided, please try again.");

    public static AwsException ExpiredCode() => new("ExpiredCodeException", "Invalid code provided, please request a code again.");

    public static AwsException AttemptLimit() => new("LimitExceededException", "Attempt limit exceeded, please try after some time.");

    public static AwsException NoSuchPool(string id) => new("ResourceNotFoundException", $"User pool {id} does not exist.");

    public static AwsException NoSuchClient(string id) => new("ResourceNotFoundException", $"User pool client {id} does not exist.");
}
