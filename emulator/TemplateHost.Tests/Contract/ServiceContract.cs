using System.Runtime.CompilerServices;
using TemplateHost.Tests.Contract.Targets;
using Xunit;

namespace TemplateHost.Tests.Contract;

/// <summary>
/// What a service promises in AWS's documentation, put to every target: each case is a theory <see cref="OnEachTargetAttribute"/>.
/// </summary>
public abstract class ServiceContract(ContractTargets targets) : IClassFixture<ContractTargets>
{
    protected Task HoldAsync(string target, Func<IContractTarget, Task> contract, [CallerMemberName] string name = "") =>
        targets.HoldAsync(target, (GetType().Name, name), contract);
}
