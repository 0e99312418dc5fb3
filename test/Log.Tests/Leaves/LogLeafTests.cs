using System.Text;
using FairShare.Core.Digests;
using FairShare.Core.Errors;
using FairShare.Log.Leaves;

namespace FairShare.Log.Tests.Leaves;

public sealed class LogLeafTests
{
    private static readonly Sha256Digest Hash = Sha256Digest.Of("a token"u8);

    [Fact]
    public void Text_HasOneFactALine()
    {
        var leaf = new LogLeaf("EvidenceOfOrigin", Hash);
        Assert.Equal("fairshare/evidence@1\nEvidenceOfOrigin\n4zFuK6_rthA6NBjod4wK3JYNQCE6A6fn9PzTQm7YB78\n", leaf.Text);
        Assert.Equal(leaf, LogLeaf.Parse(leaf.ToEntry()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("fairshare/evidence@1\nEvidenceOfOrigin\n")]
    [InlineData("fairshare/evidence@2\nEvidenceOfOrigin\nHASH\n")]
    [InlineData("fairshare/evidence@1\nEvidence Of\nHASH\n")]
    [InlineData("fairshare/evidence@1\n\nHASH\n")]
    [InlineData("fairshare/evidence@1\nEvidenceOfOrigin\nHASH")]
    [InlineData("fairshare/evidence@1\nEvidenceOfOrigin\nHASH\n\n")]
    [InlineData("fairshare/evidence@1\nEvidenceOfOrigin\nHASH=\n")]
    public void Parse_AnythingElse_IsRefused(string text)
    {
        var refusal = Assert.Throws<ProtocolException>(() =>
            LogLeaf.Parse(Encoding.UTF8.GetBytes(text.Replace("HASH", Hash.ToString(), StringComparison.Ordinal)))
        );
        Assert.Equal("invalid-leaf", refusal.Code);
    }
}
