using TemplateHost.Kernel;
using TemplateHost.Lambda.Model;
using TemplateHost.Lambda.Storage;
using TemplateHost.Storage;

namespace TemplateHost.Lambda;

/// <summary>Finds the function that a request names, and decides whether the caller may do with it what it asks.</summary>
internal sealed class FunctionAccess(HostContext host)
{
    private const int Precision = 1 << 24;

    public string ArnOf(string name) => host.Arn("lambda", $"function:{name}");

    /// <summary>The function of a name, a partial ARN or an ARN, whatever version it names.</summary>
    public FunctionConfiguration Demand(Caller caller, string reference, string action) =>
        DemandTarget(caller, reference, null, action).Function;

    /// <summary>
    /// The version of a function that a call goes to. The right is asked for by the ARN that the caller names: who may invoke an alias may
    /// not for that invoke the function without one, as at Lambda.
    /// </summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="reference">A name, a partial ARN or an ARN, with or without a version or an alias.</param>
    /// <param name="qualifier">A version or an alias that is given apart; null for none.</param>
    /// <param name="action">The right.</param>
    public InvocationTarget DemandTarget(Caller caller, string reference, string? qualifier, string action)
    {
        var name = FunctionConfiguration.NameOf(reference);
        var asked = FunctionConfiguration.QualifierOf(reference) ?? qualifier;
        var policyOf = asked is null or FunctionConfiguration.Latest ? name : $"{name}:{asked}";
        var arn = asked is null ? ArnOf(name) : $"{ArnOf(name)}:{asked}";
        var (target, policy) = host.Store.Read(session => (Find(session, name, asked), FunctionTables.Policy(session, policyOf)));
        host.Authorizer.Demand(caller, action, arn, policy);
        return target ?? throw new AwsException("ResourceNotFoundException", $"Function not found: {arn}", 404);
    }

    private InvocationTarget? Find(StoreSession session, string name, string? qualifier)
    {
        if (FunctionTables.Find(session, name) is not { } latest || qualifier is null or FunctionConfiguration.Latest)
        {
            return FunctionTables.Find(session, name) is { } function ? new InvocationTarget(function, null) : null;
        }

        var alias = VersionTables.FindAlias(session, name, qualifier);
        var version = VersionTables.Find(session, name, alias is null ? qualifier : Chosen(alias));
        // The bound is the function's, whatever version runs.
        return version is null
            ? null
            : new InvocationTarget(version with { ReservedConcurrency = latest.ReservedConcurrency }, alias?.Name);
    }

    private string Chosen(FunctionAlias alias)
    {
        if (alias.OtherVersion is not { } other)
        {
            return alias.Version;
        }

        Span<byte> drawn = stackalloc byte[4];
        host.Random.Fill(drawn);
        return (BitConverter.ToUInt32(drawn) % Precision) < alias.OtherWeight * Precision ? other : alias.Version;
    }
}

/// <summary>The version that a call goes to.</summary>
/// <param name="Function">The function as the version has it.</param>
/// <param name="Alias">The alias that named it; null for none.</param>
internal sealed record InvocationTarget(FunctionConfiguration Function, string? Alias);
