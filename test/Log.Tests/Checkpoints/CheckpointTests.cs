using FairShare.Core.Digests;
using FairShare.Core.Errors;
using FairShare.Log.Checkpoints;
using FairShare.Log.Notes;

namespace FairShare.Log.Tests.Checkpoints;

public sealed class CheckpointTests
{
    private const string Root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";
    private const string Text = "example.com/behind-the-sofa\n20852163\n" + Root + "\n";

    [Fact]
    public void Parse_ExampleOfTheSpecification_IsItsParts()
    {
        var checkpoint = Checkpoint.Parse(Text);
        Assert.Equal(("example.com/behind-the-sofa", 20_852_163), (checkpoint.Origin, checkpoint.Size));
        Assert.Equal(Root, checkpoint.Root.ToBase64());
        Assert.Equal(Text, checkpoint.ToText());
        Assert.Equal(["more"], Checkpoint.Parse(Text + "more\n").Extensions);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\n1\n")]
    [InlineData("\n1\n" + Root + "\n")]
    [InlineData("a\n01\n" + Root + "\n")]
    [InlineData("a\n-1\n" + Root + "\n")]
    [InlineData("a\n+1\n" + Root + "\n")]
    [InlineData("a\n99999999999999999999\n" + Root + "\n")]
    [InlineData("a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I\n")]
    [InlineData("a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=\n")]
    [InlineData("a\n1\nAAAA\n")]
    [InlineData("a\n1\n" + Root)]
    [InlineData("a\n1\n" + Root + "\n\n")]
    public void Parse_AnythingElse_IsRefused(string text) =>
        Assert.Equal("invalid-checkpoint", Assert.Throws<ProtocolException>(() => Checkpoint.Parse(text)).Code);

    [Fact]
    public void Open_AnotherLogsCheckpoint_IsRefused()
    {
        var signer = new NoteSigner("log.example", NoteKeyKind.Ed25519, new byte[32]);
        var own = new Checkpoint("log.example", 1, Sha256Digest.Of([])).ToText();
        Assert.Equal(1, Checkpoint.Open(new SignedNote(own, [signer.Sign(own, default)]), signer.Key).Size);
        var foreign = new SignedNote(Text, [signer.Sign(Text, default)]);
        Assert.Equal("wrong-origin", Assert.Throws<ProtocolException>(() => Checkpoint.Open(foreign, signer.Key)).Code);
    }
}
