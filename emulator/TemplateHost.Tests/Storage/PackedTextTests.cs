using TemplateHost.Storage;
using Xunit;

namespace TemplateHost.Tests.Storage;

public sealed class PackedTextTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("template-host-packed-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Theory]
    [InlineData("")]
    [InlineData("a short one")]
    [InlineData("ä€😀")]
    public async Task Pack_AShortText_KeepsItAsText(string text)
    {
        var (read, type, _) = await KeepAsync(text);

        Assert.Equal(text, read);
        Assert.Equal("text", type);
    }

    [Fact]
    public async Task Pack_ALongText_KeepsFewerOctets()
    {
        var text = string.Concat(Enumerable.Range(0, 100).Select(number => $$"""{"name":"ä€😀","value":{{number}}},"""));

        var (read, type, length) = await KeepAsync(text);

        Assert.Equal(text, read);
        Assert.Equal("blob", type);
        Assert.InRange(length, 1, text.Length / 2);
    }

    [Fact]
    public async Task Read_ATextThatShrinksAHundredfold_IsWhole()
    {
        var text = new string('a', 200_000);

        var (read, _, length) = await KeepAsync(text);

        Assert.Equal(text, read);
        Assert.InRange(length, 1, 2_000);
    }

    [Fact]
    public async Task Read_OctetsThatWereNotPacked_Throws() =>
        await Assert.ThrowsAsync<InvalidDataException>(() => KeepAsync(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF }));

    private Task<(string Read, string Type, int Length)> KeepAsync(string text) => KeepAsync(PackedText.Pack(text));

    private async Task<(string Read, string Type, int Length)> KeepAsync(object packed)
    {
        using var store = new SqliteStore(Path.Combine(directory, "store.db"));
        store.Define("CREATE TABLE t (value)");
        await store.WriteAsync(session => session.Execute("INSERT INTO t VALUES (?1)", packed));
        return store.Read(session =>
            session.Query(
                "SELECT value, typeof(value), length(value) FROM t",
                row => (PackedText.Read(row, 0), row.GetString(1), row.GetInt32(2))
            )
        )[0];
    }
}
