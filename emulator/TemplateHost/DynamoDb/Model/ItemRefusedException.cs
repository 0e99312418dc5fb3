using TemplateHost.Kernel;

namespace TemplateHost.DynamoDb.Model;

/// <summary>What an item or key holds cannot be stored; in a transaction it is the reason of that item.</summary>
internal sealed class ItemRefusedException(string message) : AwsException("ValidationException", message);
