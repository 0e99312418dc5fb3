using FairShare.Aws.Table;
using FairShare.Functions.Http;

namespace FairShare.Functions.Tests.Http;

public sealed class FilteredPagesTests
{
    [Fact]
    public async Task Read_WhatFitsIsOnTheThirdPage_ReadsOnToIt()
    {
        var page = await FilteredPages.ReadAsync(new PageRequest(), ReadAsync, entry => entry == 3);
        Assert.Equal((3, "3"), (Assert.Single(page.Entries), page.Cursor));
    }

    [Fact]
    public async Task Read_NothingFits_StopsAfterFivePagesWithACursorToGoOn()
    {
        var page = await FilteredPages.ReadAsync(new PageRequest(), ReadAsync, _ => false);
        Assert.Empty(page.Entries);
        Assert.Equal("5", page.Cursor);
    }

    // Page n, of one entry, has the cursor n.
    private static Task<Page<int>> ReadAsync(PageRequest wanted)
    {
        var number = int.Parse(wanted.Cursor ?? "0", System.Globalization.CultureInfo.InvariantCulture) + 1;
        return Task.FromResult(new Page<int>([number], $"{number}"));
    }
}
