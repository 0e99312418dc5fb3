using FairShare.Client.Tests.Support;
using FairShare.Client.Watching;
using FairShare.Core.Identifiers;

namespace FairShare.Client.Tests.Watching;

public sealed class WatchJournalTests : IDisposable
{
    private readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    // As it was sent, and as it was touched before and after its evidence was filed.
    [Fact]
    public void Sent_AFileThatWasTouched_KnowsWhatIsFiledOfItsDocument()
    {
        var journal = Open();
        var sent = new WatchedFile("a.txt", 5, 1, "key", "document", "digest", IsSent: true);
        journal.Note(new WatchedFile("b.txt", 5, 1, "other"));
        journal.Note(sent);
        journal.Note(sent with { ModifiedTicks = 2 });
        journal.Note(journal.Sent["document"] with { Filed = ["exchange"] });
        journal.Note(sent with { ModifiedTicks = 3 });

        foreach (var read in new[] { journal, Open() })
        {
            Assert.Equal(["exchange"], Assert.Single(read.Sent).Value.Filed);
        }
    }

    private WatchJournal Open() => new(workspace.At("journal"), new SystemRandomness());
}
