using FairShare.Repository.Tests.Commands;
using FairShare.Repository.Tests.Sources;

namespace FairShare.Repository.Tests.Documents;

/// <summary>What the documents of the repository name exists.</summary>
public sealed class DocumentTests
{
    /// <summary>Paths in code that are none of the repository: files of a user's profile, names of resources.</summary>
    private static readonly string[] NotOfRepository = ["Delivery/Undelivered", "alias/aws/", "uploads/*.json"];

    private static readonly string[] KnownLinks =
    [
        "emulator/docs/embedded-host.md: ../eng/aws-cli/expected.txt",
        "emulator/docs/embedded-host.md: ../eng/aws-cli/run.sh",
        "emulator/docs/embedded-host.md: decisions/0010-replay-on-one-thread.md",
        "emulator/docs/embedded-host.md: decisions/0020-an-administrator-a-directory.md",
        "emulator/docs/embedded-host.md: decisions/0021-nobody-answers-as-somebody.md",
    ];

    private static readonly string[] KnownPaths =
    [
        "emulator/docs/contracts.md: test/Local.Benchmarks",
        "emulator/docs/embedded-host.md: eng/aws-cli/run.sh",
        "emulator/docs/embedded-host.md: test/Local.Tests",
    ];

    private static readonly string[] KnownCommands =
    [
        "emulator/docs/contracts.md: --project test/Local.Benchmarks",
        "emulator/docs/embedded-host.md: --project test/Local.Tests",
    ];

    [Fact]
    public void Links_All_LeadSomewhere()
    {
        var check = new LinkCheck(RepositoryPaths.OfRepository, RepositoryDocuments.All);
        KnownFaults.Compare(RepositoryDocuments.All.Keys.SelectMany(check.Faults), KnownLinks);
    }

    [Fact]
    public void Paths_All_NameFilesOrFolders()
    {
        var check = new PathCheck(RepositoryPaths.OfRepository, NotOfRepository);
        KnownFaults.Compare(RepositoryDocuments.All.SelectMany(document => check.Faults(document.Key, document.Value)), KnownPaths);
    }

    [Fact]
    public void NotOfRepository_Each_IsStillInADocument()
    {
        var check = new PathCheck(RepositoryPaths.OfRepository, []);
        var faults = RepositoryDocuments.All.SelectMany(document => check.Faults(document.Key, document.Value)).ToList();
        Assert.All(NotOfRepository, path => Assert.Contains(faults, fault => fault.EndsWith($": {path}", StringComparison.Ordinal)));
    }

    [Fact]
    public void Citations_OfEveryTextFile_AreOfPagesThatExist()
    {
        var check = new CitationCheck(RepositoryPaths.OfRepository);
        KnownFaults.Compare(
            RepositoryFiles.Texts.Where(IsNotOfTheseTests).SelectMany(path => check.Faults(path, RepositoryFiles.Read(path))),
            []
        );
    }

    [Fact]
    public void Commands_All_NameWhatExists()
    {
        var check = CommandCheck.OfRepository();
        KnownFaults.Compare(RepositoryDocuments.All.SelectMany(document => check.Faults(document.Key, document.Value)), KnownCommands);
    }

    // They cite pages that are missing, to see that it is noticed.
    private static bool IsNotOfTheseTests(string path) => !path.StartsWith("test/Repository.Tests/", StringComparison.Ordinal);
}
