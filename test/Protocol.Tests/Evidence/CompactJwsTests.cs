using FairShare.Protocol.Evidence;

namespace FairShare.Protocol.Tests.Evidence;

public class CompactJwsTests
{
    [Theory]
    [InlineData(16 * 1024, EvidenceFault.MalformedJws)]
    [InlineData((16 * 1024) + 1, EvidenceFault.TokenTooLarge)]
    public void Parse_TokenAtTheLimit_IsReadAndOneOverItIsNot(int length, EvidenceFault fault) =>
        Assert.Equal(fault, Assert.Throws<EvidenceException>(() => EvidenceToken.Parse(new string('A', length))).Fault);

    [Theory]
    [InlineData(16 * 1024, EvidenceFault.MalformedJws)]
    [InlineData((16 * 1024) + 1, EvidenceFault.TokenTooLarge)]
    public void Parse_SigningInputAtTheLimit_IsReadAndOneOverItIsNot(int length, EvidenceFault fault) =>
        Assert.Equal(fault, Assert.Throws<EvidenceException>(() => UnsignedEvidence.Parse(new string('A', length))).Fault);

    [Fact]
    public void Faults_WithoutAMember_HaveTheBareCode()
    {
        var fault = Assert.Throws<EvidenceException>(() => EvidenceToken.Parse("x"));
        Assert.Equal(("malformed-jws", (string?)null), (fault.Code, fault.Member));
    }
}
