using System.Text;
using FairShare.Core.Errors;
using FairShare.Log.Notes;

namespace FairShare.Log.Tests.Notes;

/// <summary>The keys and notes are those that the tests of Go's <c>golang.org/x/mod/sumdb/note</c> publish.</summary>
public sealed class SignedNoteTests
{
    private const string SecretText = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
    private const string Peter = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    private const string Enoch = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop";

    private const string Text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";

    private const string PeterLine =
        "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

    private const string EnochLine =
        "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n";

    private static readonly NoteKey PeterKey = NoteKey.Parse(Peter);
    private static readonly NoteKey EnochKey = NoteKey.Parse(Enoch);

    [Fact]
    public void Sign_PublishedKeyAndText_IsThePublishedNote()
    {
        var signer = NoteSigner.Parse(SecretText);
        Assert.Equal(PeterKey, signer.Key);
        Assert.Equal(SecretText, signer.ToSecretText());
        Assert.Equal(Text + "\n" + PeterLine, new SignedNote(Text, [signer.Sign(Text, default)]).ToString());
    }

    [Fact]
    public void Open_KnownAndUnknownKeys_VerifiesTheKnown()
    {
        var note = SignedNote.Parse(Text + "\n" + PeterLine + EnochLine);
        Assert.Equal(PeterKey, Assert.Single(note.Open(PeterKey).Keys));
        Assert.Equal(2, note.Open(PeterKey, EnochKey).Count);
        // One name, another key: not known, and so ignored.
        var other = new NoteKey("PeterNeumann", NoteKeyKind.Ed25519, EnochKey.ToBytes());
        Assert.Equal("unsigned-note", Assert.Throws<ProtocolException>(() => note.Open(other)).Code);
    }

    [Fact]
    public void Open_AnotherText_IsRefused()
    {
        var note = SignedNote.Parse(Text.Replace("answer", "Answer", StringComparison.Ordinal) + "\n" + PeterLine);
        Assert.Equal("bad-note-signature", Assert.Throws<ProtocolException>(() => note.Open(PeterKey)).Code);
    }

    [Theory]
    [InlineData(Text)]
    [InlineData(Text + "\n")]
    [InlineData(Text + PeterLine)]
    [InlineData("\u0001" + Text + "\n" + PeterLine)]
    [InlineData(Text + "\n— Bad Name x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n")]
    [InlineData(Text + "\n" + PeterLine + "Unexpected line.\n")]
    [InlineData(Text + "\n— PeterNeumann x08g\n")]
    public void Parse_MalformedNote_IsRefused(string note) =>
        Assert.Equal("invalid-note", Assert.Throws<ProtocolException>(() => SignedNote.Parse(note)).Code);

    [Fact]
    public void Parse_NotUtf8OrTooManySignatures_IsRefused()
    {
        Assert.Throws<ProtocolException>(() => SignedNote.Parse([0xFF, .. Encoding.UTF8.GetBytes(Text + "\n" + PeterLine)]));
        Assert.Throws<ProtocolException>(() => SignedNote.Parse(Text + "\n" + string.Concat(Enumerable.Repeat(PeterLine, 101))));
        Assert.Single(SignedNote.Parse(Text + "\n" + string.Concat(Enumerable.Repeat(PeterLine, 16))).Open(PeterKey));
    }

    [Fact]
    public void ParseKey_AnyCharacterChanged_IsRefused()
    {
        for (var place = 0; place < Peter.Length; place++)
        {
            var changed = Peter[..place] + (char)(Peter[place] + 1) + Peter[(place + 1)..];
            Assert.Throws<ProtocolException>(() => NoteKey.Parse(changed));
            Assert.Throws<ProtocolException>(() => NoteKey.Parse(Peter[..place]));
        }

        Assert.Throws<ProtocolException>(() => NoteKey.Parse("PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"));
    }

    [Fact]
    public void Cosignature_SaysWhen_AndIsOfTheTimeToo()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_679_315_147);
        var witness = new NoteSigner("witness.example.com/w1", NoteKeyKind.Cosignature, new byte[32]);
        var log = NoteSigner.Parse(SecretText);
        var note = new SignedNote(Text, [log.Sign(Text, now), witness.Sign(Text, now)]);
        var opened = SignedNote.Parse(note.ToString()).Open(log.Key, NoteKey.Parse(witness.Key.ToString()));
        Assert.Equal(now, opened[witness.Key].CosignedAt());
        Assert.Null(opened[log.Key].CosignedAt());
        var octets = opened[witness.Key].ToBytes();
        octets[7]++;
        var backdated = note.With(NoteSignature.Of(witness.Key, octets));
        Assert.Equal("bad-note-signature", Assert.Throws<ProtocolException>(() => backdated.Open(witness.Key)).Code);
        Assert.Single(backdated.Open(log.Key));
    }
}
