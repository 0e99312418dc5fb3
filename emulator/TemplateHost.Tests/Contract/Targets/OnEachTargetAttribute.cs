using System.Reflection;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace TemplateHost.Tests.Contract.Targets;

/// <summary>Puts a contract to every target.</summary>
public sealed class OnEachTargetAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        ValueTask.FromResult<IReadOnlyCollection<ITheoryDataRow>>([
            new TheoryDataRow<string>(ContractTargets.Sdk),
            new TheoryDataRow<string>(ContractTargets.Cli),
            new TheoryDataRow<string>(ContractTargets.Moto),
        ]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
