using System.Text;
using FairShare.Vault.Age;
using FairShare.Vault.Tests.Support;

namespace FairShare.Vault.Tests.Age;

/// <summary>
/// The cases of the age format's own test kit that apply: those with a passphrase, read as any file that <c>age -p</c> made; and those of
/// grammar, MAC and payload, read with their file key whoever the recipients are. Cases of recipients that the vault does not have, and of
/// ASCII armor, which it neither writes nor reads, do not apply.
/// </summary>
public sealed class AgeTestKitTests
{
    // The kit's files that expect success have a work factor of 10; one that expects refusal has 23.
    private const int MaxWorkFactor = 16;

    public static TheoryData<string> WithPassphrase { get; } = Names(test => test.Passphrase is not null && !test.IsArmored);

    public static TheoryData<string> ForAnyRecipient { get; } = Names(test => test.IsForAnyRecipient);

    [Theory]
    [MemberData(nameof(WithPassphrase))]
    public void OpenWithPassphrase_CaseOfTheKit_GivesWhatItExpects(string name) =>
        AssertExpected(name, (test, file) => AgeReader.OpenWithPassphrase(file, Encoding.UTF8.GetBytes(test.Passphrase!), MaxWorkFactor));

    [Theory]
    [MemberData(nameof(ForAnyRecipient))]
    public void OpenWithFileKey_CaseOfTheKit_GivesWhatItExpects(string name) =>
        AssertExpected(
            name,
            (test, file) =>
            {
                using var fileKey = AgeFileKey.FromBytes(test.FileKey);
                return AgeReader.OpenWithFileKey(file, fileKey);
            }
        );

    [Fact]
    public void Kit_Cases_AreThere()
    {
        Assert.SkipWhen(TestKitCase.Folder is null, "The age test kit is not in ../shared/data/age-testkit.");
        Assert.Contains(TestKitCase.All, test => test.Passphrase is not null);
        Assert.Contains(TestKitCase.All, test => test.IsForAnyRecipient);
    }

    private static void AssertExpected(string name, Func<TestKitCase, Stream, AgeReader> open)
    {
        Assert.SkipWhen(TestKitCase.Folder is null, "The age test kit is not in ../shared/data/age-testkit.");
        var test = TestKitCase.All.Single(test => test.Name == name);
        var (released, refusal) = Read(() => open(test, new MemoryStream(test.File)));
        Assert.Equal(test.Expected, Outcome(refusal?.Fault));
        Assert.Equal(test.Payload, released is null ? null : TestKitCase.HashOf(released));
    }

    // Nothing is released, not even nothing, where the header is refused.
    private static (byte[]? Released, AgeException? Refusal) Read(Func<AgeReader> open)
    {
        try
        {
            using var reader = open();
            return AgeFiles.ReadAll(reader);
        }
        catch (AgeException refusal)
        {
            return (null, refusal);
        }
    }

    private static string Outcome(AgeFault? fault) =>
        fault switch
        {
            null => "success",
            AgeFault.NoMatch => "no match",
            AgeFault.Hmac => "HMAC failure",
            AgeFault.Header => "header failure",
            AgeFault.Payload => "payload failure",
            _ => throw new ArgumentOutOfRangeException(nameof(fault)),
        };

    private static TheoryData<string> Names(Func<TestKitCase, bool> applies) =>
        TestKitCase.Folder is null ? ["(no test kit)"] : [.. TestKitCase.All.Where(applies).Select(test => test.Name)];
}
