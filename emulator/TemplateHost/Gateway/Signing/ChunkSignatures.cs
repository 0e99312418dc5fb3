using System.Text;
using TemplateHost.Kernel;

namespace TemplateHost.Gateway.Signing;

/// <summary>The chain of signatures over the chunks of a signed <c>aws-chunked</c> body; each covers the one before.</summary>
internal sealed class ChunkSignatures(SigningKey key, SignatureClaim claim)
{
    private static readonly string NoOctets = SigningKey.Digest([]);

    private string previous = claim.Signature;

    public void Verify(string chunkDigest, string signature)
    {
        var expected = key.Sign(
            $"{SignatureClaim.Algorithm}-PAYLOAD\n{claim.Time}\n{claim.Scope.Text}\n{previous}\n{NoOctets}\n{chunkDigest}"
        );
        Advance(expected, signature);
    }

    /// <summary>Verifies <c>x-amz-trailer-signature</c> where there are trailers.</summary>
    public void VerifyTrailers(List<KeyValuePair<string, string>> trailers)
    {
        var signed = trailers.Where(trailer => trailer.Key != "x-amz-trailer-signature").ToList();
        if (signed.Count == 0)
        {
            return;
        }

        var text = string.Concat(signed.Select(trailer => $"{trailer.Key}:{trailer.Value}\n"));
        var expected = key.Sign(
            $"{SignatureClaim.Algorithm}-TRAILER\n{claim.Time}\n{claim.Scope.Text}\n{previous}\n"
                + $"{SigningKey.Digest(Encoding.UTF8.GetBytes(text))}"
        );
        Advance(expected, trailers.Find(trailer => trailer.Key == "x-amz-trailer-signature").Value ?? "");
    }

    private void Advance(string expected, string signature)
    {
        if (expected != signature)
        {
            throw new SignatureRefusals("s3", WireProtocol.S3).NotMatching();
        }

        previous = signature;
    }
}
