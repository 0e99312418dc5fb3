using FairShare.Web.Tests.Support;

namespace FairShare.Web.Tests;

/// <summary>The digests that the page takes of files.</summary>
public sealed class DigestTests(PageHost host)
{
    // Files whose last part is whole, short and of one octet, each digested with and without streams that fill memory they are given, and
    // part by part here.
    private const string Digests = """
        async () => {
          const { digestFile } = await import('/transfer/digest.js');
          const { encode, sha256 } = await import('/evidence/bytes.js');
          const partSize = 1 << 20;
          const digests = async file => JSON.stringify(await digestFile({ file, partSize }, () => undefined));
          const said = [];
          for (const size of [3 * partSize, 3 * partSize - 7, 2 * partSize + 1]) {
            const octets = new Uint8Array(size).map((_, at) => (at * 31) >> 5);
            const file = new Blob([octets]);
            const parts = [];
            for (let at = 0; at < size; at += partSize) {
              parts.push(await sha256(octets.subarray(at, at + partSize)));
            }
            const value = encode(await sha256(await new Blob(parts).arrayBuffer()));
            const expected = JSON.stringify({ value, parts: parts.map(encode) });
            const filled = await digests(file);
            const given = Blob.prototype.stream;
            Blob.prototype.stream = () => new ReadableStream();
            said.push(filled === expected, await digests(file) === expected);
            Blob.prototype.stream = given;
          }
          return said;
        }
        """;

    [Fact]
    public async Task DigestFile_OfParts_IsTheSameWhicheverWayTheBrowserReads()
    {
        await using var stranger = await host.OpenAsync();
        await stranger.SeesAsync("Documents against signed receipts");

        Assert.Equal(Enumerable.Repeat(true, 6), await stranger.Page.EvaluateAsync<bool[]>(Digests));
    }
}
