using FairShare.Client.Profiles;
using FairShare.Client.Tests.Support;
using FairShare.Client.Vault;
using FairShare.Client.Vault.Catalogue;
using FairShare.Core.Identifiers;
using FairShare.Vault.Codes;
using FairShare.Vault.Tokens;
using Microsoft.Data.Sqlite;

namespace FairShare.Client.Tests.Vault;

public sealed class ItemCatalogueTests : IDisposable
{
    private readonly Workspace workspace = new();
    private readonly SystemRandomness randomness = new();
    private readonly VaultFolder folder;
    private readonly VaultKey key;

    public ItemCatalogueTests()
    {
        folder = new VaultFolder(new Profile(workspace.At("profile")), randomness);
        key = folder.Key.Create("battery staple", randomness);
    }

    private string Database => workspace.At("profile", "vault", "catalogue.db");

    public void Dispose()
    {
        key.Dispose();
        workspace.Dispose();
    }

    [Fact]
    public void Insert_SameCodeAgain_ReplacesTheRecord()
    {
        var (catalogue, entry) = (folder.OpenCatalogue(key), Entry("a"));
        catalogue.Insert(entry);
        catalogue.Insert(entry with { Size = 5 });
        Assert.Equal(5, Assert.Single(catalogue.ListFiles()).Size);
        Assert.Equal((5, entry.Cookie), (catalogue.GetSize("a"), catalogue.GetCookie("a")));
    }

    [Fact]
    public void Get_PathOrItsLastPart_IsTheRecord()
    {
        var catalogue = folder.OpenCatalogue(key);
        var (one, other) = (Entry("/home/a/file.txt"), Entry("/home/b/file.txt"));
        catalogue.Insert(one);
        Assert.Equal(one, catalogue.Get("file.txt"));
        catalogue.Insert(other);
        Assert.Equal(other, catalogue.Get("/home/b/file.txt"));
        Assert.Equal(VaultProblem.Ambiguous, Assert.Throws<VaultProblem>(() => catalogue.Get("file.txt")).Code);
        Assert.True(catalogue.Remove(one.Cookie));
        Assert.False(catalogue.Remove(one.Cookie));
        Assert.Equal(other, catalogue.Get("file.txt"));
    }

    [Fact]
    public void ListFiles_RowThatWasMovedOrChanged_IsNoticed()
    {
        var catalogue = folder.OpenCatalogue(key);
        catalogue.Insert(Entry("a"));
        catalogue.Insert(Entry("b"));
        Change("UPDATE cookies SET sealed = (SELECT sealed FROM cookies ORDER BY id LIMIT 1)");
        Assert.Equal(VaultProblem.CatalogueDamaged, Assert.Throws<VaultProblem>(catalogue.ListFiles).Code);
    }

    [Fact]
    public void Remove_Record_OverwritesItInTheFile()
    {
        var catalogue = folder.OpenCatalogue(key);
        catalogue.Insert(Entry("kept"));
        var entry = Entry(new string('n', 900));
        catalogue.Insert(entry);
        var blob = Blobs().MaxBy(octets => octets.Length)!;
        Assert.True(File.ReadAllBytes(Database).AsSpan().IndexOf(blob.AsSpan(0, 200)) >= 0);
        catalogue.Remove(entry.Cookie);
        Assert.True(File.ReadAllBytes(Database).AsSpan().IndexOf(blob.AsSpan(0, 200)) < 0);
    }

    [Fact]
    public void OpenCatalogue_FileOfSomethingElse_IsDamaged()
    {
        File.WriteAllText(Database, new string('x', 5000));
        Assert.Equal(VaultProblem.CatalogueDamaged, Assert.Throws<VaultProblem>(() => folder.OpenCatalogue(key)).Code);
    }

    [Fact]
    public async Task Insert_ManyAtOnce_LosesNone()
    {
        var catalogues = Enumerable.Range(0, 8).Select(_ => folder.OpenCatalogue(key)).ToList();
        await Task.WhenAll(catalogues.Select((catalogue, number) => Task.Run(() => catalogue.Insert(Entry($"file {number}")))));
        Assert.Equal(8, catalogues[0].ListFiles().Count);
    }

    [Fact]
    public void Open_AnotherPassphraseOrAChangedFile_IsRefused()
    {
        Assert.Equal(VaultProblem.WrongPassphrase, Assert.Throws<VaultProblem>(() => folder.Key.Open("another one")).Code);
        using (var again = folder.Key.Open("battery staple"))
        {
            Assert.Equal(key.Catalogue, again.Catalogue);
        }

        File.WriteAllText(workspace.At("profile", "vault", "key.json"), "{}");
        Assert.Equal(VaultProblem.CatalogueDamaged, Assert.Throws<VaultProblem>(() => folder.Key.Open("battery staple")).Code);
    }

    [Fact]
    public void Files_OfTheVault_AreTheirOwnersAlone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        folder.OpenCatalogue(key).Insert(Entry("a"));
        Assert.Equal(("600", "600"), (FileModes.Of(Database), FileModes.Of(workspace.At("profile", "vault", "key.json"))));
    }

    private CatalogueEntry Entry(string name) =>
        new(
            new VaultCode(VaultMode.Password, VaultSecret.New(randomness)).ToString(),
            VaultOwner.New(randomness).ToString(),
            "http://127.0.0.1:1",
            name,
            new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)
        );

    private List<byte[]> Blobs() => Read("SELECT sealed FROM cookies");

    private void Change(string text) => Read(text);

    private List<byte[]> Read(string text)
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The text is this file's own.
        command.CommandText = text;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        var blobs = new List<byte[]>();
        while (reader.Read())
        {
            blobs.Add(reader.GetFieldValue<byte[]>(0));
        }

        return blobs;
    }
}
