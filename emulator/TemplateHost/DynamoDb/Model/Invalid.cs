using TemplateHost.Kernel;

namespace TemplateHost.DynamoDb.Model;

/// <summary>DynamoDB's refusals of a request that cannot be right.</summary>
internal static class Invalid
{
    public static AwsException Request(string message) => new("ValidationException", message);

    public static AwsException Value(string message) => new("ValidationException", message);

    /// <summary>A refusal of what an item or key itself holds.</summary>
    public static ItemRefusedException Item(string message) => new(message);

    public static AwsException Parameter(string message) =>
        new("ValidationException", $"One or more parameter values were invalid: {message}");
}

/// <summary>What an item or key holds cannot be stored; in a transaction it is the reason of that item.</summary>
internal sealed class ItemRefusedException(string message) : AwsException("ValidationException", message);
