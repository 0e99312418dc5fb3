using System.Text.Json.Nodes;

namespace FairShare.Local.Tests.Contract;

/// <summary>Something that claims to behave as AWS does; the same contract is put to each.</summary>
public interface IContractTarget : IAsyncDisposable
{
    /// <summary>A role that state machines may run in.</summary>
    string RoleArn { get; }

    /// <summary>Calls an operation.</summary>
    Task<ContractAnswer> CallAsync(string service, string operation, JsonObject input);
}

/// <summary>An answer, or the code of a refusal as an AWS SDK would show it.</summary>
public sealed record ContractAnswer(string? Code, JsonObject Body)
{
    public JsonNode? this[string member] => Code is null ? Body[member] : throw new InvalidOperationException($"{Code}: {Body.ToJsonString()}");

    public string Text(string member) => this[member]!.ToString();
}
