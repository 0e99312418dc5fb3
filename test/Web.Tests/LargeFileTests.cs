using System.Security.Cryptography;
using FairShare.Web.Tests.Support;
using Microsoft.Playwright;

namespace FairShare.Web.Tests;

/// <summary>A file of 50 MB goes and comes by parts, and a reload in the middle loses none of them.</summary>
public sealed class LargeFileTests(PageHost host)
{
    private const int Size = 50_000_000;
    private const int Parts = 6;

    [Fact]
    public async Task Exchange_ReloadedInTheMiddleOfEitherTransfer_GoesOn()
    {
        await using var alice = await host.JoinAsync();
        await using var bob = await host.JoinAsync();
        var film = host.Write("film.bin", Random());

        await UploadAsync(alice, bob, film);
        await bob.AskAsync();
        await bob.SignAsync();
        var saved = await DownloadAsync(bob);

        Assert.Equal(SHA256.HashData(File.ReadAllBytes(film)), SHA256.HashData(File.ReadAllBytes(saved)));
        Assert.Empty(alice.Faults.Concat(bob.Faults));
    }

    private async Task UploadAsync(Person alice, Person bob, string film)
    {
        var first = await HoldAfterAsync(alice, 3, request => request.Method == "PUT");
        await alice.StartSendingAsync(film, bob.Address);
        await first.Reached;
        await ReloadAsync(alice);

        await alice.SeesAsync("Interrupted uploads");
        var again = await HoldAfterAsync(alice, int.MaxValue, request => request.Method == "PUT");
        await PickAsync(alice, host.Write("other.bin", new byte[Size]));
        await alice.SeesAsync("This is not the file whose upload was begun.");
        await PickAsync(alice, film);
        await alice.SeesAsync("film.bin was deposited.");

        Assert.InRange(again.Count, 1, Parts - 3);
    }

    private async Task<string> DownloadAsync(Person bob)
    {
        var first = await HoldAfterAsync(bob, 3, request => request.Method == "GET");
        await bob.ClickAsync("Download and verify the document");
        await first.Reached;
        await ReloadAsync(bob);

        var again = await HoldAfterAsync(bob, int.MaxValue, request => request.Method == "GET");
        var saved = await bob.SaveDocumentAsync();

        Assert.InRange(again.Count, 1, Parts - 3);
        return saved;
    }

    private static Task PickAsync(Person person, string path) =>
        person.Page.GetByLabel("Drop or choose the same file, to go on").SetInputFilesAsync(path);

    private static async Task ReloadAsync(Person person)
    {
        await person.Page.ReloadAsync();
        // Not before: requests that are held would go on.
        await person.Context.UnrouteAllAsync();
        await person.Page.Locator("#page[data-ready]").WaitForAsync();
    }

    // Lets so many requests for octets through to the object store, and holds the others for ever.
    private async Task<HeldRequests> HoldAfterAsync(Person person, int passing, Func<IRequest, bool> isOfParts)
    {
        var held = new HeldRequests();
        await person.Context.RouteAsync(
            url => url.StartsWith(host.AwsUrl, StringComparison.Ordinal) && url.Contains('?', StringComparison.Ordinal),
            async route =>
            {
                var counts = isOfParts(route.Request) && !route.Request.Url.Contains("max-parts", StringComparison.Ordinal);
                if (counts && held.Next() > passing)
                {
                    held.Reach();
                    return;
                }

                await route.ContinueAsync();
            }
        );
        return held;
    }

    private static byte[] Random()
    {
        var content = new byte[Size];
        new Random(1).NextBytes(content);
        return content;
    }

    private sealed class HeldRequests
    {
        private readonly TaskCompletionSource reached = new();
        private int count;

        public int Count => count;

        public Task Reached => reached.Task;

        public int Next() => Interlocked.Increment(ref count);

        public void Reach() => reached.TrySetResult();
    }
}
