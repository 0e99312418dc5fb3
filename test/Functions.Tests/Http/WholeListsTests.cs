using FairShare.Aws.Table;
using FairShare.Core.Errors;
using FairShare.Functions.Http;

namespace FairShare.Functions.Tests.Http;

public sealed class WholeListsTests
{
    private static readonly string[] All = ["b", "d", "a", "c"];

    [Fact]
    public void Cut_PageByPage_HasEveryEntryOnceThoughOneIsRemovedMeanwhile()
    {
        var first = Cut(All, new PageRequest(null, 2));
        Assert.Equal(["d", "c"], first.Entries);

        var second = Cut([.. All.Where(entry => entry != "c")], new PageRequest(first.Cursor, 2));

        Assert.Equal(["b", "a"], second.Entries);
        Assert.Null(second.Cursor);
    }

    [Fact]
    public void Cut_ListThatFits_HasNoCursor() => Assert.Null(Cut(All, new PageRequest(null, 4)).Cursor);

    [Fact]
    public void Cut_OtherCursor_IsRefused() =>
        Assert.Equal("invalid-cursor", Assert.Throws<ProtocolException>(() => Cut(All, new PageRequest("*"))).Code);

    private static Page<string> Cut(string[] all, PageRequest wanted) => WholeLists.Cut(all, wanted, entry => entry);
}
