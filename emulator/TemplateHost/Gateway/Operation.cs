using TemplateHost.Kernel;

namespace TemplateHost.Gateway;

/// <summary>An operation of a service: its name, the members of its input that it honours, and what runs it.</summary>
/// <param name="Name">As AWS's API reference has it.</param>
/// <param name="Members">As <see cref="MemberNames"/> reads them; every other member is refused by name.</param>
/// <param name="Run">Answers a call whose members are all honoured.</param>
internal sealed record Operation<TCall, TAnswer>(string Name, string Members, Func<TCall, Task<TAnswer>> Run)
{
    /// <summary>The right that it takes, without the service's prefix: its own name, but for operations that share another's.</summary>
    public string Right { get; init; } = Name;
}

/// <summary>The operations of a service, by name.</summary>
internal sealed class OperationTable<TCall, TAnswer>(params IReadOnlyList<Operation<TCall, TAnswer>> operations)
{
    private readonly Dictionary<string, (MemberNames Members, Operation<TCall, TAnswer> Operation)> byName = operations.ToDictionary(
        operation => operation.Name,
        operation => (MemberNames.Parse(operation.Members), operation)
    );

    public IEnumerable<string> Names => byName.Keys;

    /// <param name="name">The operation's name.</param>
    /// <param name="unserved">What of the input the operation does not honour, found by the operation's names; null for nothing.</param>
    /// <param name="unknownCode">The service's code for an operation that it has not.</param>
    /// <param name="unservedCode">The service's code for a member that it does not take.</param>
    /// <param name="service">The service's name.</param>
    /// <exception cref="AwsException">The host does not serve the operation, or a member of the input.</exception>
    public Operation<TCall, TAnswer> Demand(
        string name,
        Func<MemberNames, string?> unserved,
        string unknownCode,
        string unservedCode,
        string service
    )
    {
        if (!byName.TryGetValue(name, out var found))
        {
            throw new AwsException(unknownCode, $"The operation {service}:{name} is not served by the embedded host.");
        }

        return unserved(found.Members) is { } member
            ? throw new AwsException(unservedCode, $"The embedded host does not serve {member} of {name}.")
            : found.Operation;
    }
}
