using FairShare.Core.Errors;
using FairShare.Exchange.Evidence;

namespace FairShare.Exchange.Tests.Evidence;

public class CompactJwsTests
{
    [Theory]
    [InlineData(16 * 1024, TokenFault.MalformedJws)]
    [InlineData((16 * 1024) + 1, TokenFault.TokenTooLarge)]
    public void Parse_TokenAtTheLimit_IsReadAndOneOverItIsNot(int length, TokenFault fault) =>
        Assert.Equal(fault, Assert.Throws<TokenException>(() => EvidenceToken.Parse(new string('A', length))).Fault);

    [Theory]
    [InlineData(16 * 1024, TokenFault.MalformedJws)]
    [InlineData((16 * 1024) + 1, TokenFault.TokenTooLarge)]
    public void Parse_SigningInputAtTheLimit_IsReadAndOneOverItIsNot(int length, TokenFault fault) =>
        Assert.Equal(fault, Assert.Throws<TokenException>(() => UnsignedEvidence.Parse(new string('A', length))).Fault);

    [Fact]
    public void Faults_WithoutAMember_HaveTheBareCode()
    {
        var fault = Assert.Throws<TokenException>(() => EvidenceToken.Parse("x"));
        Assert.Equal(("malformed-jws", (string?)null), (fault.Code, fault.Member));
    }
}
