using FairShare.Repository.Tests.Commands;
using FairShare.Repository.Tests.Sources;

namespace FairShare.Repository.Tests.Documents;

/// <summary>What the documents of the repository name exists.</summary>
public sealed class DocumentTests
{
    /// <summary>
    /// Paths in code that are none of the repository: files of a user's profile and of a bundle, names of resources, media types.
    /// </summary>
    private static readonly string[] NotOfRepository =
    [
        "Delivery/Undelivered",
        "alias/aws/",
        "uploads/*.json",
        "application/timestamp-query",
        "application/timestamp-reply",
        "cosignature/v1",
        "log/",
        "log/NAME.tlog-proof",
        "log/checkpoint",
        "log/checkpoint.tsr",
        "log/key",
        "stamps/nro.tsr",
        "stamps/nrr.tsr",
    ];

    [Fact]
    public void Links_All_LeadSomewhere()
    {
        var check = new LinkCheck(RepositoryPaths.OfRepository, RepositoryDocuments.All);
        NoFaults.Among(RepositoryDocuments.All.Keys.SelectMany(check.Faults));
    }

    [Fact]
    public void Paths_All_NameFilesOrFolders()
    {
        var check = new PathCheck(RepositoryPaths.OfRepository, NotOfRepository);
        NoFaults.Among(RepositoryDocuments.All.SelectMany(document => check.Faults(document.Key, document.Value)));
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
        NoFaults.Among(RepositoryFiles.Texts.Where(IsNotOfTheseTests).SelectMany(path => check.Faults(path, RepositoryFiles.Read(path))));
    }

    [Fact]
    public void Commands_All_NameWhatExists()
    {
        var check = CommandCheck.OfRepository();
        NoFaults.Among(RepositoryDocuments.All.SelectMany(document => check.Faults(document.Key, document.Value)));
    }

    // They cite pages that are missing, to see that it is noticed.
    private static bool IsNotOfTheseTests(string path) => !path.StartsWith("test/Repository.Tests/", StringComparison.Ordinal);
}
