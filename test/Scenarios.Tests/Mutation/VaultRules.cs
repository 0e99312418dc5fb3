using FairShare.Testing;

namespace FairShare.Scenarios.Tests.Mutation;

/// <summary>What an item of the vault may have answered.</summary>
internal static class VaultRules
{
    private const int FreeGuesses = 10;

    /// <summary>Judges all answers that there were to those who tried to open it.</summary>
    /// <param name="item">The item.</param>
    /// <param name="opens">How often it may be opened.</param>
    /// <param name="answers">The answers, within an hour.</param>
    /// <param name="breaks">Notes what is broken.</param>
    public static void Judge(TestVaultItem item, int opens, IReadOnlyList<Answer> answers, Breaks breaks)
    {
        if (answers.Count(answer => answer.Status == 200) is var opened && opened > opens)
        {
            breaks(Promise.CountedExactly, item.Id, $"was opened {opened} times, and may be {opens} times");
        }

        if (answers.Count(answer => answer.Code == "vault-wrong-password") is var compared && compared > FreeGuesses)
        {
            breaks(Promise.CountedExactly, item.Id, $"{compared} wrong guesses were compared, and {FreeGuesses} may be");
        }
    }
}
