using Xunit.Sdk;

namespace FairShare.Repository.Tests;

public sealed class KnownFaultsTests
{
    [Fact]
    public void Compare_FaultThatIsKnown_Passes() => KnownFaults.Compare(["a:1"], ["a:1"]);

    [Fact]
    public void Compare_NewFault_FailsWithItsPlace() =>
        Assert.Contains("b:2", Assert.ThrowsAny<XunitException>(() => KnownFaults.Compare(["a:1", "b:2"], ["a:1"])).Message, default);

    [Fact]
    public void Compare_KnownFaultThatIsGone_Fails() =>
        Assert.Contains("no longer so", Assert.ThrowsAny<XunitException>(() => KnownFaults.Compare([], ["a:1"])).Message, default);
}
